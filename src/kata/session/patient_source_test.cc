// SPDX-License-Identifier: Apache-2.0
#include "kata/session/patient_source.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "kata/core/error.h"
#include "kata/session/blind_landmarker.h"
#include "kata/session/follow.h"

namespace kata {
namespace {

using std::chrono::milliseconds;

/// Gives `frames` pictures, then ends or fails.
class ShortLivedSource : public FrameSource {
 public:
  ShortLivedSource(int frames, bool is_live, std::optional<ErrorCode> failure)
      : frames_(frames), is_live_(is_live), failure_(failure) {}

  std::optional<Frame> next() override {
    if (given_ < frames_) {
      const Frame frame{given_, Timestamp(Duration(given_ * 40'000)),
                        std::make_shared<const Image>(8, 8, PixelFormat::kGray)};
      ++given_;
      std::this_thread::sleep_for(milliseconds(1));
      return frame;
    }
    if (failure_) throw Error(*failure_, "the camera no longer answers");
    return std::nullopt;
  }
  SourceDescription describe() const override {
    return {"camera 0", 8, 8, 25, std::nullopt, is_live_};
  }

 private:
  int frames_;
  bool is_live_;
  std::optional<ErrorCode> failure_;
  std::int64_t given_ = 0;
};

/// A camera that fails after 5 pictures, is not there twice, busy once, then gives 4 and ends.
struct LooseCable {
  int opened = 0;
  std::unique_ptr<FrameSource> operator()() {
    ++opened;
    if (opened == 1) return std::make_unique<ShortLivedSource>(5, true, ErrorCode::kUnavailable);
    if (opened <= 3) throw Error(ErrorCode::kNotFound, "no camera answers");
    if (opened == 4) throw Error(ErrorCode::kUnavailable, "another program may be using it");
    return std::make_unique<ShortLivedSource>(4, true, std::nullopt);
  }
};

TEST(PatientSource, OpensAFailedCameraAgainAndTimeAndNumbersGoOn) {
  PatientSource source(LooseCable{}, {milliseconds(20)});
  std::vector<Frame> frames;
  while (auto frame = source.next()) frames.push_back(*frame);
  ASSERT_EQ(frames.size(), 9U);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    EXPECT_EQ(frames[i].index, static_cast<std::int64_t>(i));
    EXPECT_TRUE(i == 0 || frames[i].timestamp > frames[i - 1].timestamp);
  }
  EXPECT_GE(frames[5].timestamp - frames[4].timestamp, milliseconds(60))
      << "three tries lie between";
  EXPECT_EQ(frames[6].timestamp - frames[5].timestamp, milliseconds(40)) << "the source's own time";
  EXPECT_EQ(source.failures(), 1);
  EXPECT_EQ(source.problem(), "");
  ASSERT_EQ(source.warnings().size(), 1U);
}

TEST(PatientSource, TellsWhyNoPictureComesAndEndsWhenCancelled) {
  bool has_opened = false;
  PatientSource source(
      [&]() -> std::unique_ptr<FrameSource> {
        if (std::exchange(has_opened, true)) throw Error(ErrorCode::kNotFound, "plug it in");
        return std::make_unique<ShortLivedSource>(1, true, ErrorCode::kUnavailable);
      },
      {milliseconds(10)});
  ASSERT_TRUE(source.next());
  std::jthread user([&] {
    for (int i = 0; i < 200 && source.problem() != "plug it in"; ++i)
      std::this_thread::sleep_for(milliseconds(5));
    EXPECT_EQ(source.problem(), "plug it in");
    source.cancel();
  });
  EXPECT_FALSE(source.next());
}

TEST(PatientSource, GivesUpAfterTheLongestWait) {
  bool has_opened = false;
  PatientSource source(
      [&]() -> std::unique_ptr<FrameSource> {
        if (std::exchange(has_opened, true)) throw Error(ErrorCode::kNotFound, "plug it in");
        return std::make_unique<ShortLivedSource>(1, true, ErrorCode::kUnavailable);
      },
      {milliseconds(10), milliseconds(100)});
  ASSERT_TRUE(source.next());
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THROW(source.next(), Error);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(90));
  EXPECT_EQ(source.failures(), 1);
  EXPECT_TRUE(source.warnings().empty()) << "it was not opened again";
}

TEST(PatientSource, WhatIsNoCameraFailsAsEver) {
  PatientSource file(
      [] { return std::make_unique<ShortLivedSource>(2, false, ErrorCode::kUnavailable); });
  EXPECT_TRUE(file.next());
  EXPECT_TRUE(file.next());
  EXPECT_THROW(file.next(), Error);
  PatientSource damaged(
      [] { return std::make_unique<ShortLivedSource>(0, true, ErrorCode::kCorrupt); });
  EXPECT_THROW(damaged.next(), Error);
  EXPECT_THROW(PatientSource([]() -> std::unique_ptr<FrameSource> {
                 throw Error(ErrorCode::kNotFound, "no");
               }),
               Error);
}

TEST(Follow, LosesNothingWhenTheCameraFailsAndReturns) {
  PatientSource source(LooseCable{}, {milliseconds(80)});
  BlindLandmarker landmarker;
  std::int64_t frames = 0;
  int waits = 0;
  std::string heard;
  FollowOptions options;
  options.on_waiting = [&](Duration) {
    ++waits;
    if (!source.problem().empty()) heard = source.problem();
    return true;
  };
  const FollowSummary summary = follow(
      source, landmarker, [&](const FollowedFrame&) { return ++frames > 0; }, options);
  EXPECT_EQ(summary.frames + summary.dropped, 9);
  EXPECT_EQ(summary.delivered, 9);
  EXPECT_EQ(summary.frames, frames);
  EXPECT_GE(waits, 2) << "the window stays alive meanwhile";
  EXPECT_FALSE(heard.empty());
}

TEST(Follow, TheUserCanQuitWhileTheCameraIsAway) {
  bool has_opened = false;
  PatientSource source(
      [&]() -> std::unique_ptr<FrameSource> {
        if (std::exchange(has_opened, true)) throw Error(ErrorCode::kNotFound, "plug it in");
        return std::make_unique<ShortLivedSource>(3, true, ErrorCode::kUnavailable);
      },
      {std::chrono::seconds(60)});
  BlindLandmarker landmarker;
  FollowOptions options;
  options.on_waiting = [](Duration since) { return since < milliseconds(150); };
  const auto begin = std::chrono::steady_clock::now();
  const FollowSummary summary = follow(
      source, landmarker, [](const FollowedFrame&) { return true; }, options);
  EXPECT_GE(summary.frames, 1);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20))
      << "not the whole retry";
}

}  // namespace
}  // namespace kata
