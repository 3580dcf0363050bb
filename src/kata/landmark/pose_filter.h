// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

#include "kata/landmark/one_euro.h"
#include "kata/landmark/parts_in_image.h"

namespace kata {

/// Smooths a body over time as MediaPipe does (mediapipe/modules/pose_landmark/
/// pose_landmark_filtering.pbtxt), with the frames' real times.
class PoseFilter {
 public:
  /// All values in pixels, metres or 0–1; three numbers a landmark. Filters in place.
  struct Values {
    std::span<double> points;
    std::span<double> visibility;
    std::span<double> world;
    std::span<double, 6> auxiliary;
  };

  /// Without `with_landmarks` only the auxiliary points are smoothed, as MediaPipe does it.
  explicit PoseFilter(bool with_landmarks = true) : has_landmarks_(with_landmarks) {}

  void apply(const Values& values, Timestamp timestamp);
  void apply(BodyInImage& body, Timestamp timestamp);
  /// A frame without a body. Image positions start anew after it; visibility and world positions go
  /// on from their old values, because MediaPipe's do.
  void miss();

 private:
  bool has_landmarks_;
  OneEuro points_{{.min_cutoff_hz = 0.05, .beta = 80, .derivative_cutoff_hz = 1}};
  OneEuro auxiliary_{{.min_cutoff_hz = 0.01, .beta = 10, .derivative_cutoff_hz = 1}};
  OneEuro world_{{.min_cutoff_hz = 0.1, .beta = 40, .derivative_cutoff_hz = 1}};
  LowPass visibility_{0.1};
};

}  // namespace kata
