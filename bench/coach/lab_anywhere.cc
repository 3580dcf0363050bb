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

std::vector<Repetition> taught(const Lab& lab, const std::string& movement, std::uint64_t seed,
                               const std::vector<ShownTake>& shown,
                               std::optional<int> first = std::nullopt) {
  std::vector<Repetition> lessons = taught_by_cut(shown, first);
  if (!lab.with_details) return lessons;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    std::printf("%s %d take %zu, cut:", movement.c_str(), static_cast<int>(seed), i + 1);
    for (const Repetition& one : lessons) {
      if (one.take != static_cast<std::int64_t>(i) + 1) continue;
      std::printf(" %.1f–%.1f", seconds(one.frames.front().timestamp),
                  seconds(one.frames.back().timestamp));
    }
    std::printf("; truth:");
    for (const LabTruth& one : shown[i].take.repetitions)
      std::printf(" %.1f–%.1f", one.start_s, one.end_s);
    std::printf("\n");
  }
  return lessons;
}

std::vector<Repetition> lessons_from_anywhere(const Lab& lab, const std::string& movement,
                                              std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<ShownTake> shown;
  for (const auto& [kind, label] : {std::pair{"-teacher-right", Label::kCorrect},
                                    std::pair{"-teacher-wrong", Label::kIncorrect}}) {
    const LabTake clip = seen_from(lab.synthetic(movement + kind), {.noise_px = 1, .seed = seed});
    const std::size_t first = random() % clip.frames.size();
    shown.push_back({as_sent(begun_within(clip, first, kTake_s), random), label});
  }
  return taught(lab, movement, seed, shown);
}

/// As `kata teach --repetitions 5` shows it: standing still at first, ended a while after the fifth
/// repetition, with the next one begun.
std::vector<Repetition> lessons_of_five(const Lab& lab, const std::string& movement,
                                        std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> more_s(1.6, 2.8);
  std::vector<ShownTake> shown;
  for (const auto& [kind, label] : {std::pair{"-teacher-right", Label::kCorrect},
                                    std::pair{"-teacher-wrong", Label::kIncorrect}}) {
    const LabTake clip = seen_from(lab.synthetic(movement + kind), {.noise_px = 1, .seed = seed});
    shown.push_back({begun_within(clip, 0, clip.repetitions[4].end_s + more_s(random)), label});
  }
  return taught(lab, movement, seed, shown, 5);
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
