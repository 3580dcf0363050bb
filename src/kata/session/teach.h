// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/core/progress.h"
#include "kata/core/repetition.h"
#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"
#include "kata/motion/repetition_cut.h"

namespace kata {

/// What the teacher says of a take.
struct Lesson {
  std::string movement;
  Label label = Label::kCorrect;
  std::optional<std::string> mistake;  ///< only for kIncorrect
  std::string person;
  std::optional<int> expected_repetitions;

  /// Throws Error{kInvalidArgument} for an empty movement or a mistake on a correct take.
  void validate() const;
};

/// One repetition that was cut from a take and stored.
struct TaughtRepetition {
  std::int64_t id = 0;
  Timestamp start{};
  Timestamp end{};
  double start_confidence = 0;  ///< 0–1
  double end_confidence = 0;
};

struct TeachResult {
  std::vector<TaughtRepetition> repetitions;
  std::int64_t frames = 0;
  std::vector<std::string> warnings;
  bool made_craft = false;
};

/// Follows a take, cuts it into repetitions and stores them; makes the craft if it is not there.
///
/// Nothing is written before the take is known to hold at least one repetition.
/// Throws Error{kNotEnough} when nobody is seen or nothing repeats.
TeachResult teach(const std::filesystem::path& craft_path, const Lesson& lesson, FrameSource& source,
                  Landmarker& landmarker, const Progress& progress = {}, std::stop_token stop = {});

}  // namespace kata
