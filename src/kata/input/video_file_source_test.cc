// SPDX-License-Identifier: Apache-2.0
#include "kata/input/video_file_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kata/core/error.h"
#include "kata/input/test_videos.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Frame> all_frames(FrameSource& source) {
  std::vector<Frame> frames;
  while (auto frame = source.next()) frames.push_back(*std::move(frame));
  return frames;
}

/// Mean blue, green, red of a square about the point.
std::array<int, 3> colour_at(const Image& image, int x, int y) {
  std::array<int, 3> sum{};
  for (int dy = -2; dy <= 2; ++dy) {
    for (int dx = -2; dx <= 2; ++dx) {
      const std::uint8_t* pixel = image.data() +
                                  static_cast<std::size_t>(y + dy) * image.row_stride() +
                                  static_cast<std::size_t>(3 * (x + dx));
      for (std::size_t c = 0; c < 3; ++c) sum[c] += pixel[c];
    }
  }
  for (int& value : sum) value /= 25;
  return sum;
}

std::string message_of(const std::filesystem::path& path, ErrorCode expected) {
  try {
    make_video_file_source(path);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), expected);
    return error.what();
  }
  ADD_FAILURE() << "no error for " << path;
  return {};
}

class VideoFileSource : public ::testing::Test {
 protected:
  test::TempFolder folder_;
};

TEST_F(VideoFileSource, GivesEveryFrameWithTheContainersTimes) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "even.mp4";
  ASSERT_TRUE(
      test::make_video("-f lavfi -i testsrc=s=320x240:r=30000/1001:d=2 -pix_fmt yuv420p", path));
  const auto source = make_video_file_source(path);
  const auto frames = all_frames(*source);
  ASSERT_THAT(frames, SizeIs(60));
  EXPECT_EQ(source->describe().frame_count, 60);
  EXPECT_NEAR(source->describe().frame_rate_hz, 29.97, 0.01);
  EXPECT_NEAR(seconds(frames[59].timestamp), 59 * 1001 / 30000.0, 1e-4);
  EXPECT_THAT(source->warnings(), IsEmpty());
}

TEST_F(VideoFileSource, FollowsAVariableFrameRate) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "variable.mp4";
  ASSERT_TRUE(test::make_video(
      "-f lavfi -i testsrc=s=320x240:r=10:d=2 -f lavfi -i testsrc=s=320x240:r=30:d=2 "
      "-filter_complex '[0][1]concat' -vsync vfr -video_track_timescale 90000",
      path));
  const auto frames = all_frames(*make_video_file_source(path));
  ASSERT_THAT(frames, SizeIs(80));
  EXPECT_NEAR(seconds(frames[10].timestamp), 1.0, 1e-3);
  EXPECT_NEAR(seconds(frames[50].timestamp), 3.0, 1e-3);
}

TEST_F(VideoFileSource, TurnsAPhonesPictureUpright) {
  KATA_NEEDS_FFMPEG();
  const auto flat = folder_ / "flat.mp4";
  const auto turned = folder_ / "turned.mp4";
  const auto upright = folder_ / "upright.mkv";
  ASSERT_TRUE(test::make_video(
      "-f lavfi -i color=red:s=160x240:r=10:d=1 -f lavfi -i color=blue:s=160x240:r=10:d=1 "
      "-filter_complex '[0][1]hstack' -pix_fmt yuv420p",
      flat));
  for (const std::string degrees : {"90", "180", "270"}) {
    ASSERT_TRUE(test::make_video(
        "-i '" + flat.string() + "' -c copy -metadata:s:v rotate=" + degrees, turned));
    // ffmpeg obeys the display matrix and stores the turned pictures themselves.
    ASSERT_TRUE(
        test::make_video("-i '" + turned.string() + "' -c:v ffv1 -metadata:s:v rotate=0", upright));
    const auto source = make_video_file_source(turned);
    const auto frame = source->next();
    const auto expected = make_video_file_source(upright)->next();
    ASSERT_TRUE(frame && expected);
    ASSERT_EQ(frame->image->width(), expected->image->width()) << degrees;
    ASSERT_EQ(frame->image->height(), expected->image->height()) << degrees;
    EXPECT_EQ(source->describe().width, frame->image->width());
    EXPECT_EQ(source->describe().height, frame->image->height());
    for (const int x : {40, 200}) {
      EXPECT_EQ(colour_at(*frame->image, x, x)[0] > 128, colour_at(*expected->image, x, x)[0] > 128)
          << degrees << "°, at " << x;
    }
  }
}

