// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "kata/core/image.h"
#include "kata/infer/network.h"
#include "kata/landmark/detector.h"
#include "kata/landmark/parts_in_image.h"

namespace kata {

/// Where the face of a body should be.
RectInImage region_from_body_face(const BodyInImage& body);

/// Finds the face of a body and follows it.
/// Source: mediapipe/modules/holistic_landmark/face_landmarks_from_pose_cpu.pbtxt.
class FaceTracker {
 public:
  FaceTracker(Detector detector, Network landmark);

  /// Begins to look for the face of `body`; finish() must follow.
  void start(const ImageView& image, const BodyInImage& body);
  std::optional<FaceInImage> finish();
  /// A frame without a body, or a new stream.
  void reset() { previous_.reset(); }

 private:
  Detector detector_;
  Network network_;
  Inference inference_;
  RectInImage region_;
  bool is_under_way_ = false;
  std::optional<FaceInImage> previous_;
};

}  // namespace kata
