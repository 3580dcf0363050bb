// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/known_repetitions.h"

#include <algorithm>
#include <limits>

#include "kata/motion/point_track.h"

namespace kata {
namespace {

constexpr std::uint32_t kMoments = 24;

}  // namespace

KnownRepetitions::KnownRepetitions(std::span<const std::vector<Landmarks>> repetitions) {
  std::vector<PointTrack> tracks;
  for (const std::vector<Landmarks>& frames : repetitions) {
    if (frames.size() > 1) tracks.push_back(track_from_landmarks(frames));
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
  for (const Series& other : series_) nearest = std::min(nearest, rms_difference(one, other));
  return nearest;
}

}  // namespace kata
