// SPDX-License-Identifier: Apache-2.0
#include "kata/input/image_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <vector>

#include "kata/core/error.h"
#include "kata/input/test_videos.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class ImageSource : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, int type = CV_8UC3, int value = 100) {
    auto path = folder_ / name;
    cv::imwrite(path.string(), cv::Mat(12, 16, type, cv::Scalar::all(value)));
    return path;
  }
  std::string pattern(const std::string& name) { return (folder_ / name).string(); }

  test::TempFolder folder_;
};

TEST_F(ImageSource, GivesOnePictureAndEnds) {
  const auto source = make_image_source(write("one.png").string());
  const auto frame = source->next();
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->image->width(), 16);
  EXPECT_EQ(frame->image->height(), 12);
  EXPECT_EQ(frame->timestamp, Timestamp{});
  EXPECT_FALSE(source->next());
  EXPECT_FALSE(source->next());
}

TEST_F(ImageSource, MakesColourOfGreyAndTransparentPictures) {
  for (const int type : {CV_8UC1, CV_8UC4, CV_16UC1}) {
    const int value = type == CV_16UC1 ? 100 * 257 : 100;
    const auto frame = make_image_source(write("picture.png", type, value).string())->next();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->image->format(), PixelFormat::kBgr);
    EXPECT_EQ(frame->image->data()[0], 100);
    EXPECT_EQ(frame->image->data()[2], 100);
  }
}

TEST_F(ImageSource, OrdersASeriesByItsNumbers) {
  for (const int i : {10, 9, 1, 2}) write("frame" + std::to_string(i) + ".png", CV_8UC3, i);
  for (const std::string name : {"frame%d.png", "frame*.png", "*"}) {
    const auto source = make_image_source(pattern(name), 10);
    std::vector<int> values;
    std::vector<long> times_ms;
    while (const auto frame = source->next()) {
      values.push_back(frame->image->data()[0]);
      times_ms.push_back(std::lround(1000 * seconds(frame->timestamp)));
    }
    EXPECT_THAT(values, ElementsAre(1, 2, 9, 10)) << name;
    EXPECT_THAT(times_ms, ElementsAre(0, 100, 200, 300)) << name;
  }
}

TEST_F(ImageSource, TakesOnlyNumbersOfTheWidthAsked) {
  write("0001.png");
  write("0002.png");
  write("3.png");
  write("cover.png");
  EXPECT_THAT(files_of_pattern(pattern("%04d.png")), SizeIs(2));
  EXPECT_THAT(files_of_pattern(pattern("%d.png")), SizeIs(3));
  EXPECT_THAT(files_of_pattern(pattern("?.png")), SizeIs(1));
}

TEST_F(ImageSource, LeavesOutAPictureThatCannotBeReadAndSaysSo) {
  write("1.png");
  test::write_bytes(folder_ / "2.png", "no picture");
  write("3.png");
  const auto source = make_image_source(pattern("%d.png"), 10);
  EXPECT_EQ(seconds(source->next()->timestamp), 0);
  EXPECT_NEAR(seconds(source->next()->timestamp), 0.2, 1e-6) << "its gap in time stays";
  EXPECT_FALSE(source->next());
  ASSERT_THAT(source->warnings(), SizeIs(1));
  EXPECT_THAT(source->warnings()[0], HasSubstr("2.png"));
}

TEST_F(ImageSource, CountsThePicturesThatCannotBeReadInOneWarning) {
  test::write_bytes(folder_ / "1.png", "no picture");
  write("2.png");
  for (const char* name : {"3.png", "4.png"}) test::write_bytes(folder_ / name, "no picture");
  write("5.png");
  const auto source = make_image_source(pattern("%d.png"), 10);
  EXPECT_NEAR(seconds(source->next()->timestamp), 0.1, 1e-6) << "the first one's place is kept";
  EXPECT_NEAR(seconds(source->next()->timestamp), 0.4, 1e-6);
  EXPECT_FALSE(source->next());
  ASSERT_THAT(source->warnings(), SizeIs(1));
  EXPECT_THAT(source->warnings()[0], HasSubstr("3 pictures cannot be read and are left out"));
  EXPECT_THAT(source->warnings()[0], HasSubstr("the first at 0.00 s"));
  EXPECT_THAT(source->warnings()[0], HasSubstr("1.png"));
}

