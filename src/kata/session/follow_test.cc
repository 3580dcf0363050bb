// SPDX-License-Identifier: Apache-2.0
#include "kata/session/follow.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "kata/core/error.h"

namespace kata {
namespace {

struct Script {
  int frames = 0;
  bool is_live = false;
  bool is_unplugged_at_end = false;
};

/// Gives a fixed number of grey pictures, 40 ms apart.
class ScriptedSource : public FrameSource {
 public:
  explicit ScriptedSource(const Script& script) : script_(script) {}

  std::optional<Frame> next() override {
    if (given_ == script_.frames) {
      if (script_.is_unplugged_at_end)
        throw Error(ErrorCode::kUnavailable, "the camera was unplugged");
      return std::nullopt;
    }
    const Frame frame{given_, Timestamp(Duration(given_ * 40'000)),
                      std::make_shared<const Image>(8, 8, PixelFormat::kGray)};
    ++given_;
    return frame;
  }
  SourceDescription describe() const override {
    return {"script", 8, 8, 25, script_.frames, script_.is_live};
  }
  std::vector<std::string> warnings() const override { return {"one warning"}; }

 private:
  Script script_;
  std::int64_t given_ = 0;
};

/// Sees a body in every second picture.
class EverySecond : public Landmarker {
 public:
  Landmarks detect(const ImageView&, Timestamp timestamp) override {
    if (fails_at_ == calls_) throw std::runtime_error("network failed");
    Landmarks landmarks;
    landmarks.timestamp = timestamp;
    if (calls_++ % 2 == 0) landmarks.pose.emplace();
    return landmarks;
  }
  void reset() override {}
  void fail_at(int call) { fails_at_ = call; }

 private:
  int calls_ = 0;
  int fails_at_ = -1;
};

TEST(Follow, LosesNoFrameOfAFileAndKeepsTheirOrder) {
  ScriptedSource source({.frames = 200});
  EverySecond landmarker;
  std::vector<std::int64_t> seen;
  const FollowSummary summary = follow(source, landmarker, [&](const FollowedFrame& followed) {
    EXPECT_EQ(followed.landmarks.timestamp, followed.frame.timestamp);
    seen.push_back(followed.frame.index);
    return true;
  });
  ASSERT_EQ(seen.size(), 200U);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], static_cast<std::int64_t>(i));
  EXPECT_EQ(summary.frames, 200);
  EXPECT_EQ(summary.dropped, 0);
  EXPECT_EQ(summary.frames_with_pose, 100);
  EXPECT_EQ(summary.warnings, std::vector<std::string>{"one warning"});
}

TEST(Follow, SlowViewerOfALiveSourceGetsTheNewestAndDropsAreCounted) {
  ScriptedSource source({.frames = 500, .is_live = true});
  EverySecond landmarker;
  std::int64_t last = -1;
  const FollowSummary summary = follow(source, landmarker, [&](const FollowedFrame& followed) {
    EXPECT_GT(followed.frame.index, last);
    last = followed.frame.index;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return true;
  });
  EXPECT_EQ(last, 499) << "the newest frame is never lost";
  EXPECT_EQ(summary.frames + summary.dropped, 500);
}

TEST(Follow, EndsWhenTheViewerHasEnough) {
  ScriptedSource source({.frames = 100'000});
  EverySecond landmarker;
  const FollowSummary summary = follow(
      source, landmarker, [](const FollowedFrame& followed) { return followed.frame.index < 4; });
  EXPECT_EQ(summary.frames, 5);
}

TEST(Follow, EndsWhenStopIsRequested) {
  ScriptedSource source({.frames = 100'000});
  EverySecond landmarker;
  std::stop_source stop;
  const FollowSummary summary = follow(
      source, landmarker,
      [&](const FollowedFrame& followed) {
        if (followed.frame.index == 10) stop.request_stop();
        return true;
      },
      {}, stop.get_token());
  EXPECT_EQ(summary.frames, 11);
}

TEST(Follow, UnpluggedSourceThrowsAfterItsLastFrameWasHandled) {
  ScriptedSource source({.frames = 7, .is_unplugged_at_end = true});
  EverySecond landmarker;
  int handled = 0;
  EXPECT_THROW(follow(source, landmarker, [&](const FollowedFrame&) { return ++handled > 0; }),
               Error);
  EXPECT_EQ(handled, 7);
}

TEST(Follow, LiveSourceThatFailsHasEndedAndAWarningNamesTheMoment) {
  ScriptedSource source({.frames = 51, .is_live = true, .is_unplugged_at_end = true});
  EverySecond landmarker;
  std::int64_t last = -1;
  const FollowSummary summary = follow(source, landmarker, [&](const FollowedFrame& followed) {
    last = followed.frame.index;
    return true;
  });
  EXPECT_EQ(last, 50);
  ASSERT_EQ(summary.warnings.size(), 2U) << "its own and the end";
  EXPECT_NE(summary.warnings[0].find("the last picture came at 2.0 s"), std::string::npos)
      << summary.warnings[0];
  ScriptedSource dead({.frames = 0, .is_live = true, .is_unplugged_at_end = true});
  EXPECT_THROW(follow(dead, landmarker, [](const FollowedFrame&) { return true; }), Error)
      << "nothing came: it has never begun";
}

TEST(Follow, FailureOfTheLandmarkerReachesTheCaller) {
  ScriptedSource source({.frames = 100});
  EverySecond landmarker;
  landmarker.fail_at(5);
  EXPECT_THROW(follow(source, landmarker, [](const FollowedFrame&) { return true; }),
               std::runtime_error);
}

TEST(Follow, FailureOfTheViewerStopsEverything) {
  ScriptedSource source({.frames = 100'000});
  EverySecond landmarker;
  EXPECT_THROW(
      follow(source, landmarker,
             [](const FollowedFrame&) -> bool { throw Error(ErrorCode::kIo, "disk full"); }),
      Error);
}

TEST(Follow, ReportsProgressUpToTheEnd) {
  ScriptedSource source({.frames = 10});
  EverySecond landmarker;
  double done = 0;
  follow(
      source, landmarker, [](const FollowedFrame&) { return true; },
      [&](double fraction, std::string_view) {
        EXPECT_GE(fraction, done);
        done = fraction;
      });
  EXPECT_DOUBLE_EQ(done, 1);
}

}  // namespace
}  // namespace kata
