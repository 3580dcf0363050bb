// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "kata/core/progress.h"
#include "kata/core/verdict.h"
#include "kata/session/follow.h"
#include "kata/session/sitting.h"

namespace kata {

/// What a program does while a learner is watched; empty functions are skipped. All are called in
/// the thread that called watch(), one at a time, in the order of the stream.
struct WatchListener {
  /// A repetition has ended (or a movement that is not the craft's: VerdictKind::kOther).
  std::function<void(const Verdict&)> on_verdict;
  /// The same for what the learner is to hear of (SittingOptions::feedback).
  std::function<void(const Verdict&)> on_told;
  /// The same for repetitions alone, with their frames as the learner did them.
  std::function<void(const Verdict&, const std::vector<Landmarks>&)> on_repetition;
  /// Before the first frame.
  std::function<void(Sitting&)> on_begin;
  /// The sitting is that of this frame; false ends the watching.
  std::function<bool(const FollowedFrame&, Sitting&)> on_frame;
  /// No picture has come for this long, about twenty times a second; false ends the watching.
  OnWaiting on_waiting;
};

struct WatchSummary {
  FollowSummary stream;
  Tally tally;
  std::vector<Verdict> verdicts;             ///< oldest first
  std::vector<ReportedRepetition> reported;  ///< as many as SittingOptions asked for
};

/// Watches a learner until the source ends, the listener has enough or stop is requested.
///
/// Reading and landmarks run in threads of their own. A live source that fails throws, unless it is
/// a PatientSource, which is opened again without losing the count.
WatchSummary watch(FrameSource& source, Landmarker& landmarker, std::shared_ptr<const Judge> judge,
                   const SittingOptions& options, const WatchListener& listener,
                   const Progress& progress = {}, std::stop_token stop = {});

}  // namespace kata
