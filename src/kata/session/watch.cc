// SPDX-License-Identifier: Apache-2.0
#include "kata/session/watch.h"

#include <utility>

namespace kata {

WatchSummary watch(FrameSource& source, Landmarker& landmarker, std::shared_ptr<const Judge> judge,
                   const SittingOptions& options, const WatchListener& listener,
                   const Progress& progress, std::stop_token stop) {
  Sitting sitting(std::move(judge), options);
  const auto announce = [&](const std::vector<Verdict>& verdicts) {
    if (!listener.on_verdict) return;
    for (const Verdict& verdict : verdicts) listener.on_verdict(verdict);
  };
  WatchSummary summary;
  summary.stream = follow(
      source, landmarker,
      [&](const FollowedFrame& followed) {
        announce(sitting.step(followed.landmarks));
        return !listener.on_frame || listener.on_frame(followed, sitting);
      },
      FollowOptions{progress, std::move(stop), listener.on_waiting});
  announce(sitting.finish());
  summary.tally = sitting.tally();
  summary.verdicts = sitting.verdicts();
  summary.reported.assign(sitting.reported().begin(), sitting.reported().end());
  return summary;
}

}  // namespace kata
