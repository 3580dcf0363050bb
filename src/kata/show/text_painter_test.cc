// SPDX-License-Identifier: Apache-2.0
#include "kata/show/text_painter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/temp_folder.h"

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

constexpr const char* kDejaVu = "/usr/share/fonts/truetype/dejavu";

/// A system whose only fonts are those of one folder, and a first font of ours.
class FontsOfTheSystem {
 public:
  explicit FontsOfTheSystem(const std::string& font, const std::string& fonts = kDejaVu) {
    std::ofstream(folder_ / "fonts.conf")
        << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>"
        << fonts << "</dir><cachedir>" << (folder_ / "cache").string()
        << "</cachedir></fontconfig>";
    setenv("FONTCONFIG_FILE", (folder_ / "fonts.conf").c_str(), 1);
    setenv("KATA_FONT", (std::string(kDejaVu) + "/" + font).c_str(), 1);
  }
  ~FontsOfTheSystem() {
    unsetenv("FONTCONFIG_FILE");
    unsetenv("KATA_FONT");
  }
  FontsOfTheSystem(const FontsOfTheSystem&) = delete;
  FontsOfTheSystem& operator=(const FontsOfTheSystem&) = delete;

 private:
  test::TempFolder folder_;
};

cv::Mat drawn(TextPainter& painter, std::string_view text) {
  cv::Mat canvas = cv::Mat::zeros(60, 300, CV_8UC3);
  painter.draw(canvas, text, 10, 40, 30, {255, 255, 255});
  return canvas;
}

bool is_same(const cv::Mat& a, const cv::Mat& b) { return cv::norm(a, b, cv::NORM_INF) == 0; }

constexpr const char* kHebrew = "\u05E9\u05DC\u05D5\u05DD";  // shalom
constexpr const char* kChinese = "\u91D1\u69CC\u3092\u6253\u3064";

TEST(TextPainter, LooksForAnotherFontForLettersThatItsOwnLacks) {
  const FontsOfTheSystem fonts("DejaVuSansMono-Bold.ttf");  // has no Hebrew, DejaVu Sans has
  TextPainter painter;
  const cv::Mat picture = drawn(painter, kHebrew);
  EXPECT_GT(cv::countNonZero(picture.reshape(1)), 0);
  EXPECT_FALSE(is_same(picture, drawn(painter, "????")));
  EXPECT_FALSE(painter.take_warning());
  EXPECT_GT(painter.width("saw " + std::string(kHebrew) + " 7", 20), painter.width(kHebrew, 20));
  const FontsOfTheSystem alone("DejaVuSansMono-Bold.ttf", "/nowhere");
  TextPainter poor;
  EXPECT_FALSE(is_same(picture, drawn(poor, kHebrew)));
  EXPECT_TRUE(poor.take_warning());
}

TEST(TextPainter, LettersWithoutAFontAreQuestionMarksAndToldOnce) {
  const FontsOfTheSystem fonts("DejaVuSans-Bold.ttf");
  TextPainter painter;
  EXPECT_TRUE(is_same(drawn(painter, kChinese), drawn(painter, "?????"))) << "and no boxes";
  const auto warning = painter.take_warning();
  ASSERT_TRUE(warning);
  EXPECT_THAT(*warning, ::testing::HasSubstr(kChinese));
  EXPECT_THAT(*warning, ::testing::HasSubstr("fonts-noto-cjk"));
  painter.width("\uD55C\uAE00", 20);
  EXPECT_FALSE(painter.take_warning());
}

TEST(TextPainter, NamesThePackageOfTheScript) {
  for (const auto& [text, package] :
       std::vector<std::pair<std::string, std::string>>{{"\uAC00", "fonts-noto-cjk"},
                                                        {"\U0001F9F6", "fonts-noto-color-emoji"},
                                                        {"\u0915", "fonts-noto-core"}}) {
    const FontsOfTheSystem fonts("DejaVuSans-Bold.ttf");
    TextPainter painter;
    painter.width(text, 20);
    EXPECT_THAT(painter.take_warning().value_or(""), ::testing::HasSubstr(package)) << text;
  }
}

TEST(TextPainter, JoinsArabicAndWritesItFromRightToLeft) {
  const FontsOfTheSystem fonts("DejaVuSans-Bold.ttf");
  TextPainter painter;
  const std::string seen = "\u0633", lam = "\u0644";
  EXPECT_LT(painter.width(seen + lam, 60), painter.width(seen, 60) + painter.width(lam, 60))
      << "letters that join are narrower";
  const cv::Mat picture = drawn(painter, "\u0627 \u0633");  // alef, which is narrow, comes first
  const int middle = 10 + painter.width("\u0627 \u0633", 30) / 2;
  EXPECT_GT(cv::countNonZero(picture.colRange(0, middle).clone().reshape(1)),
            cv::countNonZero(picture.colRange(middle, picture.cols).clone().reshape(1)));
  EXPECT_FALSE(painter.take_warning());
}

TEST(TextPainter, WhatDrawsNothingNeedsNoFont) {
  const FontsOfTheSystem fonts("DejaVuSans-Bold.ttf");
  TextPainter painter;
  EXPECT_TRUE(is_same(drawn(painter, "saw\u200D\uFE0F\u2066"), drawn(painter, "saw")));
  EXPECT_EQ(painter.width("e\u0301", 20), painter.width("e", 20)) << "an accent lies on its letter";
  EXPECT_FALSE(painter.take_warning());
}

}  // namespace
}  // namespace kata
