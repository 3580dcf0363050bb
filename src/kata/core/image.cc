// SPDX-License-Identifier: Apache-2.0
#include "kata/core/image.h"

#include <algorithm>

#include "kata/core/error.h"

namespace kata {

Image::Image(int width, int height, PixelFormat format)
    : width_(width), height_(height), format_(format) {
  KATA_CHECK(width >= 0 && height >= 0, "an image has no negative size");
  pixels_.resize(row_stride() * static_cast<std::size_t>(height));
}

Image::Image(const ImageView& view) : Image(view.width, view.height, view.format) {
  for (int row = 0; row < view.height; ++row) {
    const std::uint8_t* source = view.data + static_cast<std::size_t>(row) * view.row_stride;
    std::copy_n(source, row_stride(),
                pixels_.data() + static_cast<std::size_t>(row) * row_stride());
  }
}

}  // namespace kata
