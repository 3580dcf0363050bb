// SPDX-License-Identifier: Apache-2.0
#include "kata/input/image_encode.h"

#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

#include "kata/core/error.h"
#include "kata/input/opencv_module.h"

namespace kata {

std::string encode_jpeg(const ImageView& image, int quality) {
  if (image.is_empty() ||
      (image.format != PixelFormat::kBgr && image.format != PixelFormat::kGray)) {
    throw Error(ErrorCode::kInvalidArgument, "only BGR and grey pictures become JPEG");
  }
  const int type = image.format == PixelFormat::kBgr ? CV_8UC3 : CV_8UC1;
  // OpenCV only reads through this Mat, whatever its signature says.
  const cv::Mat pixels(image.height, image.width, type, const_cast<std::uint8_t*>(image.data),
                       image.row_stride);
  const std::vector<std::uint8_t> bytes = opencv_module().encode_jpeg(pixels, quality);
  if (bytes.empty()) {
    throw Error(ErrorCode::kIo, "the picture could not be made a JPEG");
  }
  return {bytes.begin(), bytes.end()};
}

}  // namespace kata
