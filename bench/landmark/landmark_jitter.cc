// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <string>
#include <vector>

#include "bench/figure.h"
#include "bench/landmark/parts.h"

namespace kata::bench {
namespace {

constexpr int kStillFrames = 100;

/// Prints each hand of each frame for bench/peers/hand_jitter.py, which measures both sides alike:
/// clip, frame, side, 42 coordinates in pixels.
void print_hand(const std::string& clip, std::size_t frame, int side, const Hand& hand,
                const cv::Size& size) {
  std::printf("%s %zu %d", clip.c_str(), frame, side);
  for (const PointInUnit& point : hand.points) {
    std::printf(" %.4f %.4f", point.x * static_cast<float>(size.width),
                point.y * static_cast<float>(size.height));
  }
  std::printf("\n");
}

}  // namespace

void print_hands(const NamedClip& named, const LandmarkerOptions& options) {
  const Clip clip = read_clip(named.path, 1000);
  const auto landmarker = make_landmarker(options);
  const bool is_still = named.name.starts_with("still");
  const std::size_t count = is_still ? kStillFrames : clip.frames.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t shown = is_still ? 0 : i;
    const Landmarks seen = landmarker->detect(clip.view(shown), clip.timestamp(i));
    for (const Side side : {Side::kLeft, Side::kRight}) {
      if (!seen.hand(side)) continue;
      print_hand(named.name, i, side == Side::kLeft ? 0 : 1, *seen.hand(side),
                 clip.frames[shown].size());
    }
  }
}

}  // namespace kata::bench
