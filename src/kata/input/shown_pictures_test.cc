// SPDX-License-Identifier: Apache-2.0
// Pictures of a video file as players show them: turned, mirrored, widened, without combs.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <ostream>
#include <string>

#include "kata/input/test_videos.h"
#include "kata/input/video_file_source.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

int brightness_at(const Image& image, int x, int y) {
  return image.data()[static_cast<std::size_t>(y) * image.row_stride() +
                      static_cast<std::size_t>(3 * x + 1)];
}

/// Which quarter of the picture is white: "top left", …; "none" and "several" are failures.
std::string white_corner(const Image& image) {
  std::string found = "none";
  for (const bool is_low : {false, true}) {
    for (const bool is_right : {false, true}) {
      const int x = image.width() * (is_right ? 3 : 1) / 4;
      const int y = image.height() * (is_low ? 3 : 1) / 4;
      if (brightness_at(image, x, y) < 128) continue;
      const std::string corner =
          std::string(is_low ? "bottom " : "top ") + (is_right ? "right" : "left");
      found = found == "none" ? corner : "several";
    }
  }
  return found;
}

/// Two pictures, white in the upper left quarter.
bool make_corner_video(const std::string& more, const std::filesystem::path& path) {
  return test::make_video(
      "-f lavfi -i color=black:s=128x96:r=10:d=0.2 -vf drawbox=0:0:64:48:white:fill" + more +
          " -pix_fmt yuv420p -c:v mpeg4 -q:v 2",
      path);
}

class ShownPictures : public ::testing::Test {
 protected:
  test::TempFolder folder_;
};

struct MatrixCase {
  std::string name;
  std::array<int, 4> matrix;
  std::string corner;  ///< where ffmpeg and mpv show the white one
};

void PrintTo(const MatrixCase& value, std::ostream* stream) { *stream << value.name; }

class EveryDisplayMatrix : public ::testing::TestWithParam<MatrixCase> {
 protected:
  test::TempFolder folder_;
};

TEST_P(EveryDisplayMatrix, IsObeyed) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "corner.mp4";
  ASSERT_TRUE(make_corner_video("", path));
  ASSERT_TRUE(test::set_display_matrix(path, GetParam().matrix));
  const auto source = make_video_file_source(path);
  const auto frame = source->next();
  ASSERT_TRUE(frame);
  EXPECT_EQ(white_corner(*frame->image), GetParam().corner);
  const bool is_turned = GetParam().matrix[0] == 0;
  EXPECT_EQ(frame->image->width(), is_turned ? 96 : 128);
  EXPECT_EQ(source->describe().width, frame->image->width());
}

TEST_P(EveryDisplayMatrix, IsObeyedOnWidenedPixelsToo) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "corner.mp4";
  ASSERT_TRUE(make_corner_video(",setsar=3/2", path));
  ASSERT_TRUE(test::set_display_matrix(path, GetParam().matrix));
  const auto source = make_video_file_source(path);
  const auto frame = source->next();
  ASSERT_TRUE(frame);
  EXPECT_EQ(white_corner(*frame->image), GetParam().corner);
  const bool is_turned = GetParam().matrix[0] == 0;
  EXPECT_EQ(frame->image->width(), is_turned ? 96 : 192);
  EXPECT_EQ(frame->image->height(), is_turned ? 192 : 96);
}

INSTANTIATE_TEST_SUITE_P(
    Matrices, EveryDisplayMatrix,
    ::testing::Values(MatrixCase{"Identity", {1, 0, 0, 1}, "top left"},
                      MatrixCase{"MirroredLeftRight", {-1, 0, 0, 1}, "top right"},
                      MatrixCase{"MirroredUpDown", {1, 0, 0, -1}, "bottom left"},
                      MatrixCase{"HalfTurn", {-1, 0, 0, -1}, "bottom right"},
                      MatrixCase{"Clockwise", {0, 1, -1, 0}, "top right"},
                      MatrixCase{"CounterClockwise", {0, -1, 1, 0}, "bottom left"},
                      MatrixCase{"Transposed", {0, 1, 1, 0}, "top left"},
                      MatrixCase{"Antitransposed", {0, -1, -1, 0}, "bottom right"}),
    [](const auto& test) { return test.param.name; });

struct PixelCase {
  std::string ratio;
  std::string stored;
  std::string shown;
};

void PrintTo(const PixelCase& value, std::ostream* stream) { *stream << value.ratio; }

class EveryPixelRatio : public ::testing::TestWithParam<PixelCase> {
 protected:
  test::TempFolder folder_;
};

