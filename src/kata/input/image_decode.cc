// SPDX-License-Identifier: Apache-2.0
#include "kata/input/image_decode.h"

#include <opencv2/imgcodecs.hpp>

#include "kata/core/error.h"

namespace kata {
namespace {

struct JpegSize {
  std::size_t width = 0;
  std::size_t height = 0;
};

[[noreturn]] void refuse(const char* why) {
  throw Error(ErrorCode::kCorrupt, std::string("the picture cannot be read: ") + why);
}

std::size_t two_bytes(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::size_t>(bytes[at]) << 8 | bytes[at + 1];
}

/// Start-of-frame markers but those of lossless and arithmetic coding, which no browser makes.
/// Source: ITU-T T.81, table B.1.
bool is_start_of_frame(std::uint8_t marker) { return marker >= 0xC0 && marker <= 0xC2; }

JpegSize size_from_header(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8) refuse("it is no JPEG");
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {
    if (bytes[at] != 0xFF) refuse("its header is damaged");
    const std::uint8_t marker = bytes[at + 1];
    if (marker == 0xFF) {  // fill bytes before a marker
      ++at;
      continue;
    }
    const std::size_t length = two_bytes(bytes, at + 2);
    if (length < 2 || marker == 0xDA || marker == 0xD9) refuse("its header has no size");
    if (is_start_of_frame(marker)) {
      if (length < 8 || at + 9 > bytes.size()) refuse("its header is cut short");
      return {two_bytes(bytes, at + 7), two_bytes(bytes, at + 5)};
    }
    at += 2 + length;
  }
  refuse("its header is cut short");
}

}  // namespace

Image decode_jpeg(std::span<const std::uint8_t> bytes, std::size_t most_pixels) {
  const JpegSize size = size_from_header(bytes);
  if (size.width == 0 || size.height == 0) refuse("it has no size");
  if (size.width * size.height > most_pixels) refuse("it is too large");
  // OpenCV only reads through this Mat, whatever its signature says.
  const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8UC1,
                        const_cast<std::uint8_t*>(bytes.data()));
  cv::Mat decoded;
  try {
    decoded = cv::imdecode(encoded, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION);
  } catch (const cv::Exception&) {
    refuse("it is damaged");
  }
  if (decoded.empty() || decoded.type() != CV_8UC3) refuse("it is damaged");
  return Image(
      ImageView{decoded.data, decoded.cols, decoded.rows, decoded.step[0], PixelFormat::kBgr});
}

}  // namespace kata
