// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kata/core/hint.h"
#include "kata/core/repetition.h"
#include "kata/core/verdict.h"

namespace kata {

/// What `kata watch` did in all.
struct WatchTotals {
  std::int64_t frames = 0;
  std::int64_t dropped = 0;  ///< pictures of a live source that came while all were busy
  int repetitions = 0;       ///< correct, incorrect and unsure ones
  int correct = 0;
  int incorrect = 0;
  int unsure = 0;
  int other = 0;     ///< movements that are not the craft's
  int failures = 0;  ///< how often the camera failed and came back
  double frame_rate_hz = 0;
  double latency_median_ms = 0;
  double latency_p95_ms = 0;
};

/// What is under way at a moment of the stream.
struct WatchProgress {
  Timestamp timestamp{};
  std::optional<std::string> movement;  ///< empty between repetitions
  double phase = 0;                     ///< 0–1 of it
  bool is_visible = true;               ///< all that the craft needs can be seen
  std::vector<std::string> missing;     ///< parts that cannot be seen: "right_hand", "pose"
  std::string advice;                   ///< what the learner should do about that
  std::optional<Verdict> standing;      ///< with the window strategy: the verdict of now
};

/// Somebody said that a repetition was right or wrong, or took that back.
struct WatchConfirmation {
  Timestamp timestamp{};
  std::size_t number = 0;      ///< of the repetition, from 1
  std::optional<Label> label;  ///< none: taken back
};

/// Lines of `kata watch --jsonl`, without the newline (api/watch.schema.json).
///
/// A verdict gives an event "repetition", or "other" for a movement that is not the craft's.
std::string watch_json(const Verdict& verdict);
std::string watch_json(const WatchTotals& totals);
/// An event "confirmed".
std::string watch_json(const WatchConfirmation& confirmation);
/// An event "hint": why nothing is recognised.
std::string watch_json(const Hint& hint);
/// An event "progress", or "cannot_see" while the learner is not visible enough to judge.
std::string watch_json(const WatchProgress& progress);

}  // namespace kata
