// SPDX-License-Identifier: Apache-2.0
#include "kata/input/orientation.h"

#include <cstdlib>

namespace kata {

// The matrix takes (x, y) to (a x + c y, b x + d y); it is stored as a b u, c d v, x y w.
Orientation orientation_from(const DisplayMatrix& matrix) {
  const std::int64_t a = matrix[0];
  const std::int64_t b = matrix[1];
  const std::int64_t c = matrix[3];
  const std::int64_t d = matrix[4];
  if (a * d == b * c) return {};
  const bool is_transposed = std::llabs(b) + std::llabs(c) > std::llabs(a) + std::llabs(d);
  return is_transposed ? Orientation{true, c < 0, b < 0} : Orientation{false, a < 0, d < 0};
}

}  // namespace kata
