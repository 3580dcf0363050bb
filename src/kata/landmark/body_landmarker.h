// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "kata/landmark/face_tracker.h"
#include "kata/landmark/landmarker.h"
#include "kata/landmark/networks.h"
#include "kata/landmark/pose_tracker.h"

namespace kata {

/// The body alone, and the face where it is asked for: no network of the hands is loaded or run.
/// What it says of the body is what HolisticLandmarker says of it.
class BodyLandmarker : public Landmarker {
 public:
  BodyLandmarker(Networks networks, const LandmarkerOptions& options);

  Landmarks detect(const ImageView& image, Timestamp timestamp) override;
  void expect(std::shared_ptr<const Image> image, Timestamp timestamp) override;
  void reset() override;

 private:
  bool is_single_images_;
  PoseTracker pose_;
  std::optional<FaceTracker> face_;
  ExpectedImages next_;
  int width_ = 0;
  int height_ = 0;
};

}  // namespace kata
