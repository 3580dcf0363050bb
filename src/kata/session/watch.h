// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "kata/core/progress.h"
#include "kata/core/verdict.h"
#include "kata/session/follow.h"
#include "kata/session/sitting.h"

namespace kata {

/// What a program does while a learner is watched; empty functions are skipped.
struct WatchListener {
  std::function<void(const Verdict&)> on_verdict;
  /// The sitting is that of this frame; false ends the watching.
  std::function<bool(const FollowedFrame&, Sitting&)> on_frame;
};

struct WatchSummary {
  FollowSummary stream;
  Tally tally;
  std::vector<Verdict> verdicts;  ///< oldest first
};

/// Watches a learner until the source ends, the listener has enough or stop is requested.
WatchSummary watch(FrameSource& source, Landmarker& landmarker, std::shared_ptr<const Judge> judge,
                   const SittingOptions& options, const WatchListener& listener,
                   const Progress& progress = {}, std::stop_token stop = {});

}  // namespace kata
