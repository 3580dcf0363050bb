// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/core/repetition.h"
#include "kata/learn/judge.h"
#include "kata/motion/features.h"

namespace kata {

/// Repetitions and what is computed of each once, whatever is learned from them how often.
struct TrainingSet {
  std::vector<const Repetition*> repetitions;
  std::vector<PointTrack> tracks;
  std::vector<std::vector<Series>> views;  ///< as seen first, then from elsewhere
  FeaturePlan plan;
  std::vector<std::string> movements;  ///< sorted
  /// What each movement lacks that was let through with fewer repetitions than are needed.
  std::vector<std::string> shortfalls;
};

/// Whether somebody is seen in it; what older programs stored of others teaches nothing.
bool is_seen(const Repetition& repetition);

/// Throws Error{kNotEnough} where nobody is seen, or too little was taught to judge by: three right
/// and three wrong, or with `may_be_few` two and two.
TrainingSet make_training_set(std::span<const Repetition> repetitions, bool may_be_few = false);

/// Learns from the repetitions at `places` alone.
Judge learn_judge(const TrainingSet& set, std::span<const std::size_t> places,
                  const TrainOptions& options, std::stop_token stop);

}  // namespace kata
