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
  std::optional<BodyInImage> finish();
  /// Begins the frame after the one that was finished, if its region is known; start() with the
  /// same timestamp goes on from there, anything else forgets it.
  void start_ahead(const ImageView& image, Timestamp timestamp);
  /// The body of the frame that start_ahead() began, which finish() will give again.
  std::optional<BodyInImage> finish_ahead();
  /// Looks for a body anew in the next frame; what was smoothed goes on as after a lost body.
  void lose();
  void reset();

 private:
  /// A frame that start_ahead() began, and what to go back to if it is not the next one after all.
  struct Ahead {
    Timestamp timestamp{};
    PoseFilter filter;
    std::optional<RectInImage> region;
    bool is_finished = false;
    std::optional<BodyInImage> body = std::nullopt;
  };

  std::optional<BodyInImage> finish_begun(Timestamp timestamp);
  void forget_ahead();

  Detector detector_;
  PoseNetwork network_;
  bool is_smooth_;
  PoseFilter filter_;
  std::optional<RectInImage> region_;
  Timestamp timestamp_{};
  std::optional<Ahead> ahead_;
};

/// Regions of a body. Sources: mediapipe/modules/pose_landmark/pose_{detection,landmarks}_to_roi.
RectInImage region_from_detected_body(const Detection& body);
RectInImage region_from_body(const BodyInImage& body);

}  // namespace kata
