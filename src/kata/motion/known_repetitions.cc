// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/known_repetitions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "kata/motion/point_track.h"

namespace kata {
namespace {

constexpr std::uint32_t kMoments = 24;
/// Natural logarithm of how much slower or faster makes a repetition twice as different: two of
/// them in one resemble one that is slower.
constexpr double kUsualHaste = 0.4;

double length_of(std::span<const Landmarks> frames) { return std::max(1e-3, duration_s(frames)); }

}  // namespace

KnownRepetitions::KnownRepetitions(std::span<const std::vector<Landmarks>> repetitions) {
  std::vector<PointTrack> tracks;
  for (const std::vector<Landmarks>& frames : repetitions) {
    if (frames.size() < 2) continue;
    tracks.push_back(track_from_landmarks(frames));
    durations_s_.push_back(length_of(frames));
  }
  if (tracks.empty()) return;
  plan_ = plan_features(tracks);
  if (plan_.is_empty()) return;
  plan_.frames = kMoments;
  for (const PointTrack& track : tracks) series_.push_back(body_features(track, plan_));
}

double KnownRepetitions::difference(std::span<const Landmarks> frames) const {
  const Series one = body_features(track_from_landmarks(frames), plan_);
  double nearest = std::numeric_limits<double>::infinity();
  const double length_s = length_of(frames);
  for (std::size_t i = 0; i < series_.size(); ++i) {
    const double haste = std::log(length_s / durations_s_[i]) / kUsualHaste;
    nearest = std::min(nearest, rms_difference(one, series_[i]) * (1 + haste * haste));
  }
  return nearest;
}

}  // namespace kata
