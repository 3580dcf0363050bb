// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string_view>

#include "kata/core/error.h"
#include "kata/craft/npy_array.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto numbers = kata::numbers_from_npy({reinterpret_cast<const char*>(data), size});
    KATA_CHECK(numbers.size() * sizeof(float) <= size, "no more numbers than bytes");
  } catch (const kata::Error&) {
  }
  return 0;
}