TEST_P(EveryPixelRatio, IsWidenedToSquare) {
  KATA_NEEDS_FFMPEG();
  for (const std::string kind : {"mp4 -c:v mpeg4", "mkv -c:v ffv1", "mpg -c:v mpeg2video -r 25"}) {
    const std::string ending = kind.substr(0, 3);
    const auto path = folder_ / ("ratio." + ending);
    ASSERT_TRUE(test::make_video("-f lavfi -i testsrc=s=" + GetParam().stored +
                                     ":r=25:d=0.2 -vf setsar=" + GetParam().ratio +
                                     " -pix_fmt yuv420p" + kind.substr(3),
                                 path));
    const auto source = make_video_file_source(path);
    const auto frame = source->next();
    ASSERT_TRUE(frame);
    const bool is_disc = ending == "mpg";  // which stores the picture's ratio, in four steps
    if (is_disc && GetParam().ratio == "2/1") continue;
    EXPECT_NEAR(frame->image->width(), std::atoi(GetParam().shown.c_str()), is_disc ? 8 : 0)
        << ending;
    EXPECT_EQ(frame->image->height(),
              std::atoi(GetParam().shown.substr(GetParam().shown.find('x') + 1).c_str()));
    EXPECT_EQ(source->describe().width, frame->image->width());
  }
}

INSTANTIATE_TEST_SUITE_P(Ratios, EveryPixelRatio,
                         ::testing::Values(PixelCase{"2/1", "320x480", "640x480"},
                                           PixelCase{"4/3", "1440x1080", "1920x1080"},
                                           PixelCase{"16/15", "720x576", "768x576"},
                                           PixelCase{"64/45", "720x576", "1024x576"},
                                           PixelCase{"32/27", "720x480", "853x480"}));

TEST_F(ShownPictures, AreWidenedByWhatOnlyTheContainerSays) {
  KATA_NEEDS_FFMPEG();
  const auto path = folder_ / "container.mkv";
  ASSERT_TRUE(test::make_video(
      "-f lavfi -i testsrc=s=160x240:r=10:d=0.2 -c:v mjpeg -pix_fmt yuvj420p -aspect 4:3", path));
  EXPECT_EQ(make_video_file_source(path)->next()->image->width(), 320);
}

/// How much rows differ from the mean of their neighbours: combs differ most.
double combs_of(const Image& image) {
  double sum = 0;
  for (int y = 1; y + 1 < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      sum += std::abs(2 * brightness_at(image, x, y) - brightness_at(image, x, y - 1) -
                      brightness_at(image, x, y + 1));
    }
  }
  return sum / image.width() / image.height();
}

/// A bar that moves to the right by 8 px from field to field.
constexpr const char* kMovingBar =
    "-f lavfi -i color=gray:s=320x240:r=50:d=1 -f lavfi -i color=white:s=40x200:r=50:d=1 "
    "-filter_complex '[0][1]overlay=x=8*n:y=20:eval=frame";

class EveryFieldOrder : public ::testing::TestWithParam<std::string> {
 protected:
  test::TempFolder folder_;
};

TEST_P(EveryFieldOrder, LosesItsCombs) {
  KATA_NEEDS_FFMPEG();
  const bool is_top = GetParam().substr(0, 3) == "tff";
  const auto path = folder_ / "interlaced.mkv";
  ASSERT_TRUE(test::make_video(std::string(kMovingBar) + ",tinterlace=interleave_" +
                                   (is_top ? "top" : "bottom") + "' -pix_fmt yuv420p " +
                                   GetParam().substr(4),
                               path));
  const auto source = make_video_file_source(path);
  int count = 0;
  while (const auto frame = source->next()) {
    EXPECT_LT(combs_of(*frame->image), 2.5) << "picture " << count;
    // The field that was taken first is kept (overlay counts from 1).
    const int left = 8 + 16 * count;
    if (left + 48 < 320) {
      EXPECT_GT(brightness_at(*frame->image, left + 5, 121), 200);
      EXPECT_GT(brightness_at(*frame->image, left + 5, 120), 200);
      EXPECT_LT(brightness_at(*frame->image, left + 45, 121), 180);
      EXPECT_LT(brightness_at(*frame->image, left + 45, 120), 180);
    }
    ++count;
  }
  EXPECT_EQ(count, 25);
}

INSTANTIATE_TEST_SUITE_P(
    Orders, EveryFieldOrder,
    ::testing::Values("tff -c:v mpeg2video -flags +ildct+ilme -top 1 -q:v 2 -bf 0",
                      "bff -c:v mpeg2video -flags +ildct+ilme -top 0 -q:v 2 -bf 0",
                      "tff -c:v libx264 -x264-params tff=1 -crf 12",
                      "bff -c:v libx264 -x264-params bff=1 -crf 12"));

}  // namespace
}  // namespace kata
