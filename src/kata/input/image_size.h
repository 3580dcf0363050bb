// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace kata {

/// What a picture's header promises, in pixels as they are stored (EXIF may turn them later).
struct ImageSize {
  std::uint64_t width = 0;
  std::uint64_t height = 0;

  bool is_beyond(std::uint64_t most_pixels) const {
    return height > 0 && width > most_pixels / height;
  }
};

/// Reads the size from the header of a whole file without decoding anything, so that a small file
/// cannot claim gigabytes: the decoders allocate, and some fill, what a header promises.
///
/// Never less than what a decoder makes of the same bytes. JPEG, PNG, BMP, WebP, TIFF, PBM, PGM,
/// PPM, JPEG 2000 and OpenEXR; nullopt for any other bytes, a damaged header, or a picture without
/// pixels.
std::optional<ImageSize> image_size(std::span<const std::uint8_t> bytes);

/// The same for JPEG alone.
std::optional<ImageSize> jpeg_size(std::span<const std::uint8_t> bytes);

}  // namespace kata
