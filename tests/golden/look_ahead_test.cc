// SPDX-License-Identifier: Apache-2.0
// A landmarker that was told what comes next finds the same, number for number, as one that was
// not told.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"
#include "kata/show/track_format.h"
#include "tests/support/shared_data.h"

namespace kata {
namespace {

constexpr std::size_t kFrames = 40;

std::vector<Frame> first_frames(const std::filesystem::path& clip) {
  const auto source = make_source(clip.string());
  std::vector<Frame> frames;
  while (frames.size() < kFrames) {
    auto frame = source->next();
    if (!frame) break;
    frames.push_back(*std::move(frame));
  }
  return frames;
}

/// Called before the frame of this number is detected.
using Before = std::function<void(Landmarker&, const std::vector<Frame>&, std::size_t)>;

/// One line for each frame, with all its numbers.
std::vector<std::string> tracked(const std::vector<Frame>& frames, LandmarkMode mode,
                                 const Before& before, bool with_look_ahead = true) {
  EXPECT_EQ(frames.size(), kFrames);
  LandmarkerOptions options;
  options.mode = mode;
  options.with_look_ahead = with_look_ahead;
  const auto landmarker = make_landmarker(options);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    before(*landmarker, frames, i);
    const Landmarks found = landmarker->detect(frames[i].image->view(), frames[i].timestamp);
    lines.push_back(track_json(static_cast<std::int64_t>(i), found));
  }
  return lines;
}

std::vector<Frame> frames_of_the_demo() {
  return first_frames(test::source_path("demo/hammer-teacher-right.mp4"));
}

std::vector<std::string> tracked(LandmarkMode mode, const Before& before) {
  static const std::vector<Frame> frames = frames_of_the_demo();
  return tracked(frames, mode, before);
}

void do_nothing(Landmarker& /*landmarker*/, const std::vector<Frame>& /*frames*/,
                std::size_t /*at*/) {}

void expect_the_next(Landmarker& landmarker, const std::vector<Frame>& frames, std::size_t at) {
  for (std::size_t i = at + 1; i < std::min(at + 1 + kPicturesAhead, frames.size()); ++i) {
    landmarker.expect(frames[i].image, frames[i].timestamp);
  }
}

class LookAhead : public ::testing::TestWithParam<LandmarkMode> {};

TEST_P(LookAhead, FindsTheSame) {
  EXPECT_EQ(tracked(GetParam(), expect_the_next), tracked(GetParam(), do_nothing));
}

// A body that is found false, hands that come and go.
TEST_P(LookAhead, FindsTheSameOnRealClips) {
  for (const char* clip : {"data/seed/clay.mp4", "data/videos/dance_mediapipe.mp4"}) {
    KATA_NEEDS_SHARED(clip);
    const auto frames = first_frames(test::shared_path(clip));
    EXPECT_EQ(tracked(frames, GetParam(), expect_the_next),
              tracked(frames, GetParam(), do_nothing, false))
        << clip;
  }
}

TEST_P(LookAhead, ForgetsWhatWasExpectedWhenAnotherPictureComes) {
  const auto expect_another = [](Landmarker& landmarker, const std::vector<Frame>& frames,
                                 std::size_t at) {
    landmarker.expect(frames[0].image, frames[at].timestamp + std::chrono::hours(1));
  };
  EXPECT_EQ(tracked(GetParam(), expect_another), tracked(GetParam(), do_nothing));
}

TEST_P(LookAhead, ForgetsWhatWasExpectedOnReset) {
  const auto reset_at_ten = [](Landmarker& landmarker, std::size_t at) {
    if (at == 10) landmarker.reset();
  };
  const auto plain = tracked(GetParam(), [&](Landmarker& landmarker, const auto&, std::size_t at) {
    reset_at_ten(landmarker, at);
  });
  EXPECT_EQ(tracked(GetParam(),
                    [&](Landmarker& landmarker, const auto& frames, std::size_t at) {
                      reset_at_ten(landmarker, at);
                      expect_the_next(landmarker, frames, at);
                    }),
            plain);
}

TEST_P(LookAhead, EndsWithPicturesThatNobodyAskedAbout) {
  std::vector<Frame> frames = frames_of_the_demo();
  LandmarkerOptions options;
  options.mode = GetParam();
  options.with_look_ahead = true;
  std::weak_ptr<const Image> announced;
  {
    const auto landmarker = make_landmarker(options);
    expect_the_next(*landmarker, frames, 0);
    landmarker->detect(frames[0].image->view(), frames[0].timestamp);
    announced = frames[kPicturesAhead].image;
    frames.clear();  // as when a stage of the loop is stopped
  }
  EXPECT_TRUE(announced.expired());
}

INSTANTIATE_TEST_SUITE_P(Modes, LookAhead,
                         ::testing::Values(LandmarkMode::kAuto, LandmarkMode::kHolistic,
                                           LandmarkMode::kHands, LandmarkMode::kBody));

}  // namespace
}  // namespace kata
