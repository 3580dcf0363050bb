// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/core/repetition.h"

namespace kata::bench {

/// Where a repetition lies in a stream and what it is.
struct LabTruth {
  double start_s = 0;
  double end_s = 0;
  std::string movement;
  Label label = Label::kCorrect;
  std::optional<std::string> mistake;
};

/// A stream of landmarks of which all is known.
struct LabTake {
  std::string name;
  std::vector<Landmarks> frames;
  std::vector<LabTruth> repetitions;
  double foreign_s = 0;           ///< length of the movement in it that is not the craft's
  std::vector<LabTruth> foreign;  ///< where that lies, where it is known one by one

  double duration_s() const { return kata::duration_s(frames); }
};

/// JSON lines of `kata track --jsonl`. Throws Error where the file is missing or damaged.
std::vector<Landmarks> read_track(const std::filesystem::path& path, int width = 640,
                                  int height = 480);

/// A take that a teacher shows, all right or all wrong.
struct ShownTake {
  LabTake take;
  Label label = Label::kCorrect;
};

/// Repetitions of one movement as `kata teach` stores them when the takes are shown one after the
/// other: cut by the signal alone, numbered from 1. `first`: as live takes of so many repetitions
/// are cut.
std::vector<Repetition> taught_by_cut(const std::vector<ShownTake>& shown,
                                      std::optional<int> first = std::nullopt);
/// Repetitions as the truth cuts them; `every`, `offset`: only each n-th.
void teach_by_truth(std::vector<Repetition>& lessons, const LabTake& take, std::int64_t take_number,
                    std::size_t every = 1, std::size_t offset = 0);

std::vector<Landmarks> frames_between(const LabTake& take, double start_s, double end_s);

/// The clip played round and round, from a moment in it: a take begun while the movement was under
/// way. Repetitions cut in two by the border of the take are none.
LabTake begun_within(const LabTake& clip, std::size_t first, double length_s);

}  // namespace kata::bench
