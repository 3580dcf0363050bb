// SPDX-License-Identifier: Apache-2.0
#include "kata/session/record.h"

#include <algorithm>

#include "kata/core/error.h"
#include "kata/session/blind_landmarker.h"
#include "kata/session/countdown.h"
#include "kata/session/follow.h"
#include "kata/show/timed_video.h"

namespace kata {
namespace {

constexpr double kUsualRate_hz = 30;
constexpr double kLeastLiveRate_hz = 24;  // slower cameras are rare, and often only say so
constexpr double kMostRate_hz = 120;

/// A camera that says too little would lose pictures; one too slow for the video fills it with
/// copies.
double rate_of(const SourceDescription& source) {
  const double least_hz = source.is_live ? kLeastLiveRate_hz : 1.0;
  if (!(source.frame_rate_hz > 0)) return kUsualRate_hz;
  if (source.frame_rate_hz < least_hz) return source.is_live ? kUsualRate_hz : least_hz;
  return std::min(source.frame_rate_hz, kMostRate_hz);
}

}  // namespace

RecordSummary record(const std::filesystem::path& path, FrameSource& source,
                     const RecordOptions& options, const Progress& progress, std::stop_token stop) {
  const SourceDescription description = source.describe();
  TimedVideo video(path, rate_of(description), description.is_live);
  BlindLandmarker landmarker;
  Countdown countdown(description.is_live ? options.countdown_s : 0);
  RecordState state;
  const FollowSummary summary = follow(
      source, landmarker,
      [&](const FollowedFrame& followed) {
        state.countdown_s = countdown.left_s(followed.frame.timestamp);
        if (state.countdown_s <= 0) {
          video.write(followed.frame.image->view(), followed.frame.timestamp);
          state.recorded_s = countdown.since_s(followed.frame.timestamp);
        }
        if (options.on_frame && !options.on_frame(followed.frame, state)) return false;
        return !options.longest_s || state.recorded_s < *options.longest_s;
      },
      progress, stop);
  if (video.written() == 0) {
    throw Error(ErrorCode::kNotEnough,
                summary.frames == 0 ? "the source holds no picture: " + description.name
                                    : "stopped before the recording began; nothing was written");
  }
  video.finish();
  return {video.written(), summary.dropped, video.duration_s(), summary.warnings};
}

}  // namespace kata