TEST_F(VideoFileSource, FollowsAStreamThatChangesItsSize) {
  KATA_NEEDS_FFMPEG();
  const auto small = folder_ / "small.ts";
  const auto large = folder_ / "large.ts";
  const auto joined = folder_ / "joined.ts";
  ASSERT_TRUE(test::make_video("-f lavfi -i color=red:s=320x240:r=10:d=1 -f mpegts", small));
  ASSERT_TRUE(test::make_video("-f lavfi -i color=blue:s=640x360:r=10:d=1 -f mpegts", large));
  test::write_bytes(joined, test::bytes_of(small) + test::bytes_of(large));
  const auto frames = all_frames(*make_video_file_source(joined));
  ASSERT_GE(frames.size(), 18U);
  EXPECT_EQ(frames.front().image->width(), 320);
  EXPECT_GT(colour_at(*frames.front().image, 160, 120)[2], 180);
  EXPECT_EQ(frames.back().image->width(), 640);
  EXPECT_EQ(frames.back().image->height(), 360);
  EXPECT_GT(colour_at(*frames.back().image, 320, 180)[0], 180);
  for (std::size_t i = 1; i < frames.size(); ++i) {
    EXPECT_GT(frames[i].timestamp, frames[i - 1].timestamp);
  }
}

TEST_F(VideoFileSource, GivesWhatATruncatedFileHoldsAndThenWarns) {
  KATA_NEEDS_FFMPEG();
  for (const std::string ending : {".mp4", ".mkv", ".avi"}) {
    const auto whole = folder_ / ("whole" + ending);
    const auto cut = folder_ / ("cut" + ending);
    ASSERT_TRUE(test::make_video(
        "-f lavfi -i testsrc=s=320x240:r=25:d=4 -pix_fmt yuv420p -g 10 -movflags +faststart",
        whole));
    const std::string bytes = test::bytes_of(whole);
    test::write_bytes(cut, bytes.substr(0, bytes.size() / 2));
    const auto source = make_video_file_source(cut);
    const auto frames = all_frames(*source);
    EXPECT_GT(frames.size(), 20U) << ending;
    EXPECT_LT(frames.size(), 80U) << ending;
    ASSERT_THAT(source->warnings(), SizeIs(1)) << ending;
    EXPECT_THAT(source->warnings()[0], HasSubstr("ends after " + std::to_string(frames.size())));
    EXPECT_THAT(source->warnings()[0], EndsWith(cut.string()));
  }
}

TEST_F(VideoFileSource, KeepsQuietAboutAWholeFileWhoseSoundIsLonger) {
  KATA_NEEDS_FFMPEG();
  for (const std::string ending : {".mp4", ".mkv", ".mov", ".avi"}) {
    const auto path = folder_ / ("sound" + ending);
    ASSERT_TRUE(test::make_video(
        "-f lavfi -i testsrc=s=160x120:r=25:d=2 -f lavfi -i sine=d=6 -pix_fmt yuv420p", path));
    const auto source = make_video_file_source(path);
    EXPECT_THAT(all_frames(*source), SizeIs(50)) << ending;
    EXPECT_THAT(source->warnings(), IsEmpty()) << ending;
  }
}

TEST_F(VideoFileSource, ReadsGreyAndTransparentVideo) {
  KATA_NEEDS_FFMPEG();
  const auto grey = folder_ / "grey.mkv";
  const auto transparent = folder_ / "transparent.mov";
  ASSERT_TRUE(
      test::make_video("-f lavfi -i testsrc=s=162x122:r=10:d=1 -c:v ffv1 -pix_fmt gray", grey));
  ASSERT_TRUE(test::make_video("-f lavfi -i testsrc=s=162x122:r=10:d=1 -c:v png -pix_fmt rgba",
                               transparent));
  for (const auto& path : {grey, transparent}) {
    const auto frames = all_frames(*make_video_file_source(path));
    ASSERT_THAT(frames, SizeIs(10));
    EXPECT_EQ(frames[0].image->format(), PixelFormat::kBgr);
    EXPECT_EQ(frames[0].image->width(), 162);
  }
}

