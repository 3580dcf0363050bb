// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/core/frame.h"
#include "kata/core/progress.h"
#include "kata/input/frame_source.h"
#include "kata/session/follow.h"

namespace kata {

struct RecordState {
  double countdown_s = 0;  ///< until the recording begins; 0 = it is running
  double recorded_s = 0;
};

struct RecordOptions {
  double countdown_s = 0;  ///< before a live source is recorded; files have none
  std::optional<double> longest_s;
  /// False ends the recording.
  std::function<bool(const Frame&, const RecordState&)> on_frame;
  OnWaiting on_waiting;
};

struct RecordSummary {
  std::int64_t frames = 0;   ///< of the video
  std::int64_t dropped = 0;  ///< pictures that came while all were busy
  double duration_s = 0;
  std::vector<std::string> warnings;
};

/// Writes a source to a video, without looking at what is in it. The file appears under its name
/// when the source ends, `longest_s` is over, `on_frame` has enough or `stop` is requested.
///
/// Throws Error when the video cannot be written or there was no picture to write. Of a live source
/// what could be written is complete then: pictures of a moment are not to be had again.
RecordSummary record(const std::filesystem::path& video, FrameSource& source,
                     const RecordOptions& options = {}, const Progress& progress = {},
                     std::stop_token stop = {});

}  // namespace kata
