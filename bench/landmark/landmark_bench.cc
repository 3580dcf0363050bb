// SPDX-License-Identifier: Apache-2.0
// landmark_bench CLIP [auto|holistic|hands] [face] [threads=N] [frames=N] [stages]
//
// One frame in, its landmarks out, on a clip decoded beforehand. Prints wall time and processor
// time a frame; the latter says what a file costs when all cores are kept busy, and bears other
// programs.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <numeric>
#include <string>

#include "bench/landmark/clip.h"
#include "kata/landmark/landmarker.h"

namespace {

using kata::bench::now_ms;

struct Request {
  std::string clip;
  kata::LandmarkerOptions options;
  std::size_t frames = 300;
  bool is_stages = false;
};

Request parse(int count, char** arguments) {
  Request request;
  request.clip = arguments[1];
  for (int i = 2; i < count; ++i) {
    const std::string word = arguments[i];
    if (word == "holistic") request.options.mode = kata::LandmarkMode::kHolistic;
    if (word == "hands") request.options.mode = kata::LandmarkMode::kHands;
    if (word == "face") request.options.with_face = true;
    if (word == "stages") request.is_stages = true;
    if (word.starts_with("threads=")) request.options.threads = std::stoi(word.substr(8));
    if (word.starts_with("frames=")) request.frames = std::stoul(word.substr(7));
  }
  return request;
}

void measure(const Request& request) {
  const kata::bench::Clip clip = kata::bench::read_clip(request.clip, request.frames);
  if (request.is_stages) return kata::bench::print_stages(clip);
  const double loading = now_ms(CLOCK_MONOTONIC);
  const auto landmarker = kata::make_landmarker(request.options);
  const double load_ms = now_ms(CLOCK_MONOTONIC) - loading;
  std::vector<double> wall;
  const double cpu = now_ms(CLOCK_PROCESS_CPUTIME_ID);
  int hands = 0;
  for (std::size_t i = 0; i < clip.frames.size(); ++i) {
    const double start = now_ms(CLOCK_MONOTONIC);
    const kata::Landmarks found = landmarker->detect(clip.view(i), clip.timestamp(i));
    wall.push_back(now_ms(CLOCK_MONOTONIC) - start);
    hands += int{found.left_hand.has_value()} + int{found.right_hand.has_value()};
  }
  if (wall.empty()) throw std::runtime_error("no frames in " + request.clip);
  const auto n = static_cast<double>(wall.size());
  const double cpu_ms = (now_ms(CLOCK_PROCESS_CPUTIME_ID) - cpu) / n;
  const double mean = std::accumulate(wall.begin(), wall.end(), 0.0) / n;
  std::sort(wall.begin(), wall.end());
  std::printf(
      "kata: frames %zu hands %d load_ms %.0f mean_ms %.2f median_ms %.2f p95_ms %.2f cpu_ms "
      "%.2f\n",
      wall.size(), hands, load_ms, mean, wall[wall.size() / 2], wall[wall.size() * 95 / 100],
      cpu_ms);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2)
    return std::fputs("landmark_bench CLIP [auto|holistic|hands] [face] [stages]\n", stderr), 2;
  try {
    measure(parse(count, arguments));
  } catch (const std::exception& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 1;
  }
}
