// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "kata/core/error.h"
#include "kata/input/frame_source.h"
#include "tests/support/temp_folder.h"

namespace kata::fuzz {

/// Puts the bytes into a file of this name and reads the source that `open` makes of it, as far as
/// it goes: an Error at most, times that rise, pictures that are not empty.
template <typename Open>
void read_source(const std::uint8_t* data, std::size_t size, const char* name, const Open& open) {
  static const test::TempFolder folder;
  const std::filesystem::path path = folder / name;
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  try {
    const std::unique_ptr<FrameSource> source = open(path);
    source->describe();
    Timestamp last{};
    for (int count = 0; count < 100; ++count) {
      const auto frame = source->next();
      if (!frame) break;
      KATA_CHECK(count == 0 || frame->timestamp > last, "times rise");
      KATA_CHECK(!frame->image->is_empty(), "a frame has a picture");
      last = frame->timestamp;
    }
    source->warnings();
  } catch (const Error&) {
  }
}

}  // namespace kata::fuzz
