// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kata/progress/progress_file.h"

namespace kata {

/// Counts of some repetitions.
struct Practised {
  int repetitions = 0;
  int correct = 0;
  int incorrect = 0;
  int unsure = 0;
  double mean_mark = 0;  ///< 0–100
};

/// One movement in one sitting.
struct TrendPoint {
  SittingRecord sitting;
  Practised with_help;
  Practised without_help;  ///< sets without feedback: what was learned
};

/// How often one mistake was made: a named one, or the joint of the first reason.
struct MistakeTrend {
  std::string mistake;     ///< its name; empty where it has none
  std::string joint;       ///< of what has no name; empty where it has one
  std::vector<int> times;  ///< for each point of the movement's trend
  int in_all = 0;
};

/// What became of one movement of one craft, sitting by sitting.
struct MovementTrend {
  std::string craft;
  std::string movement;
  std::vector<TrendPoint> points;      ///< oldest first
  std::vector<MistakeTrend> mistakes;  ///< the most frequent first
  std::optional<std::int64_t>
      best;  ///< the repetition with the highest mark, the newest of several
  std::optional<std::int64_t> worst;
};

/// What a learner should practise next, and why.
struct Drill {
  std::string craft;
  std::string movement;
  std::string mistake;  ///< a named mistake, or the joint; empty where none stands out
  int wrong = 0;        ///< of the newest `of` repetitions
  int of = 0;
};

/// Movements in the order in which they were first practised. Reads no landmarks.
std::vector<MovementTrend> trends(const ProgressFile& file, const ProgressFilter& filter = {});

/// Movements whose newest repetitions were wrong most often, the worst first; those practised too
/// little are left out.
std::vector<Drill> drills(const ProgressFile& file, const ProgressFilter& filter = {});

}  // namespace kata