TEST_F(ImageSource, RefusesAPictureThatPromisesTooMuchBeforeItIsDecoded) {
  std::string bytes = test::bytes_of(write("huge.bmp"));
  bytes.replace(18, 8, std::string("\x10\x27\0\0\x11\x27\0\0", 8));  // 10000 x 10001
  test::write_bytes(folder_ / "huge.bmp", bytes);
  try {
    make_image_source(pattern("huge.bmp"));
    FAIL() << "it was read";
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()),
              "this picture says that it has 10000 x 10001 pixels; make it smaller than 100 "
              "megapixels: " +
                  pattern("huge.bmp"));
  }
}

TEST_F(ImageSource, LeavesOutAPictureOfASeriesThatPromisesTooMuch) {
  write("1.bmp");
  std::string bytes = test::bytes_of(write("2.bmp"));
  bytes.replace(18, 8, std::string("\xFF\xFF\0\0\xFF\xFF\0\0", 8));
  test::write_bytes(folder_ / "2.bmp", bytes);
  write("3.bmp");
  const auto source = make_image_source(pattern("%d.bmp"), 10);
  EXPECT_TRUE(source->next());
  EXPECT_TRUE(source->next());
  EXPECT_FALSE(source->next());
  ASSERT_THAT(source->warnings(), SizeIs(1));
  EXPECT_THAT(source->warnings()[0], HasSubstr("65535 x 65535 pixels"));
}

TEST_F(ImageSource, ReadsEveryKindThatItsEndingsName) {
  for (const std::string ending : {"png", "jpg", "bmp", "webp", "tif", "ppm", "exr"}) {
    const int type = ending == "exr" ? CV_32FC3 : CV_8UC3;
    const auto frame = make_image_source(write("picture." + ending, type).string())->next();
    ASSERT_TRUE(frame) << ending;
    EXPECT_EQ(frame->image->width(), 16) << ending;
    EXPECT_EQ(frame->image->height(), 12) << ending;
  }
}

TEST_F(ImageSource, SaysWhatIsWrong) {
  test::write_bytes(folder_ / "text.png", "no picture");
  ::testing::internal::CaptureStderr();
  EXPECT_THROW(make_image_source(pattern("text.png")), Error);
  EXPECT_THROW(make_image_source(pattern("none*.png")), Error);
  EXPECT_THROW(make_image_source(pattern("none.png")), Error);
  EXPECT_THROW(make_image_source(pattern("no-folder/%d.png")), Error);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST_F(ImageSource, RefusesATornPictureAndNothingElseIsOnStderr) {
  for (const std::string ending : {".png", ".jpg"}) {
    std::vector<unsigned char> bytes;
    cv::imencode(ending, cv::Mat(64, 64, CV_8UC3, cv::Scalar(10, 80, 200)), bytes);
    const std::string torn(bytes.begin(), bytes.begin() + static_cast<long>(bytes.size() * 2 / 3));
    test::write_bytes(folder_ / ("torn" + ending), torn);
    ::testing::internal::CaptureStderr();
    EXPECT_THROW(make_image_source(pattern("torn" + ending)), Error) << ending;
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << ending;
  }
}

TEST_F(ImageSource, KnowsPicturesByTheirEnding) {
  EXPECT_TRUE(has_image_ending("a/B.JPG"));
  EXPECT_FALSE(has_image_ending("a.mp4"));
  EXPECT_TRUE(is_image_pattern("frames/%04d.png"));
  EXPECT_TRUE(is_image_pattern("frames/*.png"));
  EXPECT_FALSE(is_image_pattern("100%.mp4"));
  EXPECT_FALSE(is_image_pattern("strange*folder/a.mp4"));
}

}  // namespace
}  // namespace kata
