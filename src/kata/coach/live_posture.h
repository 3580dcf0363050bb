// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata {

/// A frame as numbers that can be compared between people; NaN where something is not seen.
using LivePosture = std::vector<float>;

/// Number of values in a LivePosture.
std::size_t live_posture_size();

/// Width over height of the picture; 4:3 where its size is unknown.
float picture_aspect(const Landmarks& frame);

/// By what a body's size is told. What is taught and what is watched must be measured alike: a body
/// does not grow when its hips come into the picture.
struct LiveMeasure {
  bool with_trunk = true;  ///< shoulders and hips; otherwise the shoulders alone
  float of_width = 1;      ///< with_trunk, where no hips are seen: the size of a width of 1
};

/// How bodies are best measured that look like these.
LiveMeasure live_measure(std::span<const Landmarks> frames);

/// Turns frames into postures one by one: limbs relative to the shoulders, fingers relative to the
/// wrist, in body units. The body's size is the median of the last seconds.
class LivePostures {
 public:
  explicit LivePostures(LiveMeasure measured = {}) : measure_(measured) {}
  LivePosture next(const Landmarks& landmarks);

 private:
  void measure(const Landmarks& landmarks);

  LiveMeasure measure_;
  std::deque<float> body_sizes_;
  std::deque<float> hand_sizes_;
  LivePosture held_;
  std::vector<double> held_since_s_;
};

/// The postures of a whole repetition, its body measured over all of it.
std::vector<LivePosture> live_postures(std::span<const Landmarks> frames,
                                       LiveMeasure measured = {});

}  // namespace kata
