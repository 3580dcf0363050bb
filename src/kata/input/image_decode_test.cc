// SPDX-License-Identifier: Apache-2.0
#include "kata/input/image_decode.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <opencv2/imgcodecs.hpp>
#include <vector>

#include "kata/core/error.h"

namespace kata {
namespace {

std::vector<std::uint8_t> jpeg(int width, int height) {
  std::vector<std::uint8_t> bytes;
  cv::imencode(".jpg", cv::Mat(height, width, CV_8UC3, cv::Scalar(30, 120, 210)), bytes);
  return bytes;
}

/// Where the start-of-frame segment holds the height (two bytes) and the width (two bytes).
std::size_t place_of_size(const std::vector<std::uint8_t>& bytes) {
  for (std::size_t i = 2; i + 9 < bytes.size(); ++i) {
    if (bytes[i] == 0xFF && bytes[i + 1] == 0xC0) return i + 5;
  }
  return 0;
}

TEST(DecodeJpeg, GivesThePicture) {
  const Image image = decode_jpeg(jpeg(64, 48));
  EXPECT_EQ(image.width(), 64);
  EXPECT_EQ(image.height(), 48);
  EXPECT_NEAR(image.data()[0], 30, 4);
  EXPECT_NEAR(image.data()[2], 210, 4);
}

TEST(DecodeJpeg, RefusesAPictureLargerThanAllowed) {
  EXPECT_THROW(decode_jpeg(jpeg(64, 48), 64 * 48 - 1), Error);
}

TEST(DecodeJpeg, RefusesABombBeforeDecoding) {
  std::vector<std::uint8_t> bytes = jpeg(16, 16);
  const std::size_t at = place_of_size(bytes);
  ASSERT_GT(at, 0U);
  for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = 0xFF;  // claims 65535 × 65535
  EXPECT_THROW(decode_jpeg(bytes), Error);
}

TEST(DecodeJpeg, RefusesWhatIsNoJpeg) {
  EXPECT_THROW(decode_jpeg({}), Error);
  const std::vector<std::uint8_t> text{'h', 'e', 'l', 'l', 'o'};
  EXPECT_THROW(decode_jpeg(text), Error);
}

TEST(DecodeJpeg, EveryCutOfAHeaderIsRefusedOrDecoded) {
  const std::vector<std::uint8_t> whole = jpeg(32, 32);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    try {
      const Image image = decode_jpeg(std::span(whole).first(length));
      EXPECT_EQ(image.width(), 32);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kCorrupt);
    }
  }
}

}  // namespace
}  // namespace kata
