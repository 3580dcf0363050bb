// SPDX-License-Identifier: Apache-2.0
// Times of a video file's pictures as players count them, and what is told of lost ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "kata/input/test_videos.h"
#include "kata/input/video_file_source.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kPicture = "-f lavfi -i testsrc=s=160x120:r=25:d=2 ";
constexpr const char* kSound = "-f lavfi -i sine=d=4 ";

std::vector<double> times_of(FrameSource& source) {
  std::vector<double> times_s;
  while (const auto frame = source.next()) times_s.push_back(seconds(frame->timestamp));
  return times_s;
}

std::vector<double> times_of(const std::filesystem::path& path) {
  return times_of(*make_video_file_source(path));
}

double longest_step(const std::vector<double>& times_s) {
  double longest_s = 0;
  for (std::size_t i = 1; i < times_s.size(); ++i) {
    EXPECT_GT(times_s[i], times_s[i - 1]);
    longest_s = std::max(longest_s, times_s[i] - times_s[i - 1]);
  }
  return longest_s;
}

class ShownTimes : public ::testing::Test {
 protected:
  test::TempFolder folder_;
};

TEST_F(ShownTimes, CountFromTheSoundThatBeginsEarlier) {
  KATA_NEEDS_FFMPEG();
  for (const std::string ending : {"mp4", "mov", "mkv", "ts", "webm"}) {
    const auto path = folder_ / ("late." + ending);
    const std::string codecs =
        ending == "webm" ? "-c:v libvpx -c:a libopus" : "-c:v mpeg4 -c:a aac";
    ASSERT_TRUE(test::make_video(std::string(kSound) + "-itsoffset 1.5 " + kPicture +
                                     "-fps_mode passthrough -pix_fmt yuv420p -bf 0 " + codecs,
                                 path));
    const std::vector<double> times_s = times_of(path);
    ASSERT_THAT(times_s, SizeIs(50)) << ending;
    EXPECT_NEAR(times_s.front(), 1.5, 0.06) << ending;  // a sound coder begins earlier
    EXPECT_NEAR(times_s.back(), 1.5 + 1.96, 0.06) << ending;
  }
}

TEST_F(ShownTimes, CountFromTheFilesZeroWithoutSound) {
  KATA_NEEDS_FFMPEG();
  for (const std::string ending : {"mp4", "mkv"}) {
    const auto path = folder_ / ("late." + ending);
    ASSERT_TRUE(test::make_video(
        std::string("-itsoffset 1.5 ") + kPicture + "-fps_mode passthrough -pix_fmt yuv420p",
        path));
    EXPECT_NEAR(times_of(path).front(), 1.5, 0.03) << ending;
  }
}

TEST_F(ShownTimes, BeginAtZeroWhereTheClockOfALongerRecordingWentOn) {
  KATA_NEEDS_FFMPEG();
  for (const std::string ending : {"mkv", "ts"}) {
    const auto path = folder_ / ("piece." + ending);
    ASSERT_TRUE(test::make_video(std::string("-itsoffset 5000 ") + kPicture +
                                     "-fps_mode passthrough -pix_fmt yuv420p -copyts",
                                 path));
    EXPECT_NEAR(times_of(path).front(), 0, 0.1) << ending;
  }
}

TEST_F(ShownTimes, ObeyAnEditList) {
  KATA_NEEDS_FFMPEG();
  const auto whole = folder_ / "whole.mp4";
  const auto cut = folder_ / "cut.mp4";
  ASSERT_TRUE(test::make_video(std::string(kSound) + kPicture + "-pix_fmt yuv420p -g 50", whole));
  // Copied from before 1 s on, with an edit list that begins at 1 s.
  ASSERT_TRUE(test::make_video("-ss 1 -i '" + whole.string() + "' -c copy", cut));
  const std::vector<double> times_s = times_of(cut);
  ASSERT_THAT(times_s, SizeIs(25));
  EXPECT_NEAR(times_s.front(), 0, 0.04);
  EXPECT_NEAR(times_s.back(), 0.96, 0.04);
}

TEST_F(ShownTimes, CountWithPicturesThatAreStoredInAnotherOrder) {
  KATA_NEEDS_FFMPEG();
  for (const std::string ending : {"mp4", "mkv", "ts"}) {
    const auto path = folder_ / ("order." + ending);
    ASSERT_TRUE(test::make_video(
        std::string(kPicture) + "-pix_fmt yuv420p -bf 3 -b_strategy 0 -c:v mpeg2video", path));
    const std::vector<double> times_s = times_of(path);
    ASSERT_THAT(times_s, SizeIs(50)) << ending;
    EXPECT_NEAR(times_s.front(), 0, 0.001) << ending;
    EXPECT_NEAR(times_s.back(), 1.96, 0.001) << ending;
    EXPECT_NEAR(longest_step(times_s), 0.04, 0.001) << ending;
  }
}

TEST_F(ShownTimes, KeepAPause) {
  KATA_NEEDS_FFMPEG();
  for (const std::string ending : {"mp4", "mkv"}) {
    const auto path = folder_ / ("pause." + ending);
    ASSERT_TRUE(test::make_video(std::string(kPicture) +
                                     "-vf 'setpts=if(gt(N\\,24)\\,N+625\\,N)/25/TB' -fps_mode vfr "
                                     "-pix_fmt yuv420p",
                                 path));
    const auto source = make_video_file_source(path);
    EXPECT_NEAR(source->describe().frame_rate_hz, 25, 0.5) << ending;
    const std::vector<double> times_s = times_of(*source);
    ASSERT_THAT(times_s, SizeIs(50)) << ending;
    EXPECT_NEAR(longest_step(times_s), 25.04, 0.01) << ending;
  }
}

