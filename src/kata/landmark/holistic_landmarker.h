// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "kata/landmark/face_tracker.h"
#include "kata/landmark/hand_pair.h"
#include "kata/landmark/landmarker.h"
#include "kata/landmark/networks.h"
#include "kata/landmark/pose_tracker.h"

namespace kata {

/// MediaPipe Holistic 0.10.14's own behaviour: the body leads to hands and face.
/// Source: mediapipe/modules/holistic_landmark/holistic_landmark_cpu.pbtxt.
class HolisticLandmarker : public Landmarker {
 public:
  HolisticLandmarker(Networks networks, const LandmarkerOptions& options);

  Landmarks detect(const ImageView& image, Timestamp timestamp) override;
  void expect(std::shared_ptr<const Image> image, Timestamp timestamp) override;
  void reset() override;

 private:
  bool is_single_images_;
  PoseTracker pose_;
  HandPair hand_pair_;
  std::optional<FaceTracker> face_;
  Hands hands_;
  ExpectedImages next_;
  int width_ = 0;
  int height_ = 0;
};

}  // namespace kata
