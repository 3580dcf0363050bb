// SPDX-License-Identifier: Apache-2.0
#include "kata/input/image_size.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace kata {
namespace {

using std::uint64_t;

/// The bytes of a file; beyond its end there are zeros, of which no size can be made.
class Bytes {
 public:
  explicit Bytes(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  uint64_t size() const { return bytes_.size(); }
  std::uint8_t operator[](uint64_t at) const { return at < size() ? bytes_[at] : 0; }
  bool has(uint64_t at, std::string_view text) const {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if ((*this)[at + i] != static_cast<std::uint8_t>(text[i])) return false;
    }
    return at + text.size() <= size();
  }
  uint64_t big(uint64_t at, unsigned count) const {
    uint64_t value = 0;
    for (unsigned i = 0; i < count; ++i) value = value << 8 | (*this)[at + i];
    return value;
  }
  uint64_t little(uint64_t at, unsigned count) const {
    uint64_t value = 0;
    for (unsigned i = count; i-- > 0;) value = value << 8 | (*this)[at + i];
    return value;
  }
  std::int64_t little_signed(uint64_t at) const {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(little(at, 4)));
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

constexpr ImageSize kNone;

/// Walks as libjpeg does (jdmarker.c: next_marker, skip_variable), which forgives bytes between the
/// segments: a stricter reader would see another header than the decoder. Markers: ITU-T T.81, B.1.
ImageSize size_of_jpeg(const Bytes& bytes) {
  uint64_t at = 2;
  while (at < bytes.size()) {
    while (at < bytes.size() && bytes[at] != 0xFF) ++at;
    while (bytes[at] == 0xFF) ++at;
    const std::uint8_t marker = bytes[at++];
    const bool has_no_length = marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD7);
    if (has_no_length) continue;
    if (marker >= 0xD8 && marker <= 0xDA) break;  // the pixels, or the end
    const bool is_start_of_frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (is_start_of_frame) return {bytes.big(at + 5, 2), bytes.big(at + 3, 2)};
    at += std::max<uint64_t>(2, bytes.big(at, 2));
  }
  return kNone;
}

ImageSize size_of_png(const Bytes& bytes) {
  if (!bytes.has(12, "IHDR")) return kNone;
  return {bytes.big(16, 4), bytes.big(20, 4)};
}

ImageSize size_of_bmp(const Bytes& bytes) {
  if (bytes.little(14, 4) == 12) return {bytes.little(18, 2), bytes.little(20, 2)};  // of OS/2
  const auto magnitude = [&](uint64_t at) {  // a height below zero: the top row comes first
    return static_cast<uint64_t>(std::abs(bytes.little_signed(at)));
  };
  return {magnitude(18), magnitude(22)};
}

/// RFC 9649, 2.5 to 2.7.
ImageSize size_of_webp(const Bytes& bytes) {
  if (bytes.has(12, "VP8X")) return {bytes.little(24, 3) + 1, bytes.little(27, 3) + 1};
  if (bytes.has(12, "VP8 ")) return {bytes.little(26, 2) & 0x3FFF, bytes.little(28, 2) & 0x3FFF};
  if (!bytes.has(12, "VP8L")) return kNone;
  const uint64_t both = bytes.little(21, 4);
  return {(both & 0x3FFF) + 1, (both >> 14 & 0x3FFF) + 1};
}

/// Of the first picture in the file, which is the one that is read. TIFF 6.0, section 2; BigTIFF
/// has the same fields, wider.
ImageSize size_of_tiff(const Bytes& bytes) {
  const bool is_big_endian = bytes[0] == 'M';
  const auto number = [&](uint64_t at, unsigned count) {
    return is_big_endian ? bytes.big(at, count) : bytes.little(at, count);
  };
  const bool is_wide = number(2, 2) == 43;
  const unsigned word = is_wide ? 8 : 4;
  const unsigned entry_size = is_wide ? 20 : 12;
  const uint64_t directory = number(is_wide ? 8 : 4, word);
  uint64_t at = directory + (is_wide ? 8 : 2);
  if (directory >= bytes.size()) return kNone;
  ImageSize size;
  for (uint64_t left = number(directory, is_wide ? 8 : 2); left > 0 && at < bytes.size(); --left) {
    const uint64_t tag = number(at, 2);
    const uint64_t type = number(at + 2, 2);
    const uint64_t value_at = at + 4 + word;
    at += entry_size;
    if (tag != 256 && tag != 257) continue;
    uint64_t value = 0;
    if (type == 3) value = number(value_at, 2);
    if (type == 4) value = number(value_at, 4);
    if (value == 0) return kNone;  // of a type that nobody writes
    uint64_t& side = tag == 256 ? size.width : size.height;
    side = std::max(side, value);
  }
  return size;
}

/// Text: P and a digit, width, height; comments between them.
ImageSize size_of_pnm(const Bytes& bytes) {
  uint64_t at = 2;
  const auto next_number = [&] {
    const auto is_digit = [&] { return bytes[at] >= '0' && bytes[at] <= '9'; };
    while (at < bytes.size() && !is_digit()) {
      const bool is_comment = bytes[at] == '#';
      while (is_comment && at < bytes.size() && bytes[at] != '\n' && bytes[at] != '\r') ++at;
      ++at;
    }
    uint64_t value = 0;
    for (; is_digit(); ++at) value = std::min<uint64_t>(value * 10 + (bytes[at] - '0'), 1U << 31);
    return value;
  };
  const uint64_t width = next_number();
  return {width, next_number()};
}

/// The size marker of a JPEG 2000 codestream, which comes first. ITU-T T.800, A.5.1.
ImageSize size_of_j2k(const Bytes& bytes, uint64_t at = 0) {
  if (!bytes.has(at, "\xFF\x4F\xFF\x51")) return kNone;
  const uint64_t right = bytes.big(at + 8, 4);
  const uint64_t bottom = bytes.big(at + 12, 4);
  const uint64_t left = bytes.big(at + 16, 4);
  const uint64_t top = bytes.big(at + 20, 4);
  return right > left && bottom > top ? ImageSize{right - left, bottom - top} : kNone;
}

/// JPEG 2000's boxes up to that of the codestream, whose size it is that counts.
ImageSize size_of_jp2(const Bytes& bytes) {
  for (uint64_t at = 0; at < bytes.size();) {
    const uint64_t short_length = bytes.big(at, 4);
    const unsigned header = short_length == 1 ? 16 : 8;
    if (bytes.has(at + 4, "jp2c")) return size_of_j2k(bytes, at + header);
    const uint64_t length = short_length == 1 ? bytes.big(at + 8, 8) : short_length;
    if (length < header || length > bytes.size()) break;
    at += length;
  }
  return kNone;
}

/// OpenEXR's attributes: name, type, length, value. "OpenEXR File Layout", header.
ImageSize size_of_exr(const Bytes& bytes) {
  const auto after_text = [&](uint64_t at) {
    while (at < bytes.size() && bytes[at] != 0) ++at;
    return at + 1;
  };
  ImageSize size;
  for (uint64_t at = 8; at < bytes.size() && bytes[at] != 0;) {
    const uint64_t value_at = after_text(after_text(at)) + 4;
    using namespace std::string_view_literals;
    if (bytes.has(at, "dataWindow\0"sv)) {
      const auto side = [&](uint64_t from, uint64_t to) {
        return static_cast<uint64_t>(std::max<std::int64_t>(
            0, bytes.little_signed(value_at + to) - bytes.little_signed(value_at + from) + 1));
      };
      size = {std::max(size.width, side(0, 8)), std::max(size.height, side(4, 12))};
    }
    at = value_at + bytes.little(value_at - 4, 4);
  }
  return size;
}

ImageSize promised_size(const Bytes& bytes) {
  using namespace std::string_view_literals;
  if (bytes.has(0, "\xFF\xD8\xFF")) return size_of_jpeg(bytes);
  if (bytes.has(0, "\x89PNG\r\n\x1A\n")) return size_of_png(bytes);
  if (bytes.has(0, "BM")) return size_of_bmp(bytes);
  if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) return size_of_webp(bytes);
  for (const std::string_view tiff : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
    if (bytes.has(0, tiff)) return size_of_tiff(bytes);
  }
  if (bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '6') return size_of_pnm(bytes);
  if (bytes.has(0, "\0\0\0\x0CjP  \r\n\x87\n"sv)) return size_of_jp2(bytes);
  if (bytes.has(0, "\xFF\x4F\xFF\x51")) return size_of_j2k(bytes);
  if (bytes.has(0, "\x76\x2F\x31\x01")) return size_of_exr(bytes);
  return kNone;
}

std::optional<ImageSize> unless_empty(const ImageSize& size) {
  if (size.width == 0 || size.height == 0) return std::nullopt;
  return size;
}

}  // namespace

std::optional<ImageSize> image_size(std::span<const std::uint8_t> bytes) {
  return unless_empty(promised_size(Bytes(bytes)));
}

std::optional<ImageSize> jpeg_size(std::span<const std::uint8_t> bytes) {
  const Bytes start(bytes);
  return start.has(0, "\xFF\xD8\xFF") ? unless_empty(size_of_jpeg(start)) : std::nullopt;
}

}  // namespace kata
