// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace kata {

/// How a stored picture is turned and mirrored to be as players show it.
struct Orientation {
  bool is_transposed = false;  ///< rows become columns; this comes first
  bool flips_x = false;        ///< then left and right change places
  bool flips_y = false;        ///< and up and down
};

/// A display matrix as containers and streams store it, row by row (ISO/IEC 14496-12, 6.2.2).
using DisplayMatrix = std::array<std::int32_t, 9>;

/// The nearest of the eight ways; a matrix that maps everything to a line or a point says nothing.
Orientation orientation_from(const DisplayMatrix& matrix);

}  // namespace kata
