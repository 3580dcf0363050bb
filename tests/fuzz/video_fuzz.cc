// SPDX-License-Identifier: Apache-2.0
#include "kata/input/video_file_source.h"
#include "tests/fuzz/read_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kata::fuzz::read_source(data, size, "clip.mp4", kata::make_video_file_source);
  return 0;
}
