// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kata {

struct PictureSize {
  int width = 0;   ///< px
  int height = 0;  ///< px
};

/// The size of a picture once its pixels are square; one side grows, none becomes smaller.
///
/// `pixel_ratio` is a pixel's width by its height. What no camera has (damaged headers say
/// anything) and what nobody sees counts as square.
PictureSize square_size(PictureSize stored, double pixel_ratio);

}  // namespace kata
