// SPDX-License-Identifier: Apache-2.0
// What every source promises, run on each kind of them.
#include "kata/input/frame_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <opencv2/imgcodecs.hpp>
#include <ostream>

#include "kata/core/error.h"
#include "kata/input/camera_source.h"
#include "kata/input/sources.h"
#include "kata/input/synthetic_source.h"
#include "kata/input/test_videos.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using test::TempFolder;

struct SourceCase {
  std::string name;
  bool is_live;
  /// Empty where this machine cannot make such a source.
  std::function<std::unique_ptr<FrameSource>(const TempFolder&)> make;
};

/// Without this GoogleTest prints the bytes of the case, which differ from run to run.
void PrintTo(const SourceCase& source, std::ostream* stream) { *stream << source.name; }

std::filesystem::path make_clip(const TempFolder& folder) {
  auto path = folder / "clip.mp4";
  test::make_video("-f lavfi -i testsrc=s=160x120:r=25:d=1 -pix_fmt yuv420p", path);
  return path;
}

std::vector<SourceCase> cases() {
  return {
      {"Synthetic", false, [](const TempFolder&) { return make_synthetic_source({.frames = 12}); }},
      {"Image", false,
       [](const TempFolder& folder) {
         cv::imwrite((folder / "a.png").string(), cv::Mat(8, 10, CV_8UC3, cv::Scalar(1, 2, 3)));
         return make_source((folder / "a.png").string());
       }},
      {"Series", false,
       [](const TempFolder& folder) {
         for (int i = 0; i < 5; ++i) {
           cv::imwrite((folder / (std::to_string(i) + ".png")).string(),
                       cv::Mat(8, 10, CV_8UC3, cv::Scalar(1, 2, 3)));
         }
         return make_source((folder / "%d.png").string());
       }},
      {"Video", false,
       [](const TempFolder& folder) -> std::unique_ptr<FrameSource> {
         if (!test::has_ffmpeg()) return nullptr;
         return make_source(make_clip(folder).string());
       }},
      // A file behind an address behaves like a network camera that is unplugged after a second.
      {"Network", true,
       [](const TempFolder& folder) -> std::unique_ptr<FrameSource> {
         if (!test::has_ffmpeg()) return nullptr;
         return make_network_source("file:" + make_clip(folder).string());
       }},
  };
}

class EverySource : public ::testing::TestWithParam<SourceCase> {
 protected:
  void SetUp() override {
    source_ = GetParam().make(folder_);
    if (!source_) GTEST_SKIP() << "needs the ffmpeg program";
  }
  /// The next frame; empty at the end, which for live sources is being unplugged.
  std::optional<Frame> next() {
    try {
      return source_->next();
    } catch (const Error& error) {
      EXPECT_TRUE(GetParam().is_live) << error.what();
      EXPECT_EQ(error.code(), ErrorCode::kUnavailable);
      return std::nullopt;
    }
  }

  TempFolder folder_;
  std::unique_ptr<FrameSource> source_;
};

TEST_P(EverySource, CountsFramesFromZeroAndItsTimeRisesStrictlyFromZero) {
  std::optional<Timestamp> last;
  std::int64_t count = 0;
  while (const auto frame = next()) {
    EXPECT_EQ(frame->index, count++);
    EXPECT_EQ(frame->timestamp == Timestamp{}, !last.has_value());
    EXPECT_TRUE(!last || frame->timestamp > *last);
    last = frame->timestamp;
  }
  EXPECT_GT(count, 0);
}

TEST_P(EverySource, GivesBgrPicturesOfTheSizeItDescribes) {
  const SourceDescription description = source_->describe();
  const auto frame = next();
  ASSERT_TRUE(frame && frame->image);
  EXPECT_EQ(frame->image->format(), PixelFormat::kBgr);
  EXPECT_EQ(frame->image->width(), description.width);
  EXPECT_EQ(frame->image->height(), description.height);
  EXPECT_FALSE(description.name.empty());
}

