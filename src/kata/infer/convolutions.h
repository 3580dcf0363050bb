// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ov {
class Core;
class Model;
}  // namespace ov

namespace kata {

/// Whether the processor computes with eight floats at a time (AVX2) and not with sixteen.
bool has_eight_float_vectors();

/// Asks OpenVINO for other convolutions than it would take where has_eight_float_vectors():
/// oneDNN's direct ones, 10 to 15 % faster there (docs/decisions/0106) and the same to the last
/// digits. Elsewhere, and with an OpenVINO that knows no such wish, it changes nothing.
void prefer_fast_convolutions(ov::Core& core, ov::Model& model);

}  // namespace kata
