// SPDX-License-Identifier: Apache-2.0
#include "kata/session/train_craft.h"

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/learn/report.h"
#include "kata/session/utc_now.h"

namespace kata {

Trained train_craft(const std::filesystem::path& craft_path, const TrainOptions& options,
                    const Progress& progress, std::stop_token stop) {
  Craft craft = Craft::open(craft_path);
  const std::vector<Repetition> repetitions = craft.repetitions();
  Trained trained = train_judge(repetitions, options, progress, stop);
  // What was loaded, not what is there now: it may have changed meanwhile.
  craft.set_classifier({trained.judge->save(), trained.report_json, utc_now()}, repetitions);
  return trained;
}

std::shared_ptr<const Judge> load_judge(const std::filesystem::path& craft_path) {
  const Craft craft = Craft::open(craft_path, Craft::Access::kRead);
  const auto stored = craft.classifier();
  if (!stored) {
    throw Error(ErrorCode::kNotFound,
                "the craft has not been trained yet; run: kata train " + craft_path.string());
  }
  return std::make_shared<const Judge>(Judge::load(stored->bytes));
}

namespace {

/// The stored judge by the movement's new name; nothing where it cannot be had by renaming alone.
std::optional<StoredClassifier> renamed_judge(const Craft& craft, const std::string& from,
                                              const std::string& to) {
  std::optional<StoredClassifier> stored = craft.classifier();
  if (!stored) return std::nullopt;
  try {
    const auto renamed = Judge::load(stored->bytes).renamed(from, to);
    if (!renamed) return std::nullopt;
    stored->bytes = renamed->save();
    stored->report_json = renamed_report(stored->report_json, from, to);
    return stored;
  } catch (const Error&) {  // damaged, or a newer program's: it stays, and is stale
    return std::nullopt;
  }
}

}  // namespace

void rename_movement(Craft& craft, const std::string& from, const std::string& to) {
  craft.rename_movement(from, to, renamed_judge(craft, from, to));
}

void merge_movements(Craft& craft, const std::string& from, const std::string& into) {
  craft.merge_movements(from, into, renamed_judge(craft, from, into));
}

}  // namespace kata
