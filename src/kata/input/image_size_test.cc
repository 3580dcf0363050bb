// SPDX-License-Identifier: Apache-2.0
#include "kata/input/image_size.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "kata/input/quiet_libraries.h"

namespace kata {
namespace {

using Content = std::vector<std::uint8_t>;

constexpr int kWidth = 96;
constexpr int kHeight = 64;

/// A kind of picture, and where a file of it says its width and height: at this place behind the
/// first occurrence of a text, in so many bytes.
struct Kind {
  const char* ending;
  int type;
  std::vector<int> options;
  std::string before_size;
  std::size_t width_at;
  std::size_t height_at;
  std::string huge;  ///< a side of thousands of pixels as this kind writes it
  friend std::ostream& operator<<(std::ostream& out, const Kind& kind) {
    return out << kind.ending;
  }
};

Content picture(const Kind& kind) {
  Content bytes;
  const cv::Mat pixels(kHeight, kWidth, kind.type, cv::Scalar::all(90));
  cv::imencode(std::string(".") + kind.ending, pixels, bytes, kind.options);
  return bytes;
}

cv::Mat decode(const Content& bytes) {
  try {
    const ShutStderr shut;
    return cv::imdecode(bytes, cv::IMREAD_COLOR);
  } catch (const cv::Exception&) {
    return {};
  }
}

/// The same picture whose header promises much more.
Content bomb(const Kind& kind) {
  Content bytes = picture(kind);
  const auto begin =
      std::search(bytes.begin(), bytes.end(), kind.before_size.begin(), kind.before_size.end(),
                  [](std::uint8_t byte, char c) { return byte == static_cast<std::uint8_t>(c); });
  const auto place = static_cast<std::size_t>(begin - bytes.begin()) + kind.before_size.size();
  for (std::size_t i = 0; i < kind.huge.size(); ++i) {
    bytes.at(place + kind.width_at + i) = static_cast<std::uint8_t>(kind.huge[i]);
    bytes.at(place + kind.height_at + i) = static_cast<std::uint8_t>(kind.huge[i]);
  }
  return bytes;
}

std::string text(std::initializer_list<unsigned char> bytes) {
  return {bytes.begin(), bytes.end()};
}

const Kind kKinds[] = {
    {"jpg", CV_8UC3, {}, text({0xFF, 0xC0}), 5, 3, text({0xFF, 0xFF})},
    {"jpg",
     CV_8UC1,
     {cv::IMWRITE_JPEG_PROGRESSIVE, 1},
     text({0xFF, 0xC2}),
     5,
     3,
     text({0xFF, 0xFF})},
    {"png", CV_8UC3, {}, "IHDR", 0, 4, text({0, 0, 0x7F, 0xFF})},
    {"bmp", CV_8UC3, {}, text({0x28, 0, 0, 0}), 0, 4, text({0xFF, 0x7F, 0, 0})},
    {"webp", CV_8UC3, {cv::IMWRITE_WEBP_QUALITY, 80}, "VP8 ", 10, 12, text({0xFF, 0x3F})},
    {"tif", CV_8UC3, {}, text({0, 1, 3, 0, 1, 0, 0, 0}), 0, 12, text({0xFF, 0xFF})},
    {"jp2", CV_8UC3, {}, text({0xFF, 0x4F, 0xFF, 0x51}), 4, 8, text({0, 0, 0xFF, 0xFF})},
    {"exr",
     CV_32FC3,
     {},
     text({'d', 'a', 't', 'a', 'W', 'i', 'n', 'd', 'o', 'w', 0}),
     19,
     23,
     text({0xFF, 0xFF, 0, 0})},
};

class SizeOfKind : public ::testing::TestWithParam<Kind> {};

TEST_P(SizeOfKind, IsThatOfThePicture) {
  const auto size = image_size(picture(GetParam()));
  ASSERT_TRUE(size);
  EXPECT_EQ(size->width, kWidth);
  EXPECT_EQ(size->height, kHeight);
}

TEST_P(SizeOfKind, IsWhatABombPromises) {
  const Content bytes = bomb(GetParam());
  EXPECT_LT(bytes.size(), 100'000U);
  const auto size = image_size(bytes);
  ASSERT_TRUE(size);
  EXPECT_TRUE(size->is_beyond(100'000'000)) << size->width << " x " << size->height;
}

TEST_P(SizeOfKind, IsWhatADecoderMakesOfADamagedFile) {
  const Content whole = picture(GetParam());
  std::mt19937 random(11);
  int decoded_count = 0;
  for (int round = 0; round < 400; ++round) {
    Content bytes = whole;
    for (int i = 0; i < 1 + round % 4; ++i) {
      bytes.at(random() % std::min<std::size_t>(bytes.size(), round % 2 == 0 ? 64 : 1U << 16)) =
          static_cast<std::uint8_t>(random());
    }
    const auto size = image_size(bytes);
    if (!size || size->is_beyond(1'000'000)) continue;
    const cv::Mat decoded = decode(bytes);
    if (decoded.empty()) continue;
    ++decoded_count;
    EXPECT_EQ(decoded.total(), size->width * size->height) << "round " << round;
  }
  EXPECT_GT(decoded_count, 0);
}

INSTANTIATE_TEST_SUITE_P(ImageSize, SizeOfKind, ::testing::ValuesIn(kKinds), [](const auto& test) {
  return test.param.ending + std::to_string(test.index);
});

TEST(ImageSize, OfLosslessAndExtendedWebp) {
  const Content lossless = picture({"webp", CV_8UC3, {}, "", 0, 0, ""});
  ASSERT_EQ(lossless.at(15), 'L');
  EXPECT_EQ(image_size(lossless)->width, kWidth);
  EXPECT_EQ(image_size(lossless)->height, kHeight);

  Content extended(30, 0xFF);
  const std::string riff = "RIFF....WEBPVP8X";
  std::copy(riff.begin(), riff.end(), extended.begin());
  EXPECT_EQ(image_size(extended)->width, 1U << 24);
  EXPECT_EQ(image_size(extended)->height, 1U << 24);
}

TEST(ImageSize, OfTextHeadersWithComments) {
  const std::string pixels = "P6\n# 1 2 by hand\n65535 # wide\n 1234\n255\n";
  const auto size = image_size(Content(pixels.begin(), pixels.end()));
  ASSERT_TRUE(size);
  EXPECT_EQ(size->width, 65535U);
  EXPECT_EQ(size->height, 1234U);
}

TEST(ImageSize, OfWideAndOfBigEndianTiff) {
  // One directory of two entries: width and height.
  const Content wide = {'I', 'I', 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0,
                        0,   0,   0,  1, 4, 0, 1, 0, 0,  0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0,
                        1,   1,   3,  0, 1, 0, 0, 0, 0,  0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0};
  const auto size = image_size(wide);
  ASSERT_TRUE(size);
  EXPECT_EQ(size->width, 9U << 16);
  EXPECT_EQ(size->height, 5U);

  const Content big_endian = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 2, 1, 0, 0, 3, 0, 0, 0,
                              1,   0,   7, 0,  0, 1, 1, 0, 4, 0, 0, 0, 1, 0, 9, 0, 0};
  const auto turned = image_size(big_endian);
  ASSERT_TRUE(turned);
  EXPECT_EQ(turned->width, 7U);
  EXPECT_EQ(turned->height, 9U << 16);
}

TEST(ImageSize, OfAJpegWithStrayBytesBetweenItsSegments) {
  Content bytes = picture(kKinds[0]);
  bytes.insert(bytes.begin() + 20, {0x00, 0x11, 0xFF, 0x00, 0x22});
  const auto size = jpeg_size(bytes);
  ASSERT_TRUE(size);
  EXPECT_EQ(size->width, kWidth);
  ASSERT_FALSE(decode(bytes).empty()) << "the decoder forgives them too";
}

TEST(ImageSize, OfNothingElse) {
  EXPECT_FALSE(image_size({}));
  EXPECT_FALSE(image_size(Content(100, 'a')));
  EXPECT_FALSE(image_size(Content{0xFF, 0xD8, 0xFF}));
  EXPECT_FALSE(jpeg_size(picture(kKinds[2]))) << "a PNG is no JPEG";
}

}  // namespace
}  // namespace kata
