// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/core/frame.h"
#include "kata/core/landmarks.h"
#include "kata/core/progress.h"
#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"

namespace kata {

/// A picture and what was seen in it.
struct FollowedFrame {
  Frame frame;
  Landmarks landmarks;
  std::chrono::steady_clock::time_point arrived;  ///< when the source gave the picture
};

/// Figures of a followed stream, measured at its end.
struct FollowSummary {
  std::int64_t frames = 0;
  std::int64_t delivered =
      0;                     ///< pictures that the source gave: frames, dropped and a few under way
  std::int64_t dropped = 0;  ///< pictures of a live source that came while all were busy
  std::int64_t frames_with_pose = 0;
  std::int64_t frames_with_left_hand = 0;
  std::int64_t frames_with_right_hand = 0;
  double frame_rate_hz = 0;      ///< frames handled per second of real time
  double latency_median_ms = 0;  ///< from the picture's arrival to the end of `on_frame`
  double latency_p95_ms = 0;
  std::optional<std::string> failure;  ///< why a live source ended, and when; for people
  std::vector<std::string> warnings;   ///< the source's, for people; the failure first
};

/// Handles one frame; false ends the stream early. Called in the caller's thread, in order.
using OnFrame = std::function<bool(const FollowedFrame&)>;

/// Called in the caller's thread about twenty times a second while no picture comes, with the time
/// since the last one (or since the start), so that a window stays alive; false ends the stream.
using OnWaiting = std::function<bool(Duration since)>;

struct FollowOptions {
  Progress progress;
  std::stop_token stop;
  OnWaiting on_waiting;
};

/// Runs a source through a landmarker: reading, landmarks and `on_frame` work side by side.
///
/// Frames that know their landmarks (a stored track's) are not shown to the landmarker.
/// Files lose no frame; of live sources the newest frame wins and drops are counted. Errors of the
/// source or landmarker are thrown here, after the frames before them were handled; but a live
/// source that fails after its first frame has ended, and a warning names the moment: what it gave
/// is not to be had again. Ends early and cleanly when `stop` is requested.
FollowSummary follow(FrameSource& source, Landmarker& landmarker, const OnFrame& on_frame,
                     const FollowOptions& options);
FollowSummary follow(FrameSource& source, Landmarker& landmarker, const OnFrame& on_frame,
                     const Progress& progress = {}, std::stop_token stop = {});

}  // namespace kata
