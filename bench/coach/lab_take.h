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

/// Repetitions as `kata teach` would store them: cut by the signal alone. `first`: as a live take
/// of so many repetitions is cut.
void teach_by_cut(std::vector<Repetition>& lessons, const LabTake& take, Label label,
                  std::int64_t take_number, std::optional<std::size_t> first = std::nullopt);
/// Repetitions as the truth cuts them; `every`, `offset`: only each n-th.
void teach_by_truth(std::vector<Repetition>& lessons, const LabTake& take, std::int64_t take_number,
                    std::size_t every = 1, std::size_t offset = 0);

std::vector<Landmarks> frames_between(const LabTake& take, double start_s, double end_s);

/// The clip played round and round, from a moment in it: a take begun while the movement was under
/// way. Repetitions cut in two by the border of the take are none.
LabTake begun_within(const LabTake& clip, std::size_t first, double length_s);

}  // namespace kata::bench
