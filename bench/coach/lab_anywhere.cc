// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

#include "lab.h"

namespace kata::bench {
namespace {

constexpr int kSeeds = 12;
constexpr double kTake_s = 17;
constexpr double kSent_fps = 34;

/// As a browser sends it: each picture once or twice, with moments that tremble.
LabTake as_sent(const LabTake& take, std::mt19937_64& random) {
  std::normal_distribution<double> late_s(0, 0.006);
  LabTake sent = take;
  sent.frames.clear();
  std::size_t next = 0;
  double before_s = -1;
  for (double at_s = 0; at_s < take.duration_s(); at_s += 1 / kSent_fps) {
    while (next + 1 < take.frames.size() && seconds(take.frames[next + 1].timestamp) <= at_s)
      ++next;
    const double now_s = std::max(before_s + 0.002, at_s + late_s(random));
    Landmarks frame = take.frames[next];
    frame.timestamp = timestamp_from_seconds(now_s);
    sent.frames.push_back(std::move(frame));
    before_s = now_s;
  }
  return sent;
}

std::vector<Repetition> lessons_from_anywhere(const Lab& lab, const std::string& movement,
                                              std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Repetition> lessons;
  std::int64_t number = 0;
  for (const auto& [kind, label] : {std::pair{"-teacher-right", Label::kCorrect},
                                    std::pair{"-teacher-wrong", Label::kIncorrect}}) {
    const LabTake clip = seen_from(lab.synthetic(movement + kind), {.noise_px = 1, .seed = seed});
    const std::size_t first = random() % clip.frames.size();
    const LabTake take = as_sent(begun_within(clip, first, kTake_s), random);
    teach_by_cut(lessons, take, label, ++number);
  }
  return lessons;
}

/// As `kata teach --repetitions 5` shows it: standing still at first, ended a while after the fifth
/// repetition, with the next one begun.
std::vector<Repetition> lessons_of_five(const Lab& lab, const std::string& movement,
                                        std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> more_s(1.6, 2.8);
  std::vector<Repetition> lessons;
  std::int64_t number = 0;
  for (const auto& [kind, label] : {std::pair{"-teacher-right", Label::kCorrect},
                                    std::pair{"-teacher-wrong", Label::kIncorrect}}) {
    const LabTake clip = seen_from(lab.synthetic(movement + kind), {.noise_px = 1, .seed = seed});
    const LabTake take = begun_within(clip, 0, clip.repetitions[4].end_s + more_s(random));
    std::size_t shown = lessons.size();
    teach_by_cut(lessons, take, label, ++number, 5);
    if (!lab.with_details) continue;
    std::printf("%s %d%s:", movement.c_str(), static_cast<int>(seed), kind);
    for (; shown < lessons.size(); ++shown)
      std::printf(" %.1f–%.1f", seconds(lessons[shown].frames.front().timestamp),
                  seconds(lessons[shown].frames.back().timestamp));
    std::printf("\n");
  }
  return lessons;
}

using Teaching = std::vector<Repetition> (*)(const Lab&, const std::string&, std::uint64_t);

void run_taught(const Lab& lab, Teaching teaching) {
  WatchScore total;
  for (const std::string& movement : synthetic_movements()) {
    const LabTake learner = as_tracked(lab.synthetic(movement + "-learner"));
    WatchScore of_movement;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const auto judge = judge_of(teaching(lab, movement, seed), true);
      const Watching watching = watch(judge, learner);
      const WatchScore one = score(learner, watching);
      if (lab.with_details) {
        print_score(movement + " " + std::to_string(seed), one);
        print_details(learner, watching);
      }
      of_movement += one;
    }
    print_score(movement, of_movement);
    total += of_movement;
  }
  print_score("all", total);
}

}  // namespace

void run_five(const Lab& lab) { run_taught(lab, lessons_of_five); }

void run_anywhere(const Lab& lab) { run_taught(lab, lessons_from_anywhere); }

}  // namespace kata::bench
