// SPDX-License-Identifier: Apache-2.0
#include <span>

#include "kata/input/image_decode.h"
#include "kata/input/image_size.h"
#include "tests/fuzz/read_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const kata::Image picture = kata::decode_jpeg(std::span(data, size), 1000 * 1000);
    KATA_CHECK(!picture.is_empty(), "a decoded picture has pixels");
  } catch (const kata::Error&) {
  }
  kata::fuzz::read_source(data, size, "picture.png", [&](const auto& path) {
    auto source = kata::make_source(path.string());
    const auto promised = kata::image_size(std::span(data, size));
    const auto read = source->describe();
    KATA_CHECK(promised && promised->width * promised->height ==
                               static_cast<std::uint64_t>(read.width) *
                                   static_cast<std::uint64_t>(read.height),
               "the decoder makes what the header promises");
    return source;
  });
  return 0;
}
