// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/core/repetition.h"
#include "kata/core/verdict.h"

namespace kata {

/// One time that a learner practised one craft.
struct SittingRecord {
  std::int64_t id = 0;
  std::string learner;     ///< as the learner gave it; empty = nobody said who
  std::string craft;       ///< name of the craft file, without its folder and ending
  std::string started_at;  ///< UTC, ISO 8601
  std::string ended_at;    ///< empty while it goes on, or where the program was killed
};

/// One repetition of a sitting.
struct PractisedRepetition {
  std::int64_t id = 0;
  std::int64_t sitting = 0;
  Verdict verdict;        ///< movements that are not the craft's are not stored
  bool with_help = true;  ///< false in a set without feedback, which shows what was learned
  int set = 0;            ///< of a lesson, counted from 1; 0 = outside of any
  /// What the teacher, or the learner beside the teacher's preview, said that it was.
  std::optional<Label> confirmed;
  std::vector<Landmarks> frames;  ///< empty where a list was asked for
};

/// Which repetitions are meant; empty fields mean all.
struct ProgressFilter {
  std::optional<std::string> learner;
  std::optional<std::string> craft;
  std::optional<std::string> movement;
};

}  // namespace kata
