// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kata {

/// The numbers of a NumPy .npy file (format 1 to 3, little-endian float32 or float64), in the order
/// in which they lie in the file.
///
/// Throws Error{kCorrupt} or {kUnsupported}; Python objects are never read.
std::vector<double> numbers_from_npy(std::string_view bytes);

/// One row of float64 as format 1.0.
std::string npy_from_numbers(std::span<const double> numbers);

}  // namespace kata
