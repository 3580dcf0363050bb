// SPDX-License-Identifier: Apache-2.0
#include "kata/session/train_craft.h"

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/session/utc_now.h"

namespace kata {

Trained train_craft(const std::filesystem::path& craft_path, const TrainOptions& options,
                    const Progress& progress, std::stop_token stop) {
  Craft craft = Craft::open(craft_path);
  Trained trained = train_judge(craft.repetitions(), options, progress, stop);
  craft.set_classifier({trained.judge->save(), trained.report_json, utc_now()});
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

}  // namespace kata
