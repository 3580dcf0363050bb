// SPDX-License-Identifier: Apache-2.0
#include "kata/input/image_encode.h"

#include <opencv2/imgcodecs.hpp>

#include "kata/core/error.h"

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
  std::vector<unsigned char> bytes;
  if (!cv::imencode(".jpg", pixels, bytes, {cv::IMWRITE_JPEG_QUALITY, quality})) {
    throw Error(ErrorCode::kIo, "the picture could not be made a JPEG");
  }
  return {bytes.begin(), bytes.end()};
}

}  // namespace kata
