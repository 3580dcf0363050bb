// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace kata {

/// A text as a QR code of block characters for a terminal, dark on light whatever the terminal's
/// colours are. Throws Error{kInvalidArgument} for a text that is too long for one.
std::string qr_code(const std::string& text);

}  // namespace kata
