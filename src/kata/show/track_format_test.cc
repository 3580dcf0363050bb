// SPDX-License-Identifier: Apache-2.0
#include "kata/show/track_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <limits>

#include "kata/core/error.h"
#include "tests/support/shared_data.h"

namespace kata {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Landmarks seen() {
  Landmarks landmarks;
  landmarks.timestamp = timestamp_from_seconds(1.24);
  landmarks.image_width = 640;
  landmarks.image_height = 480;
  Pose& pose = landmarks.pose.emplace();
  pose.confidence = 0.75f;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    const auto k = static_cast<float>(i);
    pose.points[i] = {0.25f + k / 100, 0.5f - k / 64, -k / 8};
    pose.visibility[i] = 1 - k / 50;
  }
  Hand& hand = landmarks.right_hand.emplace();
  hand.confidence = 0.5f;
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    const auto k = static_cast<float>(i);
    hand.points[i] = {0.125f + k / 256, 1.5f, k / 1000};
  }
  return landmarks;
}

std::string golden_line(int number) {
  std::ifstream golden(test::source_path("api/golden/track.jsonl"));
  std::string line;
  for (int i = 0; i <= number; ++i) std::getline(golden, line);
  return line;
}

TEST(TrackFormat, WritesTheGoldenLines) {
  Landmarks nobody;
  nobody.timestamp = timestamp_from_seconds(1.28);
  nobody.image_width = 640;
  nobody.image_height = 480;
  EXPECT_EQ(track_json(31, seen()), golden_line(0));
  EXPECT_EQ(track_json(32, nobody), golden_line(1));
}

TEST(TrackFormat, ReadsBackWhatItWrote) {
  const Landmarks given = seen();
  const Landmarks read = landmarks_from_track_json(track_json(31, given));
  EXPECT_EQ(read.timestamp, given.timestamp);
  EXPECT_EQ(read.image_width, 640);
  EXPECT_EQ(read.image_height, 480);
  ASSERT_TRUE(read.pose && read.right_hand);
  EXPECT_FALSE(read.left_hand) << "not seen stays not seen";
  EXPECT_FLOAT_EQ(read.pose->confidence, 0.75f);
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    EXPECT_NEAR(read.pose->points[i].x, given.pose->points[i].x, 1e-6);
    EXPECT_NEAR(read.pose->points[i].z, given.pose->points[i].z, 1e-6);
    EXPECT_NEAR(read.pose->visibility[i], given.pose->visibility[i], 1e-5);
  }
  EXPECT_NEAR(read.right_hand->points[20].y, 1.5f, 1e-6);
}

TEST(TrackFormat, HasAFaceOnlyWhereOneWasSeen) {
  Landmarks given = seen();
  EXPECT_EQ(track_json(0, given).find("face"), std::string::npos);
  EXPECT_FALSE(landmarks_from_track_json(track_json(0, given)).face);
  Face& face = given.face.emplace();
  face.confidence = 0.25f;
  for (std::size_t i = 0; i < kFacePoints; ++i) {
    face.points.push_back({0.5f, static_cast<float>(i) / 512, -0.125f});
  }
  const Landmarks read = landmarks_from_track_json(track_json(0, given));
  ASSERT_TRUE(read.face);
  ASSERT_EQ(read.face->points.size(), kFacePoints);
  EXPECT_FLOAT_EQ(read.face->points[467].y, 467.0f / 512);
  EXPECT_FLOAT_EQ(read.face->confidence, 0.25f);
}

TEST(TrackFormat, CountsAPartThatIsNoNumberAsNotSeen) {
  Landmarks broken = seen();
  broken.pose->points[3].x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(track_json(0, broken), HasSubstr("\"pose\":null"));
}

TEST(TrackFormat, SaysWhatIsWrongWithALine) {
  const auto message_of = [](std::string_view line) -> std::string {
    try {
      landmarks_from_track_json(line);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kCorrupt);
      return error.what();
    }
    return "nothing";
  };
  EXPECT_THAT(message_of(""), HasSubstr("not valid JSON"));
  EXPECT_THAT(message_of("[1]"), HasSubstr("not an object"));
  EXPECT_THAT(message_of("{}"), HasSubstr("time_s"));
  EXPECT_THAT(message_of(R"({"time_s":-1})"), HasSubstr("time_s"));
  EXPECT_THAT(message_of(R"({"time_s":0,"pose":[[1,2,3,4]]})"), HasSubstr("33 points"));
  EXPECT_THAT(message_of(R"({"time_s":0,"left_hand":7})"), HasSubstr("21 points"));
  EXPECT_THAT(message_of(R"({"time_s":0,"width":-3})"), HasSubstr("width"));
  std::string text = track_json(0, seen());
  text.replace(text.find("0.25"), 4, "\"x\" ");
  EXPECT_THAT(message_of(text), HasSubstr("not a number"));
  text = track_json(0, seen());
  text.replace(text.find("0.25"), 4, "1e99");
  EXPECT_THAT(message_of(text), HasSubstr("too large"));
}

TEST(TrackFormat, NeverCrashesOnACutLine) {
  const std::string line = track_json(0, seen());
  for (std::size_t length = 0; length < line.size(); length += 7) {
    EXPECT_THROW(landmarks_from_track_json(line.substr(0, length)), Error);
  }
}

TEST(TrackFormat, ItsCsvHasThePrototypesColumnsFirst) {
  const std::string header = track_csv_header();
  EXPECT_EQ(std::count(header.begin(), header.end(), ','), 305);
  EXPECT_THAT(header,
              StartsWith("class,accuracy,sequence,pose_x0,pose_y0,pose_z0,pose_v0,pose_x1"));
  EXPECT_THAT(header, HasSubstr(",pose_v32,right_hand_x0,"));
  EXPECT_THAT(header, HasSubstr(",right_hand_v20,left_hand_x0,"));
  EXPECT_THAT(header, EndsWith(",left_hand_v20,time_s,width,height"));
}

TEST(TrackFormat, ItsCsvHeaderIsTheOneThatThePrototypeWrote) {
  KATA_NEEDS_SHARED("data/seed/coordinates_1.csv");
  std::ifstream file(test::shared_path("data/seed/coordinates_1.csv"));
  std::string header;
  std::getline(file, header);
  if (!header.empty() && header.back() == '\r') header.pop_back();
  EXPECT_EQ(track_csv_header(), header + ",time_s,width,height");
}

TEST(TrackFormat, ItsCsvRowsWriteZerosForPartsNotSeen) {
  const std::string row = track_csv_row(seen());
  EXPECT_EQ(std::count(row.begin(), row.end(), ','), 305);
  EXPECT_THAT(row, StartsWith(",,0,0.25,0.5,-0,1,0.26,"));
  EXPECT_THAT(row, HasSubstr(",0.125,1.5,0,0,"));
  std::string zeros;
  for (int i = 0; i < 84; ++i) zeros += ",0";
  EXPECT_THAT(row, EndsWith(zeros + ",1.240000,640,480"));
}

}  // namespace
}  // namespace kata