TEST_P(EverySource, StaysEndedAfterTheEnd) {
  while (next()) {
  }
  EXPECT_FALSE(next());
  EXPECT_FALSE(next());
}

TEST_P(EverySource, KeepsEarlierPicturesAsTheyWere) {
  const auto first = next();
  ASSERT_TRUE(first);
  const Image copy(first->image->view());
  while (next()) {
  }
  const std::size_t bytes = copy.row_stride() * static_cast<std::size_t>(copy.height());
  EXPECT_TRUE(std::equal(copy.data(), copy.data() + bytes, first->image->data()));
}

TEST_P(EverySource, SaysWhetherItIsLiveAndThenHowLongItIs) {
  const SourceDescription description = source_->describe();
  EXPECT_EQ(description.is_live, GetParam().is_live);
  if (GetParam().is_live) {
    EXPECT_FALSE(description.frame_count);
    return;
  }
  std::int64_t count = 0;
  while (next()) ++count;
  EXPECT_EQ(description.frame_count, count);
  EXPECT_THAT(source_->warnings(), ::testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Sources, EverySource, ::testing::ValuesIn(cases()),
                         [](const auto& test) { return test.param.name; });

std::string_view kind_of(const std::string& spec) {
  for (const SourceKind& kind : source_kinds()) {
    if (kind.accepts(spec)) return kind.name;
  }
  return "";
}

TEST(Sources, ChooseTheKindByTheWayItIsWritten) {
  EXPECT_EQ(kind_of("0"), "camera");
  EXPECT_EQ(kind_of("12"), "camera");
  EXPECT_EQ(kind_of("/dev/video3"), "device");
  EXPECT_EQ(kind_of("rtsp://camera.local:8554/a?b"), "network");
  EXPECT_EQ(kind_of("http://phone:8080/video"), "network");
  EXPECT_EQ(kind_of("a/b.JPEG"), "images");
  EXPECT_EQ(kind_of("frames/%04d.png"), "images");
  EXPECT_EQ(kind_of("frames/*.png"), "images");
  EXPECT_EQ(kind_of("clip.mp4"), "video");
  EXPECT_EQ(kind_of("clip"), "video");
  EXPECT_EQ(kind_of("2026"), "video");
}

TEST(Sources, TellHowToGoOnWithoutACamera) {
  if (std::filesystem::exists("/dev/video97")) GTEST_SKIP() << "this machine has 97 cameras";
  ::testing::internal::CaptureStderr();
  try {
    make_source("97");
    ADD_FAILURE() << "there cannot be such a camera";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "no camera answers as number 97; plug one in or name a video file");
    EXPECT_EQ(error.code(), ErrorCode::kNotFound);
  }
  EXPECT_THROW(make_source("/dev/video97"), Error);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(Sources, RefuseAnEmptyName) { EXPECT_THROW(make_source(""), Error); }

TEST(Sources, GiveUpOnAnAddressWhereNobodyListens) {
  try {
    make_source("rtsp://127.0.0.1:9/none");
    ADD_FAILURE() << "nobody listens there";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUnavailable);
  }
}

TEST(SyntheticSource, DrawsItsFigureWhereItSays) {
  const SyntheticOptions options{.width = 320, .height = 240, .frames = 26};
  const auto source = make_synthetic_source(options);
  Frame last;
  while (const auto frame = source->next()) last = *frame;
  const Landmarks truth = synthetic_landmarks(options, last.timestamp);
  const PointInUnit wrist = truth.pose->points[16];
  const auto x = static_cast<std::size_t>(wrist.x * 320);
  const auto y = static_cast<std::size_t>(wrist.y * 240);
  EXPECT_LT(last.image->data()[y * last.image->row_stride() + 3 * x], 120)
      << "a dark line is there";
  EXPECT_LT(truth.pose->points[16].y, truth.pose->points[12].y) << "the right arm is raised";
  EXPECT_GT(truth.pose->points[11].x, truth.pose->points[12].x) << "left is the person's own";
}

}  // namespace
}  // namespace kata
