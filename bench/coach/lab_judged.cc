// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>
#include <map>
#include <utility>

#include "lab.h"

namespace kata::bench {
namespace {

struct Tally {
  int right = 0;
  int all = 0;
  int refused = 0;
  Tally& operator+=(const Tally& other) {
    right += other.right;
    all += other.all;
    refused += other.refused;
    return *this;
  }
};

struct Seen {
  std::string name;
  Viewpoint view;
};

/// Cameras turned by up to 25°, each with bodies and tracking errors drawn by a seed.
std::vector<Seen> seen_list() {
  std::vector<Seen> list;
  for (const int yaw : {0, -15, 15, -25, 25}) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const double arm = 1 + 0.04 * (static_cast<double>(seed % 4) - 1.5);
      const double width = 1 + 0.05 * (static_cast<double>(seed / 2 % 2) - 0.5);
      list.push_back({"yaw " + std::to_string(yaw),
                      {.yaw_deg = static_cast<double>(yaw),
                       .pitch_deg = seed % 2 == 0 ? 4.0 : -4.0,
                       .arm_scale = arm,
                       .width_scale = width,
                       .noise_px = 1.5,
                       .lost_hands = 0.05,
                       .seed = seed}});
    }
  }
  return list;
}

Tally judged(const Lab& lab, const Judge& judge, const SyntheticClip& clip, const Seen& seen) {
  Tally tally;
  const LabTake take = seen_from(clip, seen.view);
  for (const LabTruth& truth : take.repetitions) {
    const Verdict verdict = judge.judge(frames_between(take, truth.start_s, truth.end_s));
    const bool is_right =
        verdict.kind ==
        (truth.label == Label::kCorrect ? VerdictKind::kCorrect : VerdictKind::kIncorrect);
    ++tally.all;
    tally.right += is_right ? 1 : 0;
    tally.refused += verdict.kind == VerdictKind::kOther ? 1 : 0;
    if (lab.with_details && !is_right) {
      std::printf("    %s, %s: %s judged %d (%s), distance %.2f\n", clip.name.c_str(),
                  seen.name.c_str(), truth.mistake.value_or("correct").c_str(),
                  static_cast<int>(verdict.kind), verdict.mistake.value_or("").c_str(),
                  verdict.distance);
    }
  }
  return tally;
}

using Table = std::map<std::string, std::map<std::string, Tally>>;

void print(const Table& table) {
  std::map<std::string, Tally> sums;
  for (const auto& [row, cells] : table) {
    std::printf("%-26s", row.c_str());
    for (const auto& [column, tally] : cells) {
      std::printf("  %s: %d/%d (%d refused)", column.c_str(), tally.right, tally.all,
                  tally.refused);
      sums[column] += tally;
    }
    std::printf("\n");
  }
  Tally all;
  for (const auto& [column, tally] : sums) {
    std::printf("  %-10s %d of %d right (%.3f), %d refused\n", column.c_str(), tally.right,
                tally.all, static_cast<double>(tally.right) / tally.all, tally.refused);
    all += tally;
  }
  std::printf("  %-10s %d of %d right (%.3f), %d refused\n", "all", all.right, all.all,
              static_cast<double>(all.right) / all.all, all.refused);
}

}  // namespace

void run_judged(const Lab& lab) {
  Table forward, back;
  for (const std::string& movement : synthetic_movements()) {
    const SyntheticClip learner = lab.synthetic(movement + "-learner");
    const SyntheticClip right = lab.synthetic(movement + "-teacher-right");
    const SyntheticClip wrong = lab.synthetic(movement + "-teacher-wrong");
    const auto by_teacher = judge_of(teacher_lessons(lab, movement));
    std::vector<Repetition> lessons;
    teach_by_truth(lessons, as_tracked(learner), 1);
    const auto by_learner = judge_of(lessons);
    for (const Seen& seen : seen_list()) {
      forward[movement][seen.name] += judged(lab, *by_teacher, learner, seen);
      back[movement][seen.name] += judged(lab, *by_learner, right, seen);
      back[movement][seen.name] += judged(lab, *by_learner, wrong, seen);
    }
  }
  std::printf("taught by the teacher, judging the learner\n");
  print(forward);
  std::printf("taught by the learner, judging the teacher\n");
  print(back);
}

}  // namespace kata::bench
