// SPDX-License-Identifier: Apache-2.0
//
// OpenVINO and libtorch bring threads and a TBB each; teaching, training a recurrent network and
// watching must nevertheless work in one process, and the networks must see the same after it as
// before.
#include <gtest/gtest.h>

#include <algorithm>

#include "kata/core/error.h"
#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"
#include "kata/learn/classifiers.h"
#include "kata/learn/judge.h"
#include "tests/support/shared_data.h"

namespace kata {
namespace {

bool can_train_bilstm() {
  const auto kinds = classifier_kinds();
  return std::find(kinds.begin(), kinds.end(), "bilstm") != kinds.end();
}

std::vector<Landmarks> watched(const std::string& clip, std::size_t frames) {
  const auto source = make_source(clip);
  const auto landmarker = make_landmarker();
  std::vector<Landmarks> result;
  while (result.size() < frames) {
    const auto frame = source->next();
    if (!frame) break;
    result.push_back(landmarker->detect(frame->image->view(), frame->timestamp));
  }
  return result;
}

/// Right ones as seen, wrong ones from the same frames backwards.
std::vector<Repetition> lessons(const std::vector<Landmarks>& seen) {
  std::vector<Repetition> result;
  for (int i = 0; i < 8; ++i) {
    Repetition repetition;
    repetition.movement = "hammer";
    repetition.label = i % 2 == 0 ? Label::kCorrect : Label::kIncorrect;
    repetition.frames.assign(seen.begin() + i / 2, seen.end());
    if (i % 2 != 0) {
      for (std::size_t k = 0; k < repetition.frames.size(); ++k) {
        Landmarks frame = *(seen.rbegin() + static_cast<std::ptrdiff_t>(k));
        frame.timestamp = seen[k].timestamp;
        repetition.frames[k] = frame;
      }
    }
    result.push_back(std::move(repetition));
  }
  return result;
}

TEST(BilstmBesideNetworks, TrainsBetweenTwoLooksAtTheSamePictures) {
  if (!can_train_bilstm()) GTEST_SKIP() << "built without libtorch";
  const std::string clip = test::source_path("demo/hammer-learner.mp4").string();
  const auto before = watched(clip, 12);
  ASSERT_EQ(before.size(), 12U);
  ASSERT_TRUE(before.back().pose);
  const Trained trained =
      train_judge(lessons(before), {.classifier = ClassifierKind::kBilstm, .with_report = false});
  EXPECT_NE(trained.judge->judge(before).movement, "");
  const auto after = watched(clip, 12);
  ASSERT_TRUE(after.back().pose);
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    EXPECT_NEAR(after.back().pose->points[i].x, before.back().pose->points[i].x, 1e-5);
  }
}

}  // namespace
}  // namespace kata
