// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/track_csv.h"

#include <gtest/gtest.h>

#include "kata/core/error.h"

namespace kata {
namespace {

std::string header() {
  std::string text = "class,accuracy,sequence";
  for (const std::string& name : column_names(row_layout("prototype"))) text += "," + name;
  return text + ",time_s,width,height";
}

/// A body whose every number is `value`, no hands.
std::string row(const std::string& value, const std::string& end) {
  std::string text = ",,0";
  for (std::size_t i = 0; i < 300; ++i) text += "," + (i < kPosePoints * 4 ? value : "0");
  return text + "," + end;
}

std::string problem_of(const std::string& line) {
  TrackCsv csv(header());
  try {
    csv.landmarks(line);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(TrackCsv, KeepsTimeSizeAndWhatWasSeen) {
  TrackCsv csv(header());
  const Landmarks frame = csv.landmarks(row("0.25", "1.040000,640,480"));
  EXPECT_EQ(frame.timestamp, Timestamp(Duration(1'040'000)));
  EXPECT_EQ(frame.image_width, 640);
  EXPECT_EQ(frame.image_height, 480);
  ASSERT_TRUE(frame.pose);
  EXPECT_FLOAT_EQ(frame.pose->points[32].y, 0.25F);
  EXPECT_FLOAT_EQ(frame.pose->visibility[32], 0.25F);
  EXPECT_FALSE(frame.left_hand || frame.right_hand);
}

TEST(TrackCsv, SaysWhichColumnIsWrong) {
  EXPECT_NE(problem_of(row("abc", "0,1,1")).find("pose_x0 is not a number"), std::string::npos);
  EXPECT_NE(problem_of(row("0.1", "-1,1,1")).find("time_s is out of range"), std::string::npos);
  EXPECT_NE(problem_of(row("0.1", "0,1.5,1")).find("width is not a size"), std::string::npos);
  EXPECT_NE(problem_of(row("0.1", "0,1")).find("305 columns instead of 306"), std::string::npos);
}

TEST(TrackCsv, IsReadAsASpreadsheetSavesIt) {
  const auto german = [](std::string text) {
    for (char& c : text) c = c == ',' ? ';' : c == '.' ? ',' : c;
    return text;
  };
  TrackCsv csv(german(header()) + "\r");
  const Landmarks frame = csv.landmarks(german(row("0.25", "1.04,640,480")) + "\r");
  EXPECT_EQ(frame.timestamp, Timestamp(Duration(1'040'000)));
  EXPECT_FLOAT_EQ(frame.pose->points[32].y, 0.25F);
  EXPECT_FALSE(csv.landmarks(german(row("NaN", "2,640,480"))).pose) << "nobody is seen";
  EXPECT_NE(problem_of(row("0.1", ",1,1")).find("time_s is missing"), std::string::npos);
}

TEST(TrackCsv, ATableWithoutTimesIsNoTrack) {
  EXPECT_THROW(TrackCsv("class,accuracy,sequence,pose_x0"), Error);
  EXPECT_THROW(TrackCsv("time_s,pose_x0"), Error);
}

}  // namespace
}  // namespace kata
