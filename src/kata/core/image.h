// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kata {

enum class PixelFormat { kGray, kRgb, kBgr, kRgba, kBgra };

constexpr int channels(PixelFormat format) {
  switch (format) {
    case PixelFormat::kGray:
      return 1;
    case PixelFormat::kRgb:
    case PixelFormat::kBgr:
      return 3;
    case PixelFormat::kRgba:
    case PixelFormat::kBgra:
      return 4;
  }
  return 0;
}

/// Borrows 8-bit interleaved pixels, top row first; the owner must outlive the view.
struct ImageView {
  const std::uint8_t* data = nullptr;
  int width = 0;
  int height = 0;
  std::size_t row_stride = 0;  ///< bytes from one row to the next
  PixelFormat format = PixelFormat::kBgr;

  bool is_empty() const { return data == nullptr || width <= 0 || height <= 0; }
};

/// Owns 8-bit interleaved pixels, rows packed without padding.
class Image {
 public:
  Image() = default;
  /// All pixels zero. Throws std::logic_error for a negative size.
  Image(int width, int height, PixelFormat format);
  /// Copies.
  explicit Image(const ImageView& view);

  int width() const { return width_; }
  int height() const { return height_; }
  PixelFormat format() const { return format_; }
  std::size_t row_stride() const {
    return static_cast<std::size_t>(width_) * static_cast<std::size_t>(channels(format_));
  }
  bool is_empty() const { return pixels_.empty(); }
  std::uint8_t* data() { return pixels_.data(); }
  const std::uint8_t* data() const { return pixels_.data(); }
  ImageView view() const { return {pixels_.data(), width_, height_, row_stride(), format_}; }
  operator ImageView() const { return view(); }  // NOLINT(google-explicit-constructor)

 private:
  int width_ = 0;
  int height_ = 0;
  PixelFormat format_ = PixelFormat::kBgr;
  std::vector<std::uint8_t> pixels_;
};

}  // namespace kata
