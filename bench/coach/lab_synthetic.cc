// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>

#include "lab.h"

namespace kata::bench {

std::shared_ptr<const Judge> judge_of(const std::vector<Repetition>& lessons, bool may_be_few) {
  TrainOptions options;
  options.may_be_few = may_be_few;
  options.with_report = false;
  return train_judge(lessons, options).judge;
}

std::vector<Repetition> teacher_lessons(const Lab& lab, const std::string& movement) {
  return taught_by_cut(
      {{as_tracked(lab.synthetic(movement + "-teacher-right")), Label::kCorrect},
       {as_tracked(lab.synthetic(movement + "-teacher-wrong")), Label::kIncorrect}});
}

void report(const Lab& lab, const LabTake& take, const Watching& watching, WatchScore& total) {
  const WatchScore one = score(take, watching);
  print_score(take.name, one);
  if (lab.with_details) print_details(take, watching);
  total += one;
}

void run_synthetic(const Lab& lab) {
  WatchScore total;
  for (const std::string& movement : synthetic_movements()) {
    const auto judge = judge_of(teacher_lessons(lab, movement));
    const LabTake take = as_tracked(lab.synthetic(movement + "-learner"));
    report(lab, take, watch(judge, take), total);
  }
  print_score("all", total);
}

void run_crossed(const Lab& lab) {
  int clips = 0, clips_with_verdict = 0, verdicts = 0;
  double watched_s = 0;
  for (const std::string& movement : synthetic_movements()) {
    const auto judge = judge_of(teacher_lessons(lab, movement));
    for (const std::string& other : synthetic_movements()) {
      if (other == movement) continue;
      for (const char* kind : {"-learner", "-teacher-right", "-teacher-wrong"}) {
        LabTake take = as_tracked(lab.synthetic(other + kind));
        const Watching watching = watch(judge, take);
        ++clips;
        watched_s += take.duration_s();
        if (watching.verdicts.empty()) continue;
        ++clips_with_verdict;
        verdicts += static_cast<int>(watching.verdicts.size());
        std::printf("taught %-7s watching %-22s %zu verdicts\n", movement.c_str(),
                    take.name.c_str(), watching.verdicts.size());
        take.repetitions.clear();
        if (lab.with_details) print_details(take, watching);
      }
    }
  }
  std::printf("clips of other movements: verdicts in %d of %d (%d verdicts, %.2f a minute)\n",
              clips_with_verdict, clips, verdicts, 60 * verdicts / watched_s);
}

namespace {

struct NamedView {
  std::string name;
  Viewpoint view;
};

std::vector<NamedView> make_people() {
  std::vector<NamedView> list = {
      {"yaw -25", {.yaw_deg = -25}},
      {"yaw +25", {.yaw_deg = 25}},
      {"yaw -15", {.yaw_deg = -15}},
      {"yaw +15", {.yaw_deg = 15}},
      {"pitch +8", {.pitch_deg = 8}},
      {"left-handed", {.is_mirrored = true}},
      {"left-handed yaw 20", {.yaw_deg = 20, .is_mirrored = true}},
      {"slow (x 0.75)", {.tempo = 0.75}},
      {"fast (x 1.3)", {.tempo = 1.3}},
      {"long arms, narrow", {.arm_scale = 1.1, .width_scale = 0.92}},
      {"short arms, broad", {.arm_scale = 0.92, .width_scale = 1.1}},
      {"far away", {.scale = 0.7}},
      {"poor tracking", {.noise_px = 4, .lost_hands = 0.25}},
  };
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> unit(-1, 1);
  for (int i = 0; i < 6; ++i) {
    Viewpoint view;
    view.yaw_deg = 25 * unit(random);
    view.pitch_deg = 6 * unit(random);
    view.arm_scale = 1 + 0.08 * unit(random);
    view.width_scale = 1 + 0.08 * unit(random);
    view.scale = 1 + 0.15 * unit(random);
    view.tempo = std::exp(0.25 * unit(random));
    view.noise_px = 1.5 + 1.5 * unit(random);
    view.lost_hands = 0.1 + 0.1 * unit(random);
    view.seed = static_cast<std::uint64_t>(i) + 1;
    list.push_back({"mixture " + std::to_string(i), view});
  }
  return list;
}

const std::vector<NamedView>& people() {
  static const std::vector<NamedView> list = make_people();
  return list;
}

}  // namespace

void run_people(const Lab& lab) {
  std::vector<WatchScore> of_view(people().size());
  std::vector<int> crossed(people().size(), 0);
  for (const std::string& movement : synthetic_movements()) {
    const auto judge = judge_of(teacher_lessons(lab, movement));
    WatchScore of_movement;
    for (const std::string& watched : synthetic_movements()) {
      const SyntheticClip clip = lab.synthetic(watched + "-learner");
      for (std::size_t i = 0; i < people().size(); ++i) {
        const auto& [name, view] = people()[i];
        LabTake take = seen_from(clip, view);
        const Watching watching = watch(judge, take, {.swap_sides = view.is_mirrored});
        if (watched != movement) {
          crossed[i] += static_cast<int>(watching.verdicts.size());
          continue;
        }
        take.name = movement + ", " + name;
        of_view[i] += score(take, watching);
        of_movement += score(take, watching);
        if (lab.with_details) {
          print_score(take.name, score(take, watching));
          print_details(take, watching);
        }
      }
    }
    print_score(movement, of_movement);
  }
  WatchScore total;
  int crossed_total = 0;
  for (std::size_t i = 0; i < people().size(); ++i) {
    print_score(people()[i].name, of_view[i]);
    std::printf("    %d verdicts on 4 x 5 clips of other movements\n", crossed[i]);
    total += of_view[i];
    crossed_total += crossed[i];
  }
  print_score("all", total);
  std::printf("verdicts on clips of other movements: %d in %zu clips\n", crossed_total,
              20 * people().size());
}

void run_roles(const Lab& lab) {
  WatchScore total;
  for (const std::string& movement : synthetic_movements()) {
    std::vector<Repetition> lessons;
    teach_by_truth(lessons, as_tracked(lab.synthetic(movement + "-learner")), 1);
    const auto judge = judge_of(lessons);
    for (const char* kind : {"-teacher-right", "-teacher-wrong"}) {
      const LabTake take = as_tracked(lab.synthetic(movement + kind));
      report(lab, take, watch(judge, take), total);
    }
  }
  print_score("all", total);
}

void run_together(const Lab& lab) {
  std::vector<Repetition> lessons;
  for (const std::string& movement : synthetic_movements()) {
    for (Repetition& one : teacher_lessons(lab, movement)) lessons.push_back(std::move(one));
  }
  const auto judge = judge_of(lessons);
  WatchScore total;
  for (const std::string& movement : synthetic_movements()) {
    const LabTake take = as_tracked(lab.synthetic(movement + "-learner"));
    report(lab, take, watch(judge, take), total);
  }
  print_score("all", total);
}

void run_time(const Lab& lab) {
  const auto judge = judge_of(teacher_lessons(lab, "polish"));
  std::vector<LabTake> takes;
  for (const std::string& movement : synthetic_movements())
    takes.push_back(as_tracked(lab.synthetic(movement + "-learner")));
  LabTake stream;
  double at_s = 0;
  for (std::size_t i = 0; at_s < 1800; ++i) {
    const LabTake& take = takes[i % takes.size()];
    for (Landmarks frame : take.frames) {
      frame.timestamp = timestamp_from_seconds(at_s + seconds(frame.timestamp));
      stream.frames.push_back(std::move(frame));
    }
    at_s += take.duration_s() + 0.04;
  }
  Coach coach(judge);
  const std::size_t part = stream.frames.size() / 6;
  for (std::size_t p = 0; p < 6; ++p) {
    LabTake five;
    const auto begin = std::chrono::steady_clock::now();
    double worst_ms = 0;
    int verdicts = 0;
    for (std::size_t f = p * part; f < (p + 1) * part; ++f) {
      const auto one = std::chrono::steady_clock::now();
      verdicts += static_cast<int>(coach.update(stream.frames[f]).finished.size());
      const std::chrono::duration<double, std::milli> spent =
          std::chrono::steady_clock::now() - one;
      worst_ms = std::max(worst_ms, spent.count());
    }
    const std::chrono::duration<double, std::milli> spent =
        std::chrono::steady_clock::now() - begin;
    std::printf("minutes %2zu–%2zu: %.3f ms a frame, %.2f ms at most, %d verdicts\n", 5 * p,
                5 * p + 5, spent.count() / static_cast<double>(part), worst_ms, verdicts);
  }
}

}  // namespace kata::bench
