// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "kata/core/image.h"

namespace kata {

/// The bytes of a JPEG picture; quality is 0–100. Throws Error{kInvalidArgument} for anything but
/// BGR or grey.
std::string encode_jpeg(const ImageView& image, int quality);

}  // namespace kata
