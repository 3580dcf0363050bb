// SPDX-License-Identifier: Apache-2.0
// The same person in pictures of every format and size.
#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

#include "kata/core/error.h"
#include "kata/landmark/landmarker.h"
#include "tests/support/shared_data.h"

namespace kata {
namespace {

cv::Mat person() {
  cv::VideoCapture capture(test::source_path("demo/hammer-teacher-right.mp4").string());
  cv::Mat frame;
  capture.read(frame);
  return frame;
}

Landmarks seen_in(const cv::Mat& image, PixelFormat format,
                  const LandmarkerOptions& options = {.is_single_images = true}) {
  const auto landmarker = make_landmarker(options);
  return landmarker->detect({image.data, image.cols, image.rows, image.step, format}, Timestamp{});
}

/// Mean distance of the arms' joints, in units of the picture.
double arms_apart(const Landmarks& a, const Landmarks& b) {
  double sum = 0;
  for (std::size_t i = 11; i < 17; ++i) {
    sum += std::hypot(a.pose->points[i].x - b.pose->points[i].x,
                      a.pose->points[i].y - b.pose->points[i].y);
  }
  return sum / 6;
}

TEST(PictureKinds, ColourOrderAndAFourthChannelChangeNothing) {
  const cv::Mat bgr = person();
  const Landmarks expected = seen_in(bgr, PixelFormat::kBgr);
  ASSERT_TRUE(expected.pose && expected.left_hand && expected.right_hand);
  const std::pair<int, PixelFormat> kinds[] = {{cv::COLOR_BGR2RGB, PixelFormat::kRgb},
                                               {cv::COLOR_BGR2BGRA, PixelFormat::kBgra},
                                               {cv::COLOR_BGR2RGBA, PixelFormat::kRgba}};
  for (const auto& [conversion, format] : kinds) {
    cv::Mat converted;
    cv::cvtColor(bgr, converted, conversion);
    const Landmarks found = seen_in(converted, format);
    ASSERT_TRUE(found.pose && found.right_hand);
    EXPECT_LT(arms_apart(found, expected), 1e-5);
    EXPECT_NEAR(found.right_hand->points[8].x, expected.right_hand->points[8].x, 1e-4);
  }
}

TEST(PictureKinds, GreyIsEnoughForTheBody) {
  const cv::Mat bgr = person();
  cv::Mat grey;
  cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  const Landmarks found = seen_in(grey, PixelFormat::kGray);
  ASSERT_TRUE(found.pose);
  EXPECT_LT(arms_apart(found, seen_in(bgr, PixelFormat::kBgr)), 0.02);
}

TEST(PictureKinds, FromAThumbnailToFourThousandPixels) {
  const cv::Mat bgr = person();
  const Landmarks expected = seen_in(bgr, PixelFormat::kBgr);
  for (const cv::Size size : {cv::Size(160, 120), cv::Size(3840, 2880)}) {
    cv::Mat scaled;
    cv::resize(bgr, scaled, size, 0, 0, cv::INTER_AREA);
    const Landmarks found = seen_in(scaled, PixelFormat::kBgr);
    ASSERT_TRUE(found.pose) << size;
    EXPECT_LT(arms_apart(found, expected), 0.02) << size;
  }
}

TEST(PictureKinds, AStreamMayChangeItsSize) {
  const auto landmarker = make_landmarker();
  const cv::Mat bgr = person();
  for (int i = 0; i < 6; ++i) {
    cv::Mat scaled;
    cv::resize(bgr, scaled, i < 3 ? cv::Size(640, 480) : cv::Size(320, 240), 0, 0, cv::INTER_AREA);
    const Landmarks found =
        landmarker->detect({scaled.data, scaled.cols, scaled.rows, scaled.step, PixelFormat::kBgr},
                           timestamp_from_seconds(i / 30.0));
    ASSERT_TRUE(found.pose) << "frame " << i;
    EXPECT_EQ(found.image_width, scaled.cols);
    EXPECT_NEAR(found.pose->points[0].x, 0.5, 0.2);
  }
}

class EveryModel : public ::testing::TestWithParam<LandmarkModel> {};

TEST_P(EveryModel, SeesThePerson) {
  const cv::Mat bgr = person();
  const Landmarks expected = seen_in(bgr, PixelFormat::kBgr);
  Landmarks found;
  try {
    found = seen_in(bgr, PixelFormat::kBgr, {.model = GetParam(), .is_single_images = true});
  } catch (const Error& error) {
    GTEST_SKIP() << error.what();
  }
  ASSERT_TRUE(found.pose);
  EXPECT_LT(arms_apart(found, expected), 0.02);
}

INSTANTIATE_TEST_SUITE_P(Models, EveryModel,
                         ::testing::Values(LandmarkModel::kLite, LandmarkModel::kFull,
                                           LandmarkModel::kHeavy),
                         [](const auto& test) {
                           return test.param == LandmarkModel::kLite   ? "lite"
                                  : test.param == LandmarkModel::kFull ? "full"
                                                                       : "heavy";
                         });

}  // namespace
}  // namespace kata
