// SPDX-License-Identifier: Apache-2.0
#include "kata/session/track_source.h"

#include <gtest/gtest.h>

#include <fstream>

#include "kata/core/error.h"
#include "kata/session/follow.h"
#include "kata/session/open_source.h"
#include "kata/session/setup_check.h"
#include "kata/show/track_format.h"
#include "tests/support/example_landmarks.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

std::vector<Landmarks> example_frames(std::size_t count) {
  std::vector<Landmarks> frames;
  for (std::size_t i = 0; i < count; ++i) {
    frames.push_back(test::example_landmarks(i));
    if (i % 5 == 4) frames.back().pose.reset();
  }
  return frames;
}

fs::path stored_lines(const fs::path& path, const std::vector<Landmarks>& frames) {
  std::ofstream file(path);
  for (std::size_t i = 0; i < frames.size(); ++i)
    file << track_json(static_cast<std::int64_t>(i), frames[i]) << '\n';
  return path;
}

fs::path stored_table(const fs::path& path, const std::vector<Landmarks>& frames) {
  std::ofstream file(path);
  file << track_csv_header() << '\n';
  for (const Landmarks& frame : frames) file << track_csv_row(frame) << '\n';
  return path;
}

/// Must not be asked.
class NoLandmarker : public Landmarker {
 public:
  Landmarks detect(const ImageView&, Timestamp) override {
    throw Error(ErrorCode::kUnavailable, "a stored track was looked at");
  }
  void expect(std::shared_ptr<const Image>, Timestamp) override {
    throw Error(ErrorCode::kUnavailable, "a stored track was announced");
  }
  void reset() override {}
};

std::vector<Landmarks> followed(const std::string& spec) {
  const auto source = open_source(spec);
  NoLandmarker landmarker;
  std::vector<Landmarks> frames;
  follow(*source, landmarker, [&](const FollowedFrame& frame) {
    EXPECT_EQ(frame.frame.timestamp, frame.landmarks.timestamp);
    frames.push_back(frame.landmarks);
    return true;
  });
  return frames;
}

void expect_same(const std::vector<Landmarks>& a, const std::vector<Landmarks>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].timestamp, b[i].timestamp);
    EXPECT_EQ(a[i].image_width, b[i].image_width);
    EXPECT_EQ(a[i].image_height, b[i].image_height);
    ASSERT_EQ(a[i].pose.has_value(), b[i].pose.has_value()) << i;
    ASSERT_EQ(a[i].left_hand.has_value(), b[i].left_hand.has_value()) << i;
    ASSERT_EQ(a[i].right_hand.has_value(), b[i].right_hand.has_value()) << i;
    if (a[i].pose) {
      EXPECT_NEAR(a[i].pose->points[7].x, b[i].pose->points[7].x, 1e-6) << i;
    }
    if (a[i].left_hand) {
      EXPECT_NEAR(a[i].left_hand->points[20].z, b[i].left_hand->points[20].z, 1e-6) << i;
    }
  }
}

std::string problem_of(const fs::path& path) {
  try {
    followed(path.string());
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(TrackSource, GivesWhatWasStoredAsLinesOrAsTable) {
  const test::TempFolder folder;
  const auto frames = example_frames(100);
  expect_same(followed(stored_lines(folder / "a.jsonl", frames).string()), frames);
  expect_same(followed(stored_table(folder / "A.CSV", frames).string()), frames);
}

TEST(TrackSource, DescribesTheTrackAndDrawsOnAPlainPicture) {
  const test::TempFolder folder;
  const TrackSource source(stored_lines(folder / "a.jsonl", example_frames(40)));
  const SourceDescription description = source.describe();
  EXPECT_TRUE(description.has_landmarks);
  EXPECT_FALSE(description.is_live);
  EXPECT_EQ(description.width, 640);
  EXPECT_EQ(description.height, 480);
  EXPECT_NEAR(description.frame_rate_hz, 29.97, 0.01);
}

TEST(TrackSource, APictureThatATrackPromisesTakesNoGigabytes) {
  const test::TempFolder folder;
  auto frames = example_frames(2);
  frames[0].image_width = 1'000'000;
  frames[0].image_height = 500'000;
  frames[1].image_width = frames[1].image_height = 0;
  TrackSource source(stored_lines(folder / "a.jsonl", frames));
  EXPECT_EQ(source.next()->image->width(), 1920);
  const auto second = source.next();
  EXPECT_EQ(second->image->width(), 640);
  EXPECT_EQ(second->landmarks->image_width, 0);
}

TEST(TrackSource, ALoopGoesOnInTime) {
  const test::TempFolder folder;
  const auto path = stored_lines(folder / "a.jsonl", example_frames(3));
  const auto source = open_source("loop:" + path.string());
  Timestamp last(Duration(-1));
  for (int i = 0; i < 8; ++i) {
    const auto frame = source->next();
    ASSERT_TRUE(frame && frame->landmarks);
    EXPECT_GT(frame->timestamp, last);
    last = frame->timestamp;
  }
  EXPECT_TRUE(open_source("live:" + path.string())->describe().is_live);
}

TEST(TrackSource, ATornTrackIsSaidWithItsLine) {
  const test::TempFolder folder;
  const auto path = stored_lines(folder / "a.jsonl", example_frames(60));
  fs::resize_file(path, fs::file_size(path) - 40);
  EXPECT_NE(problem_of(path).find("not valid JSON (line 60): "), std::string::npos)
      << problem_of(path);
}

TEST(TrackSource, ATornTableIsSaidWithItsLine) {
  const test::TempFolder folder;
  const auto path = stored_table(folder / "a.csv", example_frames(60));
  fs::resize_file(path, fs::file_size(path) - 300);
  EXPECT_NE(problem_of(path).find("columns instead of 306 (line 61): "), std::string::npos)
      << problem_of(path);
}

TEST(TrackSource, TimeThatStandsStillIsSaid) {
  const test::TempFolder folder;
  auto frames = example_frames(5);
  frames[3].timestamp = frames[2].timestamp;
  EXPECT_NE(problem_of(stored_lines(folder / "a.jsonl", frames)).find("does not go on (line 4): "),
            std::string::npos);
}

TEST(TrackSource, WhatIsNoTrackIsSaid) {
  const test::TempFolder folder;
  std::ofstream(folder / "empty.jsonl");
  std::ofstream(folder / "header.csv") << track_csv_header() << '\n';
  std::ofstream(folder / "other.csv") << "a,b\n1,2\n";
  EXPECT_NE(problem_of(folder / "empty.jsonl").find("holds no frame"), std::string::npos);
  EXPECT_NE(problem_of(folder / "header.csv").find("holds no frame"), std::string::npos);
  EXPECT_NE(problem_of(folder / "other.csv").find("no column time_s"), std::string::npos);
  EXPECT_NE(problem_of(folder / "none.jsonl.gz").find("no such file"), std::string::npos);
}

TEST(TrackSource, SaysNothingAboutLight) {
  const test::TempFolder folder;
  TrackSource source(stored_lines(folder / "a.jsonl", example_frames(60)));
  SetupCheck check;
  while (const auto frame = source.next()) check.step(*frame, *frame->landmarks);
  EXPECT_FALSE(check.lines()[3].is_good.has_value());
  EXPECT_TRUE(check.lines()[5].is_good.has_value());
}

}  // namespace
}  // namespace kata
