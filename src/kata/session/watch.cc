// SPDX-License-Identifier: Apache-2.0
#include "kata/session/watch.h"

#include <utility>

namespace kata {

WatchSummary watch(FrameSource& source, Landmarker& landmarker, std::shared_ptr<const Judge> judge,
                   const SittingOptions& options, const WatchListener& listener,
                   const Progress& progress, std::stop_token stop) {
  SittingOptions wanted = options;
  wanted.with_frames = wanted.with_frames || listener.on_repetition != nullptr;
  Sitting sitting(std::move(judge), wanted);
  if (listener.on_begin) listener.on_begin(sitting);
  const auto announce = [&](const std::vector<Verdict>& verdicts) {
    for (const Verdict& verdict : verdicts) {
      if (listener.on_verdict) listener.on_verdict(verdict);
      if (listener.on_repetition && verdict.kind != VerdictKind::kOther)
        listener.on_repetition(verdict, sitting.frames_of(verdict));
    }
    if (!listener.on_told) return;
    for (const Verdict& verdict : sitting.told()) listener.on_told(verdict);
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
