// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "kata/coach/live_posture.h"

namespace kata {

/// A stretch of the stream that resembles a taught repetition.
struct LiveMatch {
  /// 1 = the limit of resemblance; somewhat farther ones are told of too, and are none by this
  /// alone.
  double distance = std::numeric_limits<double>::infinity();
  double start_s = 0;
  double end_s = 0;   ///< of the movement
  double tail_s = 0;  ///< how long the repetition goes on standing still
  std::size_t movement = 0;

  double whole_end_s() const { return end_s + tail_s; }
};

/// The newest postures of a stream, by a number that counts on.
class LiveHistory {
 public:
  void push(LivePosture posture, double time_s);
  /// Throws away what is older.
  void trim(double before_s);
  std::size_t oldest() const { return first_; }
  std::size_t newest() const { return first_ + moments_.size() - 1; }
  double time_s(std::size_t number) const { return moments_[number - first_].time_s; }
  /// The oldest one where `number` has been thrown away.
  const LivePosture& posture(std::size_t number) const {
    return moments_[number > first_ ? number - first_ : 0].posture;
  }

 private:
  struct Moment {
    double time_s;
    LivePosture posture;
  };
  std::deque<Moment> moments_;
  std::size_t first_ = 0;
};

/// A taught repetition without the standing still at its ends, which every rest resembles.
struct LiveCourse {
  std::vector<LivePosture> postures;
  double duration_s = 0;
  double lead_s = 0;         ///< taken off before
  double tail_s = 0;         ///< and after
  double least_usual_s = 0;  ///< most of its kind that were taught take longer
  /// Of its kind: standard deviation of the natural logarithms of the durations.
  double spread_of_durations = 0;
};

/// How far a movement reaches, in body units: as a whole, in its beginning and in its end.
struct LiveReach {
  double whole = 0;
  double begin = 0;
  double end = 0;
};

/// Standing still is as far from a repetition as that one reaches; resemblance must be nearer than
/// this share of it.
inline constexpr double kMostShareOfReach = 0.85;

/// Aligns an endless stream with one taught repetition, whatever the moment it begins and ends.
///
/// Sakurai, Faloutsos and Yamamuro: Stream Monitoring under the Time Warping Distance, ICDE 2007.
class LiveTemplate {
 public:
  /// `weights` says how much each value of a posture counts; `limit` is the root mean square
  /// distance of postures at which resemblance ends; of a small movement it ends sooner.
  LiveTemplate(LiveCourse course, std::size_t movement, LivePosture weights, double limit);

  /// The match that ends with the newest posture, where there is one of a plausible duration.
  std::optional<LiveMatch> step(const LiveHistory& history);
  /// Matches that begin before `time_s` are forgotten: what they tell of has been told.
  void forget_before(double time_s);

  struct Progress {
    double distance = std::numeric_limits<double>::infinity();
    double phase = 0;  ///< 0–1
    double start_s = 0;
  };
  /// The best match that is under way.
  Progress progress() const;
  /// True when a match that overlaps this one is well under way and nearer: it may be the whole of
  /// which the given match is a part.
  bool may_better(const LiveMatch& match) const;
  /// Of the best match that ends now, plausible or not, in body units.
  double distance_at_end() const { return std::sqrt(cells_.back().mean()); }
  std::size_t movement() const { return movement_; }
  /// With what was taken off.
  double whole_duration_s() const { return lead_s_ + duration_s_ + tail_s_; }

 private:
  struct Cell {
    double sum = std::numeric_limits<double>::infinity();
    double steps = 0;
    std::size_t start = 0;
    double start_s = 0;
    double mean() const { return steps > 0 ? sum / steps : sum; }
  };

  double haste_cost(double duration_s) const;
  bool moves_enough(const LiveHistory& history, std::size_t first, std::size_t last) const;
  std::size_t most_advance(double passed_s) const;
  double cost(const LivePosture& now, const LivePosture& then, std::size_t place) const;

  std::vector<LivePosture> postures_;  // from where it begins, as much as counts
  std::vector<float> shown_;           // how much weight each of them shows
  double duration_s_;
  double lead_s_;
  double tail_s_;
  double least_usual_s_;
  double usual_haste_;
  std::size_t movement_;
  LivePosture weights_;
  double limit_;
  LiveReach reach_;
  double before_s_ = 0;
  std::vector<Cell> cells_;
  std::vector<Cell> previous_;
};

/// Weighted root mean square distance of postures from their mean: how far a movement reaches.
template <typename PostureAt>
double posture_reach(std::size_t count, PostureAt posture_at, const LivePosture& weights) {
  double sum = 0, weight = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    double mean = 0, squares = 0, seen = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const auto value = static_cast<double>(posture_at(k)[i]);
      if (value != value) continue;  // not seen
      mean += value;
      squares += value * value;
      seen += 1;
    }
    if (seen < 2) continue;
    mean /= seen;
    sum += static_cast<double>(weights[i]) * (squares / seen - mean * mean);
    weight += static_cast<double>(weights[i]);
  }
  return weight > 0 && sum > 0 ? std::sqrt(sum / weight) : 0;
}

/// Mean square difference of what both show; infinite where too little is shown.
double posture_difference(const LivePosture& a, const LivePosture& b);

}  // namespace kata
