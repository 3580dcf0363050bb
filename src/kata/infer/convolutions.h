// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace ov {
class Core;
class Model;
}  // namespace ov

namespace kata {

/// Which convolutions this processor does faster than those OpenVINO would take: a name to tell
/// compiled networks apart by, empty where there are none.
///  - "avx2": processors that compute with eight floats at a time (AVX2 without AVX-512);
///  - "zen4": those that have AVX-512 and compute with eight floats nevertheless (AMD's family 25).
std::string_view faster_convolutions();

/// Asks OpenVINO for faster_convolutions(): oneDNN's direct ones, 10 to 15 % faster with AVX2 and
/// 2 to 13 % on a Zen 4 (docs/decisions/0106, 0112), and the same to the last digits. Elsewhere,
/// and with an OpenVINO that knows no such wish, it changes nothing.
void prefer_fast_convolutions(ov::Core& core, ov::Model& model);

}  // namespace kata
