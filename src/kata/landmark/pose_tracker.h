// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "kata/core/image.h"
#include "kata/core/timestamp.h"
#include "kata/landmark/detector.h"
#include "kata/landmark/pose_filter.h"
#include "kata/landmark/pose_network.h"

namespace kata {

/// What a landmarker was told to expect.
struct ExpectedImage {
  std::shared_ptr<const Image> image;
  Timestamp timestamp{};
};

/// The next pictures in their order.
using ExpectedImages = std::vector<ExpectedImage>;

/// Follows one body through a stream as MediaPipe does (mediapipe/modules/pose_landmark/
/// pose_landmark_cpu.pbtxt): detected once, then followed by its own landmarks.
class PoseTracker {
 public:
  PoseTracker(Detector detector, PoseNetwork network, bool is_smooth);

  /// Begins a frame; finish() must follow before the next one. The image is read in here only.
  /// Throws what went wrong ahead.
  void start(const ImageView& image, Timestamp timestamp);
  std::optional<BodyInImage> finish();
  /// After finish(): follows the body through the next pictures on a thread of its own, while it is
  /// found and they are as large. start() with the same timestamps goes on from there, anything
  /// else drops what was found ahead. The thread has a low priority: it fills the gaps that the
  /// rest of a frame's work leaves.
  void follow_ahead(const ExpectedImages& next);
  /// Looks for a body anew in the next frame; what was smoothed goes on as after a lost body.
  void lose();
  void reset();

 private:
  /// A frame that was looked at ahead, with what was known before it.
  struct Ahead {
    Timestamp timestamp{};
    PoseFilter filter_before;
    std::optional<RectInImage> region_before;
    std::optional<BodyInImage> body = {};
  };

  std::optional<BodyInImage> followed(std::optional<BodyInImage> body, Timestamp timestamp);
  void run_ahead(std::stop_token stop);
  void look_ahead(std::unique_lock<std::mutex>& lock);
  bool may_go_on() const { return !waiting_.empty() && region_ && !failure_; }
  void drop_ahead(std::unique_lock<std::mutex>& lock);

  Detector detector_;
  PoseNetwork network_;
  bool is_smooth_;
  bool is_begun_ = false;  ///< by start() itself, which had nothing from ahead
  Timestamp timestamp_{};
  int width_ = 0;
  int height_ = 0;

  std::mutex mutex_;  ///< of all below; the network is the thread's while is_running_
  std::condition_variable_any changed_;
  PoseFilter filter_;
  std::optional<RectInImage> region_;  ///< of the body in the next frame that is looked at
  std::deque<ExpectedImage> waiting_;
  std::deque<Ahead> ahead_;
  bool is_running_ = false;
  std::exception_ptr failure_;
  std::jthread thread_;  ///< made when it is first needed; ends before all that it uses
};

/// Regions of a body. Sources: mediapipe/modules/pose_landmark/pose_{detection,landmarks}_to_roi.
RectInImage region_from_detected_body(const Detection& body);
RectInImage region_from_body(const BodyInImage& body);

}  // namespace kata
