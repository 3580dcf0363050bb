// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/motion/features.h"
#include "kata/motion/series.h"

namespace kata {

/// Repetitions of a movement that were cut before, from other takes: which moment of a cycle is
/// its beginning cannot always be seen from a take alone, and all of a movement must agree on it.
class KnownRepetitions {
 public:
  explicit KnownRepetitions(std::span<const std::vector<Landmarks>> repetitions);

  bool is_empty() const { return series_.empty(); }
  /// To the most similar one, at even shares of both, in body units; more where it takes much
  /// longer or much less long. Not for an empty one, and of one frame at least.
  double difference(std::span<const Landmarks> frames) const;

 private:
  FeaturePlan plan_;
  std::vector<Series> series_;
  std::vector<double> durations_s_;  // of each
};

}  // namespace kata
