// SPDX-License-Identifier: Apache-2.0
#include "kata/show/video_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "kata/core/error.h"
#include "kata/show/small_disk.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// What a command prints; empty when it fails.
std::string output_of(const std::string& command) {
  std::string text;
  std::array<char, 256> buffer{};
  std::FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) text += buffer.data();
  static_cast<void>(::pclose(pipe));
  return text;
}

std::string probe(const fs::path& path, const std::string& what) {
  return output_of("ffprobe -v error -count_frames -show_entries " + what + " -of csv=p=0 '" +
                   path.string() + "'");
}

Image picture(int width, int height, int seed, PixelFormat format = PixelFormat::kBgr) {
  Image image(width, height, format);
  const std::size_t bytes = image.row_stride() * static_cast<std::size_t>(height);
  for (std::size_t i = 0; i < bytes; ++i) {
    image.data()[i] = static_cast<std::uint8_t>(i / 7 * static_cast<std::size_t>(seed + 3));
  }
  return image;
}

std::ptrdiff_t count_of(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

TEST(VideoWriter, WritesEveryPictureAtTheRateAsked) {
  if (output_of("ffprobe -version").empty()) GTEST_SKIP() << "needs the ffprobe program";
  const test::TempFolder folder;
  for (const std::string name : {"a.mp4", "a.avi", "a.mkv", "a.MOV"}) {
    VideoWriter writer(folder / name, 30000 / 1001.0);
    for (int i = 0; i < 40; ++i) writer.write(picture(64, 48, i));
    EXPECT_FALSE(fs::exists(folder / name));
    writer.finish();
    EXPECT_THAT(probe(folder / name, "stream=nb_read_frames"), HasSubstr("40")) << name;
    EXPECT_THAT(probe(folder / name, "stream=width,height"), HasSubstr("64,48")) << name;
    EXPECT_THAT(probe(folder / name, "stream=avg_frame_rate"), HasSubstr("30000/1001")) << name;
  }
  EXPECT_EQ(count_of(folder.path()), 4) << "no temporary file is left";
}

TEST(VideoWriter, WritesWhatBrowsersPlay) {
  if (output_of("ffmpeg -v error -encoders").find("libx264") == std::string::npos) {
    GTEST_SKIP() << "this system has no H.264 encoder";
  }
  const test::TempFolder folder;
  VideoWriter writer(folder / "a.mp4", 25);
  for (int i = 0; i < 5; ++i) writer.write(picture(64, 48, i));
  writer.finish();
  EXPECT_THAT(probe(folder / "a.mp4", "stream=codec_name,pix_fmt"), HasSubstr("h264,yuv420p"));
}

TEST(VideoWriter, TakesEveryPixelFormatAndOddSizes) {
  const test::TempFolder folder;
  for (const PixelFormat format : {PixelFormat::kGray, PixelFormat::kRgb, PixelFormat::kBgr,
                                   PixelFormat::kRgba, PixelFormat::kBgra}) {
    VideoWriter writer(folder / "a.mp4", 25);
    writer.write(picture(67, 49, 1, format));
    writer.finish();
    EXPECT_GT(fs::file_size(folder / "a.mp4"), 300U);
  }
}

TEST(VideoWriter, FitsPicturesOfAnotherSizeIntoTheFirstOnes) {
  if (output_of("ffmpeg -version").empty()) GTEST_SKIP() << "needs the ffmpeg program";
  const test::TempFolder folder;
  VideoWriter writer(folder / "a.mp4", 25);
  writer.write(picture(320, 240, 1));
  Image white(100, 200, PixelFormat::kGray);
  std::fill_n(white.data(), 100 * 200, std::uint8_t{255});
  for (int i = 0; i < 5; ++i) writer.write(white);
  writer.finish();
  EXPECT_THAT(probe(folder / "a.mp4", "stream=width,height,nb_read_frames"), HasSubstr("320,240"));
  const auto brightness_at = [&](const std::string& x) {
    return std::atoi(output_of("ffmpeg -v error -i '" + (folder / "a.mp4").string() +
                               "' -vf 'select=eq(n\\,4),crop=2:2:" + x +
                               ":120' -pix_fmt gray -f rawvideo - | od -An -tu1 -N1")
                         .c_str());
  };
  EXPECT_GT(brightness_at("160"), 230) << "the picture is in the middle";
  EXPECT_LT(brightness_at("20"), 30) << "with bars beside it";
}

TEST(VideoWriter, KeepsColoursApart) {
  if (output_of("ffmpeg -version").empty()) GTEST_SKIP() << "needs the ffmpeg program";
  const test::TempFolder folder;
  Image red(64, 64, PixelFormat::kBgr);
  for (std::size_t i = 2; i < 64 * 64 * 3; i += 3) red.data()[i] = 250;
  VideoWriter writer(folder / "a.mp4", 25);
  for (int i = 0; i < 3; ++i) writer.write(red);
  writer.finish();
  const std::string pixel =
      output_of("ffmpeg -v error -i '" + (folder / "a.mp4").string() +
                "' -frames:v 1 -vf crop=2:2:32:32 -pix_fmt rgb24 -f rawvideo - | od -An -tu1 -N3");
  int r = 0;
  int g = 0;
  int b = 0;
  ASSERT_EQ(std::sscanf(pixel.c_str(), "%d %d %d", &r, &g, &b), 3) << pixel;
  EXPECT_NEAR(r, 250, 12);
  EXPECT_NEAR(g, 0, 12);
  EXPECT_NEAR(b, 0, 12);
}

TEST(VideoWriter, LeavesNothingWithoutFinish) {
  const test::TempFolder folder;
  {
    VideoWriter writer(folder / "a.mp4", 25);
    for (int i = 0; i < 30; ++i) writer.write(picture(64, 48, i));
  }
  EXPECT_EQ(count_of(folder.path()), 0);
}

TEST(VideoWriter, RefusesPlacesAndNamesBeforeAnyWork) {
  const test::TempFolder folder;
  EXPECT_THROW(VideoWriter(folder / "none/a.mp4", 25), Error);
  EXPECT_THROW(VideoWriter(folder / "a.txt", 25), Error);
  EXPECT_THROW(VideoWriter(folder / "a", 25), Error);
  EXPECT_THROW(VideoWriter(folder / "a.mp4", 0), Error);
  EXPECT_THROW(VideoWriter("/proc/a.mp4", 25), Error);
  EXPECT_EQ(count_of(folder.path()), 0);
}

TEST(VideoWriter, RefusesToFinishWithoutAPicture) {
  const test::TempFolder folder;
  VideoWriter writer(folder / "a.mp4", 25);
  EXPECT_THROW(writer.finish(), Error);
}

TEST(VideoWriter, SaysThatTheDiskIsFullAndLeavesNothing) {
  const test::TempFolder folder;
  ::testing::internal::CaptureStderr();
  for (const std::string name : {"a.mp4", "a.avi"}) {
    const test::SmallDisk small(100'000);
    VideoWriter writer(folder / name, 25);
    EXPECT_THROW(
        {
          for (int i = 0; i < 200; ++i) writer.write(picture(320, 240, i * 31));
          writer.finish();
        },
        Error)
        << name;
  }
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(count_of(folder.path()), 0);
}

TEST(VideoWriter, KeepsWhatWasWrittenUntilTheDiskWasFull) {
  if (output_of("ffprobe -version").empty()) GTEST_SKIP() << "needs the ffprobe program";
  const test::TempFolder folder;
  for (const std::string name : {"a.mp4", "a.mov", "a.mkv", "a.avi"}) {
    const test::SmallDisk small(400'000);
    VideoWriter writer(folder / name, 25);
    int written = 0;
    EXPECT_THROW(
        while (written < 2000) {
          writer.write(picture(320, 240, written * 31));
          ++written;
        },
        Error)
        << name;
    writer.finish();
    const int kept = std::atoi(probe(folder / name, "stream=nb_read_frames").c_str());
    EXPECT_GE(kept, 5) << name;
    EXPECT_LE(kept, written) << name;
    EXPECT_LE(fs::file_size(folder / name), 400'000U) << name;
  }
}

TEST(VideoWriter, WritesToAPipeWithoutReplacingIt) {
  if (output_of("ffprobe -version").empty()) GTEST_SKIP() << "needs the ffprobe program";
  const test::TempFolder folder;
  for (const std::string name : {"a.mp4", "a.mov", "a.mkv", "a.avi", "pipe"}) {
    const fs::path pipe = folder / name;
    const fs::path copy = folder / ("copy-" + name);
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::thread reader([&] { output_of("cat " + pipe.string() + " > " + copy.string()); });
    VideoWriter writer(pipe, 25);
    for (int i = 0; i < 60; ++i) writer.write(picture(320, 240, i));
    writer.finish();
    reader.join();
    EXPECT_TRUE(fs::is_fifo(pipe)) << name;
    EXPECT_EQ(std::atoi(probe(copy, "stream=nb_read_frames").c_str()), 60) << name;
  }
}

}  // namespace
}  // namespace kata
