// SPDX-License-Identifier: Apache-2.0
#include "kata/session/open_source.h"

#include <string_view>

#include "kata/input/replay_source.h"
#include "kata/session/blind_landmarker.h"
#include "kata/session/track_source.h"

namespace kata {
namespace {

constexpr std::string_view kLoopPrefix = "loop:";
constexpr std::string_view kLivePrefix = "live:";

bool is_address(const std::string& spec) { return spec.find("://") != std::string::npos; }

}  // namespace

std::unique_ptr<FrameSource> open_source(const std::string& spec) {
  if (!is_track_name(spec) || is_address(spec)) return make_source(spec);
  if (spec.starts_with(kLivePrefix))
    return make_live_source(open_source(spec.substr(kLivePrefix.size())));
  if (spec.starts_with(kLoopPrefix)) {
    return make_loop_source(
        [inner = spec.substr(kLoopPrefix.size())] { return open_source(inner); });
  }
  return std::make_unique<TrackSource>(spec);
}

std::unique_ptr<Landmarker> landmarker_for(const SourceDescription& source,
                                           LandmarkerOptions options) {
  if (source.has_landmarks) return std::make_unique<BlindLandmarker>();
  options.with_look_ahead = !source.is_live;
  return make_landmarker(options);
}

}  // namespace kata
