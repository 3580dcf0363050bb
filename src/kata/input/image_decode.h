// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "kata/core/image.h"

namespace kata {

/// Pictures from a browser's camera are at most this large (Full HD); larger ones are refused.
inline constexpr std::size_t kMostBrowserPixels = 1920UL * 1080UL;

/// Decodes a JPEG picture from somewhere that is not trusted, BGR.
///
/// The size is read from the header and checked before anything is allocated, so that a small file
/// cannot claim a huge picture. Throws Error{kCorrupt} for bytes that are no JPEG or are damaged,
/// and for one of more than `most_pixels`.
Image decode_jpeg(std::span<const std::uint8_t> bytes,
                  std::size_t most_pixels = kMostBrowserPixels);

}  // namespace kata
