// SPDX-License-Identifier: Apache-2.0
#include "kata/input/image_decode.h"

#include <opencv2/core.hpp>
#include <optional>
#include <string>

#include "kata/core/error.h"
#include "kata/input/image_size.h"
#include "kata/input/opencv_module.h"

namespace kata {
namespace {

[[noreturn]] void refuse(const char* why) {
  throw Error(ErrorCode::kCorrupt, std::string("the picture cannot be read: ") + why);
}

}  // namespace

Image decode_jpeg(std::span<const std::uint8_t> bytes, std::size_t most_pixels) {
  const std::optional<ImageSize> size = jpeg_size(bytes);
  if (!size) refuse("it is no JPEG, or its header is damaged");
  if (size->is_beyond(most_pixels)) refuse("it is too large");
  // OpenCV only reads through this Mat, whatever its signature says.
  const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8UC1,
                        const_cast<std::uint8_t*>(bytes.data()));
  const cv::Mat decoded = opencv_module().decode(encoded);
  if (decoded.empty() || decoded.type() != CV_8UC3) refuse("it is damaged");
  return Image(
      ImageView{decoded.data, decoded.cols, decoded.rows, decoded.step[0], PixelFormat::kBgr});
}

}  // namespace kata
