// SPDX-License-Identifier: Apache-2.0
#include "kata/input/picture_store.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <span>

#include "kata/core/error.h"
#include "kata/input/image_decode.h"
#include "kata/input/opencv_module.h"

namespace kata {
namespace {

/// Right after what failed: by errno.
Error no_room() {
  const bool is_full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  return {ErrorCode::kIo,
          is_full ? "the disk is full, the pictures of the take cannot be kept in the temporary "
                    "folder"
                  : "the pictures of the take cannot be kept in the temporary folder"};
}

cv::Mat in_bgr(const ImageView& picture) {
  cv::Mat pixels(picture.height, picture.width, CV_8UC(channels(picture.format)),
                 const_cast<std::uint8_t*>(picture.data), picture.row_stride);
  cv::Mat bgr;
  switch (picture.format) {
    case PixelFormat::kBgr:
      return pixels;
    case PixelFormat::kGray:
      cv::cvtColor(pixels, bgr, cv::COLOR_GRAY2BGR);
      break;
    case PixelFormat::kRgb:
      cv::cvtColor(pixels, bgr, cv::COLOR_RGB2BGR);
      break;
    case PixelFormat::kRgba:
      cv::cvtColor(pixels, bgr, cv::COLOR_RGBA2BGR);
      break;
    case PixelFormat::kBgra:
      cv::cvtColor(pixels, bgr, cv::COLOR_BGRA2BGR);
      break;
  }
  return bgr;
}

cv::Mat no_larger_than(const cv::Mat& picture, int longest_side) {
  const double scale = static_cast<double>(longest_side) / std::max(picture.cols, picture.rows);
  if (scale >= 1) return picture;
  cv::Mat small;
  const cv::Size size(std::max(1, cvRound(picture.cols * scale)),
                      std::max(1, cvRound(picture.rows * scale)));
  cv::resize(picture, small, size, 0, 0, cv::INTER_AREA);
  return small;
}

}  // namespace

PictureStore::PictureStore(const PictureStoreOptions& options)
    : options_(options), file_(std::tmpfile()) {
  if (!file_) throw no_room();
  opencv_module();  // loaded now rather than between two pictures of a take
}

void PictureStore::add(const ImageView& picture) {
  const std::vector<std::uint8_t> bytes = opencv_module().encode_jpeg(
      no_larger_than(in_bgr(picture), options_.longest_side), options_.quality);
  KATA_CHECK(!bytes.empty(), "a picture in memory becomes a JPEG");
  const bool is_written =
      std::fseek(file_.get(), static_cast<long>(starts_.back()), SEEK_SET) == 0 &&
      std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size();
  if (!is_written) throw no_room();
  starts_.push_back(starts_.back() + bytes.size());
}

Image PictureStore::picture(std::size_t number, int longest_side) const {
  KATA_CHECK(number < size(), "the picture was added");
  std::vector<std::uint8_t> bytes(starts_[number + 1] - starts_[number]);
  const bool is_read = std::fseek(file_.get(), static_cast<long>(starts_[number]), SEEK_SET) == 0 &&
                       std::fread(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size();
  if (!is_read) throw no_room();
  const auto most_pixels = static_cast<std::size_t>(options_.longest_side) *
                           static_cast<std::size_t>(options_.longest_side);
  Image image = decode_jpeg(bytes, most_pixels);
  if (std::max(image.width(), image.height()) <= longest_side) return image;
  const cv::Mat small = no_larger_than(in_bgr(image), longest_side);
  return Image(ImageView{small.data, small.cols, small.rows, small.step[0], PixelFormat::kBgr});
}

}  // namespace kata