TEST_F(ShownTimes, GoOnWhereABroadcastsClockIsSetAnew) {
  KATA_NEEDS_FFMPEG();
  const auto first = folder_ / "first.ts";
  const auto second = folder_ / "second.ts";
  const auto joined = folder_ / "joined.ts";
  for (const std::string offset : {"4000", "95440"}) {  // the clock wraps at 95443.7 s
    ASSERT_TRUE(test::make_video(std::string(kPicture) + "-pix_fmt yuv420p -bf 0", first));
    ASSERT_TRUE(test::make_video(
        std::string(kPicture) + "-pix_fmt yuv420p -bf 0 -output_ts_offset " + offset, second));
    test::write_bytes(joined,
                      test::bytes_of(first) + test::bytes_of(second) + test::bytes_of(first));
    const std::vector<double> times_s = times_of(joined);
    ASSERT_GE(times_s.size(), 145U) << offset;
    EXPECT_NEAR(times_s.front(), 0, 0.1);
    EXPECT_NEAR(times_s.back(), 5.96, 0.3) << offset;
    EXPECT_LT(longest_step(times_s), 0.2) << offset;
  }
}

TEST_F(ShownTimes, GoOnWhereABroadcastsClockWraps) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "wrap.ts";
  ASSERT_TRUE(test::make_video(
      std::string(kPicture) + "-pix_fmt yuv420p -bf 0 -output_ts_offset 95441.3", path));
  const std::vector<double> times_s = times_of(path);
  ASSERT_THAT(times_s, SizeIs(50));
  EXPECT_NEAR(times_s.front(), 0, 0.1);
  EXPECT_NEAR(times_s.back(), 1.96, 0.1);
}

TEST_F(ShownTimes, GiveTheRateThatABrowsersRecordingExaggerates) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "browser.webm";
  // Uneven times in milliseconds and a claim of 1000 a second, as browsers write them.
  ASSERT_TRUE(
      test::make_video("-f lavfi -i testsrc=s=160x120:r=20:d=4 -vf "
                       "'settb=1/1000,setpts=N*50+mod(N\\,3)*7' -fps_mode passthrough "
                       "-r 1000 -c:v libvpx -deadline realtime",
                       path));
  const auto source = make_video_file_source(path);
  EXPECT_NEAR(source->describe().frame_rate_hz, 20, 4);
  EXPECT_NEAR(times_of(*source).back(), 3.95, 0.05);
}

TEST_F(ShownTimes, TellOfPicturesThatCannotBeDecoded) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "lost.mov";
  ASSERT_TRUE(test::make_video("-f lavfi -i testsrc2=s=160x120:r=25:d=2 -c:v png", path));
  std::string bytes = test::bytes_of(path);
  std::size_t place = 0;
  for (int i = 0; i <= 25; ++i) place = bytes.find("\x89PNG", place + 1);
  ASSERT_NE(place, std::string::npos);
  for (int i = 0; i < 3; ++i) {  // the pictures number 25 to 27, at 1.00, 1.04 and 1.08 s
    bytes.replace(place, 4, "gone");
    place = bytes.find("\x89PNG", place + 1);
  }
  test::write_bytes(path, bytes);
  const auto source = make_video_file_source(path);
  const std::vector<double> times_s = times_of(*source);
  EXPECT_THAT(times_s, SizeIs(47));
  EXPECT_NEAR(longest_step(times_s), 0.16, 0.001);
  ASSERT_THAT(source->warnings(), SizeIs(1));
  EXPECT_THAT(source->warnings()[0],
              HasSubstr("3 pictures cannot be decoded, the first at 1.00 s"));
  EXPECT_THAT(source->warnings()[0], HasSubstr(path.string()));
}

TEST_F(ShownTimes, TellOfPicturesThatAreDecodedInPart) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "part.mp4";
  ASSERT_TRUE(
      test::make_video("-f lavfi -i testsrc2=s=320x240:r=25:d=4 -pix_fmt yuv420p -g 10 -movflags "
                       "+faststart -c:v libx264",
                       path));
  std::string bytes = test::bytes_of(path);
  const std::size_t middle = bytes.size() / 2;
  for (std::size_t i = middle; i < middle + 2000; ++i) bytes[i] = static_cast<char>(i * 37);
  test::write_bytes(path, bytes);
  const auto source = make_video_file_source(path);
  times_of(*source);
  ASSERT_THAT(source->warnings(), SizeIs(1));
  EXPECT_THAT(source->warnings()[0], HasSubstr("cannot be decoded"));
  EXPECT_THAT(source->warnings()[0], HasSubstr("at "));
}

TEST_F(ShownTimes, KeepQuietAboutWholeVideosOfEveryCodec) {
  KATA_NEEDS_FFMPEG();
  for (const std::string kind :
       {"mp4 -c:v libx264 -bf 3", "ts -c:v libx264 -bf 3", "ts -c:v mpeg2video -bf 2",
        "webm -c:v libvpx -auto-alt-ref 1 -lag-in-frames 16",
        "webm -c:v libvpx-vp9 -lag-in-frames 16 -cpu-used 8", "avi -c:v mpeg4 -bf 2",
        "mkv -c:v mjpeg -pix_fmt yuvj420p", "mp4 -c:v libx265"}) {
    const std::string ending = kind.substr(0, kind.find(' '));
    const auto path = folder_ / ("whole." + ending);
    ASSERT_TRUE(test::make_video(
        std::string(kPicture) + "-pix_fmt yuv420p " + kind.substr(kind.find(' ')), path))
        << kind;
    const auto source = make_video_file_source(path);
    times_of(*source);
    EXPECT_THAT(source->warnings(), IsEmpty()) << kind;
  }
}

}  // namespace
}  // namespace kata
