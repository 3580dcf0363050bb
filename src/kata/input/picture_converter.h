// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "kata/core/image.h"
#include "kata/input/orientation.h"
#include "kata/input/square_pixels.h"

struct AVFrame;

namespace kata {

/// How the pictures of a stream are to be shown.
struct PictureShape {
  double pixel_ratio = 1;  ///< a stored pixel's width by its height
  Orientation orientation;
};

/// The size at which a stored picture is shown.
PictureSize shown_size(PictureSize stored, const PictureShape& shape);

/// Makes a decoder's frames into what players show: BGR, square pixels, one moment, upright.
class PictureConverter {
 public:
  PictureConverter();
  ~PictureConverter();
  PictureConverter(const PictureConverter&) = delete;
  PictureConverter& operator=(const PictureConverter&) = delete;

  /// Null where the frame's pixels cannot be converted.
  std::shared_ptr<const Image> convert(const AVFrame& frame, const PictureShape& shape);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
