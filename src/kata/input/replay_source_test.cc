// SPDX-License-Identifier: Apache-2.0
#include "kata/input/replay_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <thread>

#include "kata/core/error.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using ::testing::ElementsAre;

/// Pictures at 30 Hz whose pixels are 1, 2, 3, …
std::string make_series(const test::TempFolder& folder, int count) {
  for (int i = 1; i <= count; ++i) {
    cv::imwrite((folder / (std::to_string(i) + ".png")).string(),
                cv::Mat(4, 4, CV_8UC3, cv::Scalar::all(i)));
  }
  return (folder / "%d.png").string();
}

TEST(LoopSource, BeginsAgainAndItsTimeGoesOn) {
  const test::TempFolder folder;
  const auto source = make_source("loop:" + make_series(folder, 3));
  std::vector<int> values;
  std::vector<long> frame_times;
  for (std::int64_t i = 0; i < 7; ++i) {
    const auto frame = source->next();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->index, i);
    values.push_back(frame->image->data()[0]);
    frame_times.push_back(std::lround(30 * seconds(frame->timestamp)));
  }
  EXPECT_THAT(values, ElementsAre(1, 2, 3, 1, 2, 3, 1));
  EXPECT_THAT(frame_times, ElementsAre(0, 1, 2, 3, 4, 5, 6));
  EXPECT_FALSE(source->describe().frame_count);
}

TEST(LiveSource, LeavesOutWhatCameWhileNobodyLooked) {
  const test::TempFolder folder;
  const auto source = make_source("live:" + make_series(folder, 12));
  EXPECT_TRUE(source->describe().is_live);
  const auto first = source->next();
  std::this_thread::sleep_for(std::chrono::milliseconds(150));
  const auto later = source->next();
  ASSERT_TRUE(first && later);
  EXPECT_GE(later->image->data()[0], 4) << "the pictures of the first 0.1 s are gone";
  EXPECT_EQ(later->index, 1);
  EXPECT_GE(seconds(later->timestamp), 0.1);
}

/// Endless pictures at 1000 Hz, each of which takes 3 ms to make.
class SlowSource : public FrameSource {
 public:
  std::optional<Frame> next() override {
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    const Timestamp timestamp(Duration(1000 * given_));
    return Frame{given_++, timestamp, std::make_shared<const Image>(4, 4, PixelFormat::kBgr)};
  }
  SourceDescription describe() const override { return {"slow", 4, 4, 1000, std::nullopt, false}; }

 private:
  std::int64_t given_ = 0;
};

TEST(LiveSource, GoesOnWhereTheMachineCannotKeepUpAtAll) {
  const auto source = make_live_source(std::make_unique<SlowSource>());
  Timestamp last{Duration(-1)};
  for (std::int64_t i = 0; i < 4; ++i) {
    const auto frame = source->next();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->index, i);
    EXPECT_GT(frame->timestamp, last);
    last = frame->timestamp;
  }
  source->cancel();
  EXPECT_FALSE(source->next());
}

TEST(LiveSource, GivesAPictureNoEarlierThanACameraWould) {
  const test::TempFolder folder;
  const auto source = make_source("live:" + make_series(folder, 4));
  const auto begin = std::chrono::steady_clock::now();
  Timestamp last{};
  while (const auto frame = source->next()) last = frame->timestamp;
  EXPECT_GE(std::chrono::steady_clock::now() - begin, last.time_since_epoch());
}

TEST(ReplaySources, PassOnWhatIsWrongWithTheOtherSource) {
  EXPECT_THROW(make_source("live:loop:/no/such/file.mp4"), Error);
  EXPECT_THROW(make_source("loop:"), Error);
}

}  // namespace
}  // namespace kata
