// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <stdexcept>
#include <string>

#include "bench/figure.h"
#include "bench/landmark/parts.h"
#include "kata/input/frame_source.h"
#include "kata/session/follow.h"

namespace kata::bench {
namespace {

/// The heap has found its size after some thousand frames.
constexpr int kSettled = 10'000;
constexpr int kMany = 20'000;

/// A line of /proc/self/status (proc(5)), MB.
double status_mb(const std::string& name) {
  std::ifstream status("/proc/self/status");
  std::string word;
  double kilobytes = 0;
  while (status >> word) {
    if (word == name + ":" && status >> kilobytes) return kilobytes / 1024;
  }
  throw std::runtime_error("/proc/self/status has no " + name);
}

}  // namespace

void measure_memory(const NamedClip& named, const LandmarkerOptions& options) {
  const double began = now_ms(CLOCK_MONOTONIC);
  const auto source = make_source("loop:" + named.path);
  const auto landmarker = make_landmarker(options);
  int frames = 0;
  follow(*source, *landmarker, [&](const FollowedFrame&) {
    ++frames;
    if (frames == 1) {
      print_figure(named.name + ", first landmarks after", (now_ms(CLOCK_MONOTONIC) - began) / 1e3,
                   "s", Better::kLower);
    } else if (frames == kSettled) {
      print_figure(named.name + ", memory after 10,000 frames", status_mb("VmRSS"), "MB",
                   Better::kLower);
    }
    return frames < kMany;
  });
  print_figure(named.name + ", memory after 20,000 frames", status_mb("VmRSS"), "MB",
               Better::kLower);
  print_figure(named.name + ", most memory", status_mb("VmHWM"), "MB", Better::kLower);
}

}  // namespace kata::bench
