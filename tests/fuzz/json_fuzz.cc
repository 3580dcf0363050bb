// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string_view>

#include "kata/core/error.h"
#include "kata/show/track_format.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const kata::Landmarks landmarks =
        kata::landmarks_from_track_json({reinterpret_cast<const char*>(data), size});
    kata::landmarks_from_track_json(kata::track_json(0, landmarks));
  } catch (const kata::Error&) {
  }
  return 0;
}
