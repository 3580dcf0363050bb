// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "kata/core/image.h"
#include "kata/core/timestamp.h"
#include "kata/landmark/detector.h"
#include "kata/landmark/pose_filter.h"
#include "kata/landmark/pose_network.h"

namespace kata {

/// Follows one body through a stream as MediaPipe does (mediapipe/modules/pose_landmark/
/// pose_landmark_cpu.pbtxt): detected once, then followed by its own landmarks.
class PoseTracker {
 public:
  PoseTracker(Detector detector, PoseNetwork network, bool is_smooth);

  /// Begins a frame; finish() must follow before the next one. The image is read in here only.
  void start(const ImageView& image, Timestamp timestamp);
  /// Begins the frame after the one that was finished, if its region is known; start() with the
  /// same timestamp goes on from there, anything else drops it.
  void start_ahead(const ImageView& image, Timestamp timestamp);
  std::optional<BodyInImage> finish();
  /// Looks for a body anew in the next frame; what was smoothed goes on as after a lost body.
  void lose();
  void reset();

 private:
  void drop_ahead();

  Detector detector_;
  PoseNetwork network_;
  bool is_smooth_;
  PoseFilter filter_;
  std::optional<RectInImage> region_;
  Timestamp timestamp_{};
  std::optional<Timestamp> ahead_;  ///< of a frame that start_ahead() began
};

/// What a landmarker was told to expect.
struct ExpectedImage {
  ImageView image;
  Timestamp timestamp{};

  bool is_as_large_as(const ImageView& other) const {
    return image.width == other.width && image.height == other.height;
  }
};

/// Regions of a body. Sources: mediapipe/modules/pose_landmark/pose_{detection,landmarks}_to_roi.
RectInImage region_from_detected_body(const Detection& body);
RectInImage region_from_body(const BodyInImage& body);

}  // namespace kata
