// SPDX-License-Identifier: Apache-2.0
#include "kata/show/text_painter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>

namespace kata {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(TextPainter, MeasuresLongerAndLargerTextAsWider) {
  TextPainter painter;
  EXPECT_GT(painter.width("elbow low", 20), painter.width("elbow", 20));
  EXPECT_GT(painter.width("elbow", 40), painter.width("elbow", 20) * 3 / 2);
  EXPECT_EQ(painter.width("", 20), 0);
}

TEST(TextPainter, DrawsInsideItsWidth) {
  TextPainter painter;
  cv::Mat canvas = cv::Mat::zeros(60, 400, CV_8UC3);
  painter.draw(canvas, "elbow", 50, 40, 30, {255, 255, 255});
  const cv::Mat mask = canvas.reshape(1) > 40;
  std::vector<cv::Point> drawn;
  cv::findNonZero(mask, drawn);
  ASSERT_FALSE(drawn.empty());
  for (const cv::Point& point : drawn) {
    EXPECT_GE(point.x / 3, 48);
    EXPECT_LE(point.x / 3, 52 + painter.width("elbow", 30));
    EXPECT_GE(point.y, 10);
    EXPECT_LE(point.y, 50);
  }
}

TEST(TextPainter, CutsOffWhatIsOutsideTheCanvas) {
  TextPainter painter;
  cv::Mat canvas = cv::Mat::zeros(20, 30, CV_8UC3);
  painter.draw(canvas, "far too long for this", -40, 15, 40, {255, 255, 255});
  painter.draw(canvas, "far away", 1000, -500, 40, {255, 255, 255});
  EXPECT_GT(cv::countNonZero(canvas.reshape(1)), 0);
}

TEST(TextPainter, WrapsAtSpacesToTheWidth) {
  TextPainter painter;
  const int width = painter.width("step back until", 20) + 1;
  EXPECT_THAT(painter.wrapped("step back until both hands", 20, width, 3),
              ElementsAre("step back until", "both hands"));
  EXPECT_THAT(painter.wrapped("", 20, width, 3), IsEmpty());
}

TEST(TextPainter, KeepsANumberAndItsPercentTogether) {
  TextPainter painter;
  const int width = painter.width("too far out from 40", 20) + 1;
  EXPECT_THAT(painter.wrapped("too far out from 40 % on", 20, width, 2),
              ElementsAre("too far out from", "40 % on"));
}

TEST(TextPainter, ShortensWhatDoesNotFitWithoutBreakingACharacter) {
  TextPainter painter;
  const std::string text = "ééééé ōōōōō 掌掌掌 ééééé ééééé ééééé";
  for (int width = 20; width < 300; width += 7) {
    const auto lines = painter.wrapped(text, 20, width, 2);
    ASSERT_LE(lines.size(), 2U);
    for (const std::string& line : lines) {
      EXPECT_TRUE(nlohmann::json(line).dump().size() > 0) << "broken UTF-8 would throw";
      EXPECT_TRUE(width <= 40 || painter.width(line, 20) <= width);
    }
  }
  EXPECT_THAT(painter.wrapped("one two three", 20, painter.width("one tw", 20), 1).back(),
              EndsWith("…"));
}

TEST(TextPainter, FindsTheSizeThatFits) {
  TextPainter painter;
  const int width = painter.width("movement", 24);
  EXPECT_GE(painter.fitting_size("movement", 40, 10, width), 24);
  EXPECT_LE(painter.width("movement", painter.fitting_size("movement", 40, 10, width)), width);
  EXPECT_EQ(painter.fitting_size("movement", 40, 30, 5), 30) << "not below the smallest";
}

TEST(TextPainter, TakesBytesThatAreNoText) {
  TextPainter painter;
  EXPECT_GT(painter.width("\xC3\xFF\xF0\x9F broken \n\t", 20), 0);
}

}  // namespace
}  // namespace kata
