// SPDX-License-Identifier: Apache-2.0
// landmark_bench PART… [NAME=]CLIP… [auto|holistic|hands] [face] [threads=N]
//   PART: live (one frame in, its landmarks out, decoded beforehand), file (decoding and landmarks
//   side by side), stages (inside and outside the networks), memory (over 20,000 frames), print
//   (hands of each frame)
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "bench/landmark/parts.h"

namespace {

using kata::LandmarkMode;
using kata::bench::NamedClip;

struct Request {
  std::vector<NamedClip> clips;
  kata::LandmarkerOptions options;
  bool is_live = false;
  bool is_file = false;
  bool is_stages = false;
  bool is_hands = false;
  bool is_memory = false;
};

Request parse(int count, char** arguments) {
  Request request;
  for (int i = 1; i < count; ++i) {
    const std::string word = arguments[i];
    if (word == "live") {
      request.is_live = true;
    } else if (word == "file") {
      request.is_file = true;
    } else if (word == "stages") {
      request.is_stages = true;
    } else if (word == "memory") {
      request.is_memory = true;
    } else if (word == "print") {
      request.is_hands = true;
    } else if (word == "face") {
      request.options.with_face = true;
    } else if (word == "auto" || word == "holistic" || word == "hands") {
      request.options.mode = word == "auto"       ? LandmarkMode::kAuto
                             : word == "holistic" ? LandmarkMode::kHolistic
                                                  : LandmarkMode::kHands;
    } else if (word.starts_with("threads=")) {
      request.options.threads = std::stoi(word.substr(8));
    } else {
      request.clips.push_back(kata::bench::named_clip(word));
    }
  }
  return request;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const Request request = parse(count, arguments);
    for (const NamedClip& clip : request.clips) {
      if (request.is_live) kata::bench::measure_live(clip, request.options);
      if (request.is_file) kata::bench::measure_file(clip, request.options);
      if (request.is_hands) kata::bench::print_hands(clip, request.options);
      if (request.is_memory) kata::bench::measure_memory(clip, request.options);
      if (request.is_stages) kata::bench::measure_stages(clip);
    }
  } catch (const std::exception& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 1;
  }
}
