// SPDX-License-Identifier: Apache-2.0
// Teaching, cutting, training and watching together; cases.txt says what must be reached.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "kata/motion/repetition_cut.h"
#include "synthetic_clip.h"
#include "tests/support/shared_data.h"
#include "watch_score.h"

namespace kata {
namespace {

using namespace bench;

constexpr Viewpoint kFront = {.noise_px = 1.5, .lost_hands = 0.03};

struct Case {
  std::string kind, movement, view;
  int least_right = 0;
  int most_wrong = 0;
};

/// Without this GoogleTest prints the bytes of the case, which differ from run to run.
void PrintTo(const Case& one, std::ostream* stream) {
  *stream << one.kind << ' ' << one.movement << ' ' << one.view;
}

std::vector<Case> read_cases() {
  std::vector<Case> cases;
  std::ifstream file(test::source_path("tests/acceptance/cases.txt"));
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    Case one;
    words >> one.kind >> one.movement >> one.view >> one.least_right >> one.most_wrong;
    cases.push_back(one);
  }
  return cases;
}

SyntheticClip clip(const std::string& name) {
  return load_synthetic(test::shared_path("data/synthetic"), name, {});
}

std::shared_ptr<const Judge> taught(const std::string& movement) {
  static std::map<std::string, std::shared_ptr<const Judge>> judges;
  auto& judge = judges[movement];
  if (judge) return judge;
  const std::vector<Repetition> lessons =
      taught_by_cut({{seen_from(clip(movement + "-teacher-right"), kFront), Label::kCorrect},
                     {seen_from(clip(movement + "-teacher-wrong"), kFront), Label::kIncorrect}});
  TrainOptions options;
  options.with_report = false;
  judge = train_judge(lessons, options).judge;
  return judge;
}

LabTake nobody() {
  LabTake take;
  for (int i = 0; i < 500; ++i) {
    Landmarks frame;
    frame.timestamp = timestamp_from_seconds(i * 0.04);
    take.frames.push_back(frame);
  }
  return take;
}

/// The stream of a case; of another movement nothing counts as a repetition.
LabTake stream_of(const Case& one) {
  if (one.kind == "nobody") return nobody();
  Viewpoint view = kFront;
  view.seed = 2;
  view.is_mirrored = one.view == "left_handed";
  const bool is_other = one.kind == "other";
  LabTake take = seen_from(clip((is_other ? one.view : one.movement) + "-learner"), view);
  if (is_other) take.repetitions.clear();
  return take;
}

class CoachAcceptance : public testing::TestWithParam<Case> {};

TEST_P(CoachAcceptance, ReachesWhatTheCaseAsks) {
  KATA_NEEDS_SHARED("data/synthetic");
  const Case& one = GetParam();
  const LabTake take = stream_of(one);
  const Watching watching =
      watch(taught(one.movement), take, {.swap_sides = one.view == "left_handed"});
  const WatchScore reached = score(take, watching);
  const int wrong = reached.found - reached.agreed - reached.unsure + reached.false_verdicts;
  EXPECT_GE(reached.agreed, one.least_right);
  EXPECT_LE(wrong, one.most_wrong);
  if (one.kind == "learner") {
    EXPECT_LE(reached.delay_s(), 0.35);
  }
  if (one.kind == "nobody") {
    EXPECT_GT(watching.cannot_see_s, 10);
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, CoachAcceptance, testing::ValuesIn(read_cases()),
                         [](const auto& one) {
                           const std::string view =
                               one.param.view == "-" ? "" : "_" + one.param.view;
                           return one.param.kind + "_" + one.param.movement + view;
                         });

class CutAcceptance : public testing::TestWithParam<const char*> {};

TEST_P(CutAcceptance, TeacherTakesAreExactWithinAQuarterSecond) {
  KATA_NEEDS_SHARED("data/synthetic");
  const LabTake take = seen_from(clip(GetParam()), kFront);
  const auto spans = cut_repetitions(take.frames);
  ASSERT_EQ(spans.size(), take.repetitions.size());
  double sum_s = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    sum_s += std::abs(seconds(take.frames[spans[i].first].timestamp) - take.repetitions[i].start_s);
    sum_s += std::abs(seconds(take.frames[spans[i].last].timestamp) - take.repetitions[i].end_s);
  }
  EXPECT_LE(sum_s / static_cast<double>(2 * spans.size()), 0.25);
}

INSTANTIATE_TEST_SUITE_P(RightTakes, CutAcceptance,
                         testing::Values("fold-teacher-right", "hammer-teacher-right",
                                         "hello-teacher-right", "polish-teacher-right",
                                         "saw-teacher-right"));

}  // namespace
}  // namespace kata
