// SPDX-License-Identifier: Apache-2.0
#include "kata/session/learner_file.h"

#include <cctype>
#include <system_error>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/session/utc_now.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestName = 100;

/// A name as a part of a file's name: what is no letter, digit, - or _ becomes its bytes' numbers.
std::string file_part(const std::string& name) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string part;
  for (const char letter : name) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isalnum(byte) != 0 || letter == '-' || letter == '_') {
      part += letter;
    } else {
      part += {'%', kDigits[byte / 16], kDigits[byte % 16]};
    }
  }
  return part;
}

}  // namespace

LearnerFile::LearnerFile(const fs::path& craft, const std::string& name) : name_(name) {
  if (name.empty() || name.size() > kLongestName) {
    throw Error(ErrorCode::kInvalidArgument,
                "a learner's name has 1 to 100 letters, not " + std::to_string(name.size()));
  }
  path_ = craft.parent_path() / (craft.stem().string() + "." + file_part(name) + ".learner");
}

std::vector<Repetition> LearnerFile::confirmed() const {
  std::error_code unknown;
  if (!fs::exists(path_, unknown)) return {};
  return Craft::open(path_, Craft::Access::kRead).repetitions();
}

void LearnerFile::follow(Sitting& sitting) {
  sitting.on_confirmed([this, &sitting](std::size_t number, std::optional<Label> label) {
    if (!label) return take_back(number);
    const auto repetition = sitting.repetition(number);
    if (repetition) keep(number, *repetition);
  });
}

void LearnerFile::keep(std::size_t number, const Repetition& repetition) {
  std::error_code unknown;
  Craft file =
      fs::exists(path_, unknown) ? Craft::open(path_) : Craft::create(path_, {name_, "", "", ""});
  if (const auto found = kept_.find(number); found != kept_.end()) {
    file.restore(found->second);
    file.relabel(found->second, repetition.label, std::nullopt);
    return;
  }
  if (take_ == 0) {
    Take take;
    take.person = name_;
    take.source = "confirmed";
    take.recorded_at = utc_now();
    take_ = file.add_take(take);
  }
  Repetition kept = repetition;
  kept.take = take_;
  kept.person = name_;
  kept_[number] = file.add_repetition(kept);
}

void LearnerFile::take_back(std::size_t number) {
  const auto found = kept_.find(number);
  if (found != kept_.end()) Craft::open(path_).remove(found->second);
}

bool LearnerFile::forget() {
  std::error_code failed;
  const bool was_there = fs::remove(path_, failed);
  if (failed)
    throw Error(ErrorCode::kIo, "the learner's file cannot be deleted: " + path_.string());
  for (const char* beside : {"-wal", "-shm", "-journal"})
    fs::remove(path_.string() + beside, failed);
  kept_.clear();
  take_ = 0;
  return was_there;
}

}  // namespace kata
