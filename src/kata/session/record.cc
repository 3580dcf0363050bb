// SPDX-License-Identifier: Apache-2.0
#include "kata/session/record.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "kata/core/error.h"
#include "kata/session/blind_landmarker.h"
#include "kata/session/countdown.h"
#include "kata/session/follow.h"
#include "kata/show/timed_video.h"

namespace kata {
namespace {

constexpr double kUsualRate_hz = 30;
constexpr double kLeastLiveRate_hz = 24;  // slower cameras are rare, and often only say so
constexpr double kLeastRate_hz = 1;
constexpr double kMostRate_hz = 120;

/// A camera that says too little would lose pictures; one too slow for the video fills it with
/// copies.
double rate_of(const SourceDescription& source) {
  const double said_hz = source.frame_rate_hz;
  const bool is_told = said_hz > 0 && !(source.is_live && said_hz < kLeastLiveRate_hz);
  return is_told ? std::clamp(said_hz, kLeastRate_hz, kMostRate_hz) : kUsualRate_hz;
}

std::string told_with_time(const Error& failure, double until_s) {
  return fmt::format("what was recorded until {:.1f} s is complete; then {}", until_s,
                     failure.what());
}

}  // namespace

RecordSummary record(const std::filesystem::path& path, FrameSource& source,
                     const RecordOptions& options, const Progress& progress, std::stop_token stop) {
  const SourceDescription description = source.describe();
  TimedVideo video(path, rate_of(description), description.is_live);
  BlindLandmarker landmarker;
  Countdown countdown(description.is_live ? options.countdown_s : 0);
  RecordState state;
  std::optional<Error> failure;
  const FollowSummary summary =
      follow(source, landmarker,
             [&](const FollowedFrame& followed) {
               state.countdown_s = countdown.left_s(followed.frame.timestamp);
               if (state.countdown_s <= 0) {
                 try {
                   video.write(followed.frame.image->view(), followed.frame.timestamp);
                 } catch (const Error& error) {
                   failure = error;
                   return false;
                 }
                 state.recorded_s = countdown.since_s(followed.frame.timestamp);
               }
               if (options.on_frame && !options.on_frame(followed.frame, state)) return false;
               return !options.longest_s || state.recorded_s < *options.longest_s;
             },
             {progress, std::move(stop), options.on_waiting});
  if (failure && (!description.is_live || video.written() == 0)) throw Error(*failure);
  if (video.written() == 0) {
    throw Error(ErrorCode::kNotEnough,
                summary.frames == 0 ? "the source holds no picture: " + description.name
                : summary.failure   ? "before the recording began " + *summary.failure
                                    : "stopped before the recording began; nothing was written");
  }
  video.finish();
  if (failure) throw Error(failure->code(), told_with_time(*failure, video.duration_s()));
  return {video.written(), summary.dropped, video.duration_s(), summary.warnings};
}

}  // namespace kata
