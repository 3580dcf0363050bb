// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace kata {

enum class Field { kTop, kBottom };  ///< the rows 0, 2, 4 … and 1, 3, 5 …

/// Rows of bytes that are changed where they lie.
struct Rows {
  std::uint8_t* data = nullptr;
  std::size_t stride = 0;  ///< bytes from row to row
  std::size_t width = 0;   ///< bytes of a row that count
  int height = 0;
};

/// Takes the combs out of a picture whose fields were taken at two moments: it becomes that of the
/// field kept. Each row of the other field is made anew from its neighbours.
void deinterlace(const Rows& rows, Field kept);

}  // namespace kata