TEST_F(VideoFileSource, ReadsTheSmallestAndAFourThousandPixelPicture) {
  KATA_NEEDS_FFMPEG();
  for (const std::string size : {"160x120", "3840x2160", "64x2", "131x97"}) {
    const auto path = folder_ / (size + ".mkv");
    ASSERT_TRUE(test::make_video(
        "-f lavfi -i testsrc=s=" + size + ":r=10:d=0.2 -c:v ffv1 -pix_fmt bgr0", path));
    const auto frames = all_frames(*make_video_file_source(path));
    ASSERT_THAT(frames, SizeIs(2)) << size;
    EXPECT_EQ(
        std::to_string(frames[0].image->width()) + "x" + std::to_string(frames[0].image->height()),
        size);
  }
}

TEST_F(VideoFileSource, RefusesATinyFileThatPromisesHugePictures) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "huge.mov";
  ASSERT_TRUE(test::make_video("-f lavfi -i testsrc=s=64x48:r=10:d=1 -c:v qtrle", path));
  std::string bytes = test::bytes_of(path);
  const std::size_t description = bytes.rfind("rle ");
  ASSERT_NE(description, std::string::npos);
  bytes.replace(description + 28, 4, "\x3E\x80\x3E\x80");  // 16000 x 16000
  test::write_bytes(path, bytes);
  EXPECT_THAT(message_of(path, ErrorCode::kCorrupt), EndsWith("huge.mov"));
}

TEST_F(VideoFileSource, SaysWhatIsWrongInOneSentenceAndNothingOnStderr) {
  const auto text = folder_ / "text.mp4";
  const auto empty = folder_ / "empty.mp4";
  test::write_bytes(text, "this is no video\n");
  test::write_bytes(empty, "");
  ::testing::internal::CaptureStderr();
  const std::string missing = message_of(folder_ / "missing.mp4", ErrorCode::kNotFound);
  const std::string no_video = message_of(text, ErrorCode::kCorrupt);
  const std::string nothing = message_of(empty, ErrorCode::kCorrupt);
  const std::string is_folder = message_of(folder_.path(), ErrorCode::kInvalidArgument);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), IsEmpty());
  EXPECT_THAT(missing, HasSubstr("no such file"));
  EXPECT_THAT(no_video, HasSubstr("not a video"));
  EXPECT_THAT(nothing, HasSubstr("empty"));
  EXPECT_THAT(is_folder, HasSubstr("folder"));
  EXPECT_THAT(no_video, EndsWith(text.string()));
}

TEST_F(VideoFileSource, RefusesSoundWithoutPictures) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "sound.mp4";
  ASSERT_TRUE(test::make_video("-f lavfi -i sine=d=1", path));
  EXPECT_THAT(message_of(path, ErrorCode::kCorrupt), EndsWith("sound.mp4"));
}

TEST_F(VideoFileSource, ReadsAFileWhoseNameLooksLikeAnAddress) {
  KATA_NEEDS_FFMPEG();
  const auto plain = folder_ / "plain.mp4";
  const auto odd = folder_ / "a:b %d 'c'.mp4";
  ASSERT_TRUE(test::make_video("-f lavfi -i testsrc=s=160x120:r=10:d=1 -pix_fmt yuv420p", plain));
  std::filesystem::rename(plain, odd);
  EXPECT_THAT(all_frames(*make_video_file_source(odd)), SizeIs(10));
}

TEST_F(VideoFileSource, SurvivesDamageInTheMiddle) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "damaged.mp4";
  ASSERT_TRUE(test::make_video(
      "-f lavfi -i testsrc=s=320x240:r=25:d=4 -pix_fmt yuv420p -g 10 -movflags +faststart", path));
  std::string bytes = test::bytes_of(path);
  for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 2000; ++i)
    bytes[i] = static_cast<char>(i * 37);
  test::write_bytes(path, bytes);
  EXPECT_GT(all_frames(*make_video_file_source(path)).size(), 50U);
}

}  // namespace
}  // namespace kata
