// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "kata/learn/judge.h"
#include "synthetic_clip.h"
#include "watch_score.h"

namespace kata::bench {

struct Lab {
  std::filesystem::path data;
  std::filesystem::path tracks;
  bool with_details = false;

  SyntheticClip synthetic(const std::string& name) const {
    return load_synthetic(data / "synthetic", name, tracks);
  }
};

inline const std::vector<std::string>& synthetic_movements() {
  static const std::vector<std::string> names = {"fold", "hammer", "hello", "polish", "saw"};
  return names;
}

std::shared_ptr<const Judge> judge_of(const std::vector<Repetition>& lessons,
                                      bool may_be_few = false);
/// What `kata teach` and `kata train` make of a movement's two teacher takes.
std::vector<Repetition> teacher_lessons(const Lab& lab, const std::string& movement);
/// Prints one line and, where asked for, each repetition; adds to `total`.
void report(const Lab& lab, const LabTake& take, const Watching& watching, WatchScore& total);

/// Taught by two teacher takes, cut by Kata; the learner's clip as tracked.
void run_synthetic(const Lab& lab);
/// The same, watching every clip of every other movement: each verdict is a false one.
void run_crossed(const Lab& lab);
/// The learner's clip from other cameras, by other bodies, at other tempos, left-handed, with worse
/// tracking.
void run_people(const Lab& lab);
/// Repetitions cut by the truth, from other cameras and by other bodies; teacher and learner in
/// both roles.
void run_judged(const Lab& lab);
/// Taught by the learner's repetitions, watching the teacher.
void run_roles(const Lab& lab);
/// Taught by takes that begin and end anywhere in the movement, as a browser sends them.
void run_anywhere(const Lab& lab);
/// Taught live: five right, five wrong, from standing still on.
void run_five(const Lab& lab);
/// One craft of all five movements.
void run_together(const Lab& lab);
/// Streams put together from real repetitions: of a craft of one movement with other movements
/// between, the same with its siblings between, and of crafts of several movements.
void run_streams(const Lab& lab);
void run_siblings(const Lab& lab);
void run_crafts(const Lab& lab);
/// The same repetitions and foreign pieces cut by the truth: how well any limit could tell them
/// apart.
void run_edges(const Lab& lab);
/// Real video: curls, squats, push-ups.
void run_videos(const Lab& lab);
/// Milliseconds a frame over half an hour.
void run_time(const Lab& lab);

}  // namespace kata::bench
