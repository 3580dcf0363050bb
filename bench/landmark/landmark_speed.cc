// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "bench/figure.h"
#include "bench/landmark/parts.h"
#include "kata/input/frame_source.h"
#include "kata/session/follow.h"

namespace kata::bench {
namespace {

constexpr std::size_t kWarmUp = 5;  ///< frames before the clock starts

std::string figure_name(const NamedClip& clip, const char* what, const LandmarkerOptions& options) {
  return clip.name + ", " + what + (options.with_face ? ", with face" : "");
}

}  // namespace

void measure_live(const NamedClip& named, const LandmarkerOptions& options) {
  const Clip clip = read_clip(named.path);
  const auto landmarker = make_landmarker(options);
  double wall = 0;
  double processor = 0;
  for (std::size_t i = 0; i < clip.frames.size(); ++i) {
    if (i == kWarmUp) {
      wall = now_ms(CLOCK_MONOTONIC);
      processor = now_ms(CLOCK_PROCESS_CPUTIME_ID);
    }
    landmarker->detect(clip.view(i), clip.timestamp(i));
  }
  const auto frames = static_cast<double>(clip.frames.size() - kWarmUp);
  wall = (now_ms(CLOCK_MONOTONIC) - wall) / frames;
  processor = (now_ms(CLOCK_PROCESS_CPUTIME_ID) - processor) / frames;
  print_figure(figure_name(named, "live", options), 1e3 / wall, "frames/s", Better::kHigher);
  print_figure(figure_name(named, "processor time", options), processor, "ms/frame",
               Better::kLower);
}

void measure_file(const NamedClip& named, const LandmarkerOptions& options) {
  const auto source = make_source(named.path);
  LandmarkerOptions of_file = options;
  of_file.with_look_ahead = true;
  const auto landmarker = make_landmarker(of_file);
  double start = 0;
  std::size_t frames = 0;
  follow(*source, *landmarker, [&](const FollowedFrame&) {
    if (++frames == kWarmUp) start = now_ms(CLOCK_MONOTONIC);
    return true;
  });
  const double wall = (now_ms(CLOCK_MONOTONIC) - start) / static_cast<double>(frames - kWarmUp);
  print_figure(figure_name(named, "file", options), 1e3 / wall, "frames/s", Better::kHigher);
}

}  // namespace kata::bench
