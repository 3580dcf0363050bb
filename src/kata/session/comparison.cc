// SPDX-License-Identifier: Apache-2.0
#include "kata/session/comparison.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kata/motion/alignment.h"
#include "kata/motion/features.h"

namespace kata {
namespace {

/// By time, not by number: frames of a camera come unevenly.
std::size_t frame_at_share(const std::vector<Landmarks>& frames, double share) {
  const double length_s = duration_s(frames);
  const Timestamp due = frames.front().timestamp + duration_from_seconds(share * length_s);
  const auto found = std::ranges::lower_bound(frames, due, {}, &Landmarks::timestamp);
  return std::min(frames.size() - 1, static_cast<std::size_t>(found - frames.begin()));
}

double share_of_frame(const std::vector<Landmarks>& frames, std::size_t index) {
  const double length_s = duration_s(frames);
  return length_s > 0 ? seconds(frames[index].timestamp - frames.front().timestamp) / length_s : 0;
}

/// Where the right one stands when the repetition is at each of its frames.
std::vector<std::size_t> partners_of(const std::vector<Landmarks>& frames, const Series& series,
                                     const std::vector<Landmarks>& right,
                                     const Series& right_series) {
  const Alignment alignment = align(series, right_series);
  std::vector<std::size_t> of_moment(series.frames, 0);  // the last partner of each moment
  for (const auto& [own, partner] : alignment.path) of_moment[own] = partner;
  std::vector<std::size_t> partners;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto moment = static_cast<std::size_t>(
        std::lround(share_of_frame(frames, i) * static_cast<double>(series.frames - 1)));
    const double share =
        static_cast<double>(of_moment[moment]) / static_cast<double>(right_series.frames - 1);
    partners.push_back(frame_at_share(right, share));
  }
  return partners;
}

}  // namespace

Comparison compare_with_right(const Craft& craft, std::int64_t id) {
  Comparison comparison{craft.repetition(id), std::nullopt, {}};
  const Repetition& own = comparison.repetition;
  const PointTrack track = track_from_landmarks(own.frames);
  const FeaturePlan plan = plan_features({&track, 1});
  if (plan.is_empty()) return comparison;
  const Series series = body_features(track, plan);
  Series nearest;
  double least = 0;
  for (const RepetitionSummary& summary : craft.summaries()) {
    if (summary.movement != own.movement || summary.label != Label::kCorrect || summary.id == id)
      continue;
    Repetition right = craft.repetition(summary.id);
    Series candidate = body_features(track_from_landmarks(right.frames), plan);
    const double distance = alignment_distance(series, candidate);
    if (!std::isfinite(distance) || (comparison.right && distance >= least)) continue;
    least = distance;
    comparison.right = std::move(right);
    nearest = std::move(candidate);
  }
  if (comparison.right)
    comparison.partners = partners_of(own.frames, series, comparison.right->frames, nearest);
  return comparison;
}

}  // namespace kata
