// SPDX-License-Identifier: Apache-2.0
// Landmarks of single images against MediaPipe Holistic 0.10.14 (fresh state for each image).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <vector>

#include "kata/landmark/landmarker.h"
#include "tests/support/shared_data.h"

namespace kata {
namespace {

using nlohmann::json;

json reference(const std::string& id) {
  std::ifstream file(test::shared_path("reference/holistic-" + id + ".json"));
  return json::parse(file);
}

ImageView view_of(const cv::Mat& image) {
  return {image.data, image.cols, image.rows, image.step, PixelFormat::kBgr};
}

/// One landmarker for all images: set-up takes most of the time.
Landmarks holistic(const cv::Mat& image) {
  static const auto landmarker = make_landmarker(
      {.mode = LandmarkMode::kHolistic, .with_face = true, .is_single_images = true});
  return landmarker->detect(view_of(image), Timestamp{});
}

template <typename Points>
double mean_distance_px(const Points& points, const json& expected, int width, int height) {
  double sum = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    sum += std::hypot((points[i].x - expected[i][0].get<double>()) * width,
                      (points[i].y - expected[i][1].get<double>()) * height);
  }
  return sum / static_cast<double>(expected.size());
}

const std::vector<std::string> kImages = {
    "dance-f010",  "dance-f090",  "pipeline-crop", "dance-f034", "dance-f068", "squat-f000",
    "selfie-f000", "selfie-f200", "clay-f000",     "clay-f070",  "clay-f200",  "dino"};

/// Images with a person: in the others MediaPipe sees a body that is not there, whose hand regions
/// magnify the last bit of the pixels.
class GoldenImage : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    KATA_NEEDS_SHARED("reference/" + GetParam() + ".png");
    expected_ = reference(GetParam());
    image_ = cv::imread(test::shared_path("reference/" + GetParam() + ".png").string());
    ASSERT_FALSE(image_.empty());
    found_ = holistic(image_);
  }

  json expected_;
  cv::Mat image_;
  Landmarks found_;
};

TEST_P(GoldenImage, HasTheSameParts) {
  EXPECT_EQ(found_.pose.has_value(), !expected_["pose"].is_null());
  EXPECT_EQ(found_.left_hand.has_value(), !expected_["left_hand"].is_null());
  EXPECT_EQ(found_.right_hand.has_value(), !expected_["right_hand"].is_null());
  EXPECT_EQ(found_.face.has_value(), !expected_["face"].is_null());
}

TEST_P(GoldenImage, HasThePoseWithinATenthOfAPixel) {
  if (expected_["pose"].is_null()) GTEST_SKIP() << "MediaPipe sees no body here";
  ASSERT_TRUE(found_.pose);
  const double noise_px = expected_["noise_px"]["pose"].get<double>();
  const double error_px =
      mean_distance_px(found_.pose->points, expected_["pose"], image_.cols, image_.rows);
  RecordProperty("pose_px", std::to_string(error_px));
  EXPECT_LE(error_px, 0.1) << "MediaPipe's own noise: " << noise_px;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    EXPECT_NEAR(found_.pose->visibility[i], expected_["pose"][i][3].get<double>(), 0.01);
    EXPECT_NEAR(found_.pose->points[i].z * static_cast<float>(image_.cols),
                expected_["pose"][i][2].get<double>() * image_.cols, 1.0);
    EXPECT_NEAR(found_.pose->world[i].x, expected_["pose_world"][i][0].get<double>(), 0.002);
    EXPECT_NEAR(found_.pose->world[i].y, expected_["pose_world"][i][1].get<double>(), 0.002);
    EXPECT_NEAR(found_.pose->world[i].z, expected_["pose_world"][i][2].get<double>(), 0.002);
  }
}

TEST_P(GoldenImage, HasHandsWithinTwoPixels) {
  for (const Side side : {Side::kLeft, Side::kRight}) {
    const json& expected = expected_[side == Side::kLeft ? "left_hand" : "right_hand"];
    if (expected.is_null()) continue;
    ASSERT_TRUE(found_.hand(side));
    EXPECT_LE(mean_distance_px(found_.hand(side)->points, expected, image_.cols, image_.rows), 2.0);
    for (std::size_t i = 0; i < kHandPoints; ++i) {
      EXPECT_NEAR(found_.hand(side)->points[i].z * static_cast<float>(image_.cols),
                  expected[i][2].get<double>() * image_.cols, 3.0);
    }
  }
}

TEST_P(GoldenImage, HasTheFaceWithinAFifthOfAPixel) {
  if (expected_["face"].is_null()) GTEST_SKIP() << "MediaPipe sees no face here";
  ASSERT_TRUE(found_.face);
  ASSERT_EQ(found_.face->points.size(), kFacePoints);
  EXPECT_LE(mean_distance_px(found_.face->points, expected_["face"], image_.cols, image_.rows),
            0.2);
}

INSTANTIATE_TEST_SUITE_P(Reference, GoldenImage, ::testing::ValuesIn(kImages),
                         [](const auto& parameter) {
                           std::string name = parameter.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(GoldenImages, HaveHandsWithinHalfAPixelOnAverage) {
  KATA_NEEDS_SHARED("reference/dance-f010.png");
  double sum_px = 0;
  int hands = 0;
  for (const std::string& id : kImages) {
    const json expected = reference(id);
    const cv::Mat image = cv::imread(test::shared_path("reference/" + id + ".png").string());
    const Landmarks found = holistic(image);
    for (const Side side : {Side::kLeft, Side::kRight}) {
      const json& points = expected[side == Side::kLeft ? "left_hand" : "right_hand"];
      if (points.is_null() || !found.hand(side)) continue;
      const double error_px =
          mean_distance_px(found.hand(side)->points, points, image.cols, image.rows);
      std::printf("%s %s: %.3f px\n", id.c_str(), side == Side::kLeft ? "left" : "right", error_px);
      sum_px += error_px;
      ++hands;
    }
  }
  ASSERT_EQ(hands, 13);
  EXPECT_LE(sum_px / hands, 0.5);
}

}  // namespace
}  // namespace kata
