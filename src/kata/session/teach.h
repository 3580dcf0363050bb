// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/core/progress.h"
#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"
#include "kata/session/follow.h"
#include "kata/session/lesson.h"
#include "kata/session/take_writer.h"

namespace kata {

/// What a program may show while a take is recorded.
struct TeachState {
  double countdown_s = 0;  ///< until the take begins; 0 = it is being recorded
  double recorded_s = 0;
  int repetitions = 0;  ///< stored so far
};

struct TeachOptions {
  double countdown_s = 0;           ///< before a live take begins; files have none
  std::optional<double> longest_s;  ///< the take ends after this
  std::vector<Mark> marks;          ///< the teacher's own cuts; empty = Kata cuts
  /// False ends the take.
  std::function<bool(const FollowedFrame&, const TeachState&)> on_frame;
  OnWaiting on_waiting;
};

struct TeachResult {
  std::vector<TaughtRepetition> repetitions;
  std::int64_t frames = 0;  ///< of the take
  /// Earlier takes of the movement that were cut anew, because both agree better then.
  std::vector<std::int64_t> takes_cut_anew;
  std::vector<std::string> warnings;
  bool made_craft = false;
};

/// Follows a take, cuts it into repetitions and stores them; makes the craft if it is not there.
///
/// A live take ends when the expected repetitions have been done, after `longest_s`, when
/// `on_frame` has enough or `stop` is requested; its repetitions are stored as they end. Of a file
/// that is stopped, what is complete is stored. Nothing is written before the first repetition.
/// Throws Error{kNotEnough} when nobody is seen or nothing repeats.
TeachResult teach(const std::filesystem::path& craft_path, const Lesson& lesson,
                  FrameSource& source, Landmarker& landmarker, const TeachOptions& options = {},
                  const Progress& progress = {}, std::stop_token stop = {});

}  // namespace kata
