// SPDX-License-Identifier: Apache-2.0
#include "kata/session/watch.h"

#include <gtest/gtest.h>

#include "kata/learn/movement_for_test.h"

namespace kata {
namespace {

/// One polishing after the other, 25 frames a second; the pictures are empty.
class PolishingSource : public FrameSource {
 public:
  explicit PolishingSource(const std::vector<Landmarks>& frames) : frames_(frames) {}
  std::optional<Frame> next() override {
    if (given_ == frames_.size()) return std::nullopt;
    const Timestamp timestamp = frames_[given_].timestamp;
    return Frame{static_cast<std::int64_t>(given_++), timestamp,
                 std::make_shared<const Image>(8, 8, PixelFormat::kGray)};
  }
  SourceDescription describe() const override {
    return {"polishing", 8, 8, 25, std::nullopt, false};
  }

 private:
  const std::vector<Landmarks>& frames_;
  std::size_t given_ = 0;
};

/// Knows what is in the picture.
class Prompter : public Landmarker {
 public:
  explicit Prompter(const std::vector<Landmarks>& frames) : frames_(frames) {}
  Landmarks detect(const ImageView&, Timestamp) override { return frames_[calls_++]; }
  void reset() override {}

 private:
  const std::vector<Landmarks>& frames_;
  std::size_t calls_ = 0;
};

TEST(Watch, TellsEachVerdictOnceAndTheSummaryAddsUp) {
  Random random(5);
  test::Performance wrong;
  wrong.height = 0.7;
  auto lessons = test::taught("polish", Label::kCorrect, {}, 6, random);
  for (auto& one : test::taught("polish", Label::kIncorrect, wrong, 6, random))
    lessons.push_back(std::move(one));
  TrainOptions training;
  training.with_report = false;
  const auto judge = train_judge(lessons, training).judge;

  std::vector<Landmarks> frames;
  const auto add = [&](const std::vector<Landmarks>& some) {
    for (Landmarks frame : some) {
      frame.timestamp = timestamp_from_seconds(static_cast<double>(frames.size()) / 25);
      frames.push_back(frame);
    }
  };
  const std::vector<Landmarks> rest(25, test::pose_at({}, 0, random));
  add(rest);
  for (int i = 0; i < 4; ++i) {
    add(test::perform(i == 2 ? wrong : test::Performance{}, random));
    add(rest);
  }
  PolishingSource source(frames);
  Prompter landmarker(frames);
  std::vector<Verdict> told;
  std::int64_t seen = 0;
  WatchListener listener;
  listener.on_verdict = [&](const Verdict& verdict) { told.push_back(verdict); };
  listener.on_frame = [&](const FollowedFrame&, Sitting&) { return ++seen > 0; };
  const WatchSummary summary =
      watch(source, landmarker, judge, {.reported_repetitions = 10}, listener);
  EXPECT_EQ(seen, summary.stream.frames);
  EXPECT_EQ(summary.stream.frames, static_cast<std::int64_t>(frames.size()));
  EXPECT_EQ(told.size(), summary.verdicts.size());
  EXPECT_EQ(summary.tally.repetitions, 4);
  EXPECT_EQ(summary.tally.correct, 3);
  EXPECT_EQ(summary.tally.incorrect, 1);
  EXPECT_EQ(summary.reported.size(), 4U);
}

}  // namespace
}  // namespace kata
