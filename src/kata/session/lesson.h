// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/core/repetition.h"
#include "kata/craft/marks.h"
#include "kata/motion/repetition_cut.h"

namespace kata {

/// What the teacher says of a take.
struct Lesson {
  std::string movement;
  Label label = Label::kCorrect;
  std::optional<std::string> mistake;  ///< only for kIncorrect
  std::string person;
  std::optional<int> expected_repetitions;

  /// Throws Error{kInvalidArgument} for an empty movement, a mistake on a correct take or a text
  /// that is too long.
  void validate() const;
};

/// A repetition to be stored: where it lies in the take and what the teacher says of it.
struct LessonSpan {
  CutSpan span;
  std::string movement;
  Label label = Label::kCorrect;
  std::optional<std::string> mistake;

  /// Whether the other says the same and its edges lie within so many frames.
  bool is_same_as(const LessonSpan& other, std::size_t tolerance) const;
};

/// Throws Error{kNotEnough} for a take in which nobody is seen. `name` ends the sentence; it may be
/// empty.
void check_somebody_is_seen(std::span<const Landmarks> take, const std::string& name);

/// A few repetitions of a movement that the craft has already, right ones first: what a new take is
/// cut like. None where there is no such file yet. Throws Error for a craft that cannot be read.
std::vector<std::vector<Landmarks>> known_repetitions(const std::filesystem::path& craft,
                                                      const std::string& movement);

/// What was cut, each as the lesson says.
std::vector<LessonSpan> as_taught(std::span<const CutSpan> cut, const Lesson& lesson);

/// The take's repetitions, all as the lesson says. Throws Error{kNotEnough} when there are none.
std::vector<LessonSpan> cut_lesson(std::span<const Landmarks> take, const Lesson& lesson,
                                   const std::string& name,
                                   std::span<const std::vector<Landmarks>> known = {});

/// Repetitions as the teacher marked them by hand, without the frames at their ends in which nobody
/// is seen. Throws Error for one outside of the take or without anybody.
std::vector<LessonSpan> spans_of_marks(std::span<const Mark> marks, std::span<const Landmarks> take,
                                       const Lesson& lesson);

}  // namespace kata
