// SPDX-License-Identifier: Apache-2.0
#include "kata/show/timed_video.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

std::string output_of(const std::string& command) {
  std::string text;
  std::array<char, 256> buffer{};
  std::FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) text += buffer.data();
  static_cast<void>(::pclose(pipe));
  return text;
}

/// When a player shows each picture.
std::vector<double> times_of(const fs::path& path) {
  std::istringstream lines(output_of(
      "ffprobe -v error -select_streams v -show_entries frame=best_effort_timestamp_time -of "
      "csv=p=0 '" +
      path.string() + "'"));
  std::vector<double> times_s;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) times_s.push_back(std::stod(line));
  }
  return times_s;
}

double duration_of(const fs::path& path) {
  return std::stod(output_of("ffprobe -v error -show_entries format=duration -of csv=p=0 '" +
                             path.string() + "'"));
}

Image grey(std::size_t shade) {
  Image image(64, 48, PixelFormat::kBgr);
  std::fill_n(image.data(), image.row_stride() * 48,
              static_cast<std::uint8_t>(20 + shade * 3 % 200));
  return image;
}

void write_all(TimedVideo& video, const std::vector<double>& times_s) {
  for (std::size_t i = 0; i < times_s.size(); ++i) {
    video.write(grey(i), timestamp_from_seconds(times_s[i]));
  }
  video.finish();
}

class TimedVideoOfAFile : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (output_of("ffprobe -version").empty()) GTEST_SKIP() << "needs the ffprobe program";
  }
  test::TempFolder folder_;
};

TEST_P(TimedVideoOfAFile, KeepsUnevenTimesAndPauses) {
  std::vector<double> times_s;
  for (int i = 0; i < 50; ++i) times_s.push_back(i * 0.04 + (i % 3) * 0.007);
  for (int i = 0; i < 50; ++i) times_s.push_back(27 + i * 0.04);
  const fs::path path = folder_ / ("video." + GetParam());
  TimedVideo video(path, 25, false);
  write_all(video, times_s);
  const std::vector<double> found_s = times_of(path);
  ASSERT_EQ(found_s.size(), times_s.size()) << "no copies fill the pause";
  const double tolerance_s = GetParam() == "avi" ? 0.04 : 0.001;
  for (std::size_t i = 0; i < times_s.size(); ++i) {
    EXPECT_NEAR(found_s[i], times_s[i], tolerance_s) << "picture " << i;
  }
  EXPECT_NEAR(duration_of(path), 29, 0.05);
  EXPECT_NEAR(video.duration_s(), 29, 0.001);
}

TEST_P(TimedVideoOfAFile, ShowsALateFirstPictureFromTheBeginning) {
  const fs::path path = folder_ / ("video." + GetParam());
  TimedVideo video(path, 25, false);
  write_all(video, {1.5, 1.54, 1.58, 1.62});
  const std::vector<double> found_s = times_of(path);
  ASSERT_EQ(found_s.size(), 5U);
  EXPECT_NEAR(found_s[0], 0, 0.001);
  EXPECT_NEAR(found_s[1], 1.5, 0.021);
  EXPECT_NEAR(found_s[4], 1.62, 0.021);
  EXPECT_NEAR(duration_of(path), 1.66, 0.041);
}

TEST_P(TimedVideoOfAFile, BelievesTheTimesRatherThanTheRate) {
  const fs::path path = folder_ / ("video." + GetParam());
  TimedVideo video(path, 120, false);
  std::vector<double> times_s;
  for (int i = 0; i < 30; ++i) times_s.push_back(i / 10.0);
  write_all(video, times_s);
  const std::vector<double> found_s = times_of(path);
  ASSERT_EQ(found_s.size(), 30U);
  EXPECT_NEAR(found_s.back(), 2.9, 0.01);
  EXPECT_NEAR(duration_of(path), 2.95, 0.06);
}

TEST_P(TimedVideoOfAFile, KeepsPicturesThatComeCloserThanTheUsualPace) {
  const fs::path path = folder_ / ("video." + GetParam());
  TimedVideo video(path, 7.5, false);
  const std::vector<double> times_s = {0, 0.04, 0.08, 0.12, 0.25, 0.38, 0.51, 0.64};
  write_all(video, times_s);
  const std::vector<double> found_s = times_of(path);
  ASSERT_EQ(found_s.size(), times_s.size());
  for (std::size_t i = 0; i < times_s.size(); ++i) EXPECT_NEAR(found_s[i], times_s[i], 0.034);
}

INSTANTIATE_TEST_SUITE_P(Endings, TimedVideoOfAFile, ::testing::Values("mp4", "mov", "mkv", "avi"),
                         [](const auto& test) { return test.param; });

TEST(TimedVideo, FillsWhatALiveSourceLeavesOpenButNoLongSilence) {
  if (output_of("ffprobe -version").empty()) GTEST_SKIP() << "needs the ffprobe program";
  const test::TempFolder folder;
  const fs::path path = folder / "video.mp4";
  TimedVideo video(path, 30, true);
  write_all(video, {5.0, 5.5, 6.0, 20.0, 20.5});
  EXPECT_NEAR(duration_of(path), 1.55, 0.1) << "begins with the first picture";
  EXPECT_EQ(static_cast<std::int64_t>(times_of(path).size()), video.written());
}

}  // namespace
}  // namespace kata
