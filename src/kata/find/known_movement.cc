// SPDX-License-Identifier: Apache-2.0
#include "kata/find/known_movement.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <numbers>
#include <utility>

#include "kata/find/depth.h"
#include "kata/find/finder_tuning.h"

namespace kata {
namespace {

constexpr FinderTuning kTuning;

double median(std::vector<double> values) {
  const auto mid = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), mid, values.end());
  return *mid;
}

constexpr std::size_t kLeastFrames = 4;

std::vector<CourseFrame> course_of(const Repetition& repetition, double yaw_rad = 0) {
  std::vector<CourseFrame> frames;
  for (const Landmarks& one : repetition.frames)
    frames.push_back(yaw_rad == 0 ? course_frame(one) : turned_course_frame(one, yaw_rad));
  return frames;
}

double facing_of_all(std::span<const std::vector<CourseFrame>> courses) {
  std::vector<double> facings;
  for (const auto& course : courses) {
    for (const CourseFrame& frame : course) {
      const float facing = facing_of(frame);
      if (std::isfinite(facing)) facings.push_back(static_cast<double>(facing));
    }
  }
  return facings.empty() ? 0 : median(facings);
}

/// The whole body where most repetitions show its legs.
BodyPart part_of(std::span<const std::vector<CourseFrame>> courses) {
  std::size_t frames = 0, with_legs = 0;
  for (const auto& course : courses) {
    for (const CourseFrame& frame : course) {
      ++frames;
      with_legs += frame.has_legs ? 1 : 0;
    }
  }
  const double least = kTuning.least_seen * static_cast<double>(frames);
  return static_cast<double>(with_legs) >= least ? BodyPart::kWhole : BodyPart::kArms;
}

/// A point's energy in the mean of the signatures, and the share of all its energy that this is: 1
/// for what is done alike each time, 0 for what goes its own way.
struct PointEnergy {
  double common = 0;
  double share = 0;
};

bool shows(const Signature& signature, std::size_t point) {
  if (point < kCourseLeftHand) return true;
  return point < kCourseRightHand ? signature.has_left_hand : signature.has_right_hand;
}

PointEnergy energy_of(std::span<const Signature> right, std::size_t point) {
  std::array<double, kSignatureOfPoint> mean{};
  double all = 0, seen = 0;
  for (const Signature& one : right) {
    if (!shows(one, point)) continue;
    seen += 1;
    for (std::size_t k = 0; k < kSignatureOfPoint; ++k) {
      const auto value = static_cast<double>(one.values[point][k]);
      mean[k] += value;
      all += value * value;
    }
  }
  if (seen < kTuning.least_seen * static_cast<double>(right.size()) || all <= 0) return {};
  PointEnergy energy;
  for (const double sum : mean) energy.common += sum * sum / (seen * seen);
  if (seen < 2) return {energy.common, 1};
  // Of independent courses a share of 1/n would seem common.
  energy.share = (energy.common / (all / seen) - 1 / seen) / (1 - 1 / seen);
  return energy;
}

/// The right repetitions, take by take.
using Takes = std::map<std::int64_t, std::vector<Signature>>;

/// Of one camera and person at a time: what differs between takes is not what goes its own way.
PointEnergy energy_of(const Takes& takes, std::size_t point) {
  PointEnergy mean;
  double count = 0;
  for (const auto& [number, right] : takes) {
    if (right.size() < 2 && takes.size() > 1) continue;
    const PointEnergy one = energy_of(std::span(right), point);
    mean.common += one.common;
    mean.share += one.share;
    count += 1;
  }
  return count > 0 ? PointEnergy{mean.common / count, mean.share / count} : PointEnergy{};
}

/// Where every repetition is a take of its own, they count as one.
Takes with_several_each(Takes takes) {
  const bool has_several = std::any_of(takes.begin(), takes.end(),
                                       [](const auto& take) { return take.second.size() > 1; });
  if (has_several) return takes;
  Takes one;
  for (auto& [number, right] : takes)
    std::move(right.begin(), right.end(), std::back_inserter(one[0]));
  return one;
}

PointWeights weights_of(const Takes& takes) {
  std::array<PointEnergy, kCoursePoints> energies;
  double most = 0;
  for (std::size_t i = 0; i < kCoursePoints; ++i) {
    energies[i] = energy_of(takes, i);
    most = std::max(most, energies[i].common);
  }
  PointWeights weights{};
  for (std::size_t i = 0; i < kCoursePoints; ++i) {
    const PointEnergy& e = energies[i];
    if (!(e.common > 0)) continue;
    weights[i] = static_cast<float>(e.common / (e.common + kTuning.small_energy * most) *
                                    std::clamp(e.share, kTuning.least_share, 1.0));
  }
  const float least =
      static_cast<float>(kTuning.least_weight) * *std::max_element(weights.begin(), weights.end());
  for (float& weight : weights) weight = weight < least ? 0 : weight;
  return weights;
}

/// What `share` of the values lie below, the few smallest of many.
double low_quantile(std::vector<double>& values, double share) {
  const auto place = static_cast<std::size_t>(share * static_cast<double>(values.size()));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::min(place, values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

std::optional<KnownMovement> KnownMovement::learn(std::span<const Repetition> right,
                                                  std::span<const Repetition> wrong) {
  KnownMovement known;
  std::vector<std::vector<CourseFrame>> courses;
  for (const auto& repetitions : {right, wrong}) {
    for (const Repetition& one : repetitions) courses.push_back(course_of(one));
  }
  known.part_ = part_of(courses);
  std::vector<double> durations_s, reaches;
  Takes takes;
  for (std::size_t i = 0; i < courses.size(); ++i) {
    if (courses[i].size() < kLeastFrames) continue;
    const CourseWindow window{courses[i], courses[i].front().time_s, courses[i].back().time_s};
    const auto signature = signature_of(window, known.part_);
    if (!signature) continue;
    known.taught_.push_back({*signature, i < right.size()});
    if (i < right.size()) takes[right[i].take].push_back(*signature);
    durations_s.push_back(window.end_s - window.start_s);
    reaches.push_back(static_cast<double>(signature->reach));
  }
  if (takes.empty()) return std::nullopt;
  known.duration_s_ = median(durations_s);
  known.reach_ = median(reaches);
  known.facing_ = facing_of_all(courses);
  known.weights_ = weights_of(with_several_each(std::move(takes)));
  if (!(known.duration_s_ > 0) || !(known.reach_ > 0)) return std::nullopt;
  known.as_seen_ = known.taught_.size();
  known.add_turned(right, true);
  known.add_turned(wrong, false);
  return known;
}

void KnownMovement::add_turned(std::span<const Repetition> repetitions, bool is_right) {
  const std::size_t count = std::min(repetitions.size(), kTuning.most_turned);
  for (std::size_t k = 0; k < count; ++k) {
    const Repetition& one = repetitions[k * repetitions.size() / count];
    if (one.frames.size() < kLeastFrames) continue;
    for (const double turn_deg : kTuning.turns_deg) {
      const auto course = course_of(one, turn_deg * std::numbers::pi / 180);
      const CourseWindow window{course, course.front().time_s, course.back().time_s};
      if (const auto signature = signature_of(window, part_))
        taught_.push_back({*signature, is_right});
    }
  }
}

/// The nearest taught one, as it was seen, for each set of hands that both show, as if no others
/// were shown.
std::array<double, kHandSets> KnownMovement::nearest_by_hands(const Signature& signature) const {
  std::array<double, kHandSets> nearest;
  nearest.fill(std::numeric_limits<double>::infinity());
  for (const Taught& one : std::span(taught_).first(as_seen_)) {
    const std::size_t shown = hands_of_both(signature, one.signature);
    const MemberSquares squares = member_squares(signature, one.signature, weights_);
    for (std::size_t set = 0; set < kHandSets; ++set) {
      if ((set & shown) == set) nearest[set] = std::min(nearest[set], squares.distance(set));
    }
  }
  return nearest;
}

/// One limit for each set of hands that may be seen: with more points foreign things are farther.
void KnownMovement::set_limits(const ForeignBank& bank) {
  const PointMask wanted = points_of(weights_);
  std::array<std::vector<double>, kHandSets> distances;
  for (std::size_t i = 0; i < bank.streams(); ++i) {
    const ForeignBank::Stream stream = bank.stream(i);
    if (part_ == BodyPart::kWhole && !stream.has_legs) continue;
    for (const CourseWindow& window :
         bank_windows(stream, kTuning.bank_windows, kTuning.fastest * duration_s_,
                      kTuning.slowest * duration_s_)) {
      const std::optional<Signature> signature = signature_of(window, part_, wanted);
      if (!signature || !moves_enough(*signature)) continue;
      const auto nearest = nearest_by_hands(*signature);
      for (std::size_t set = 0; set < kHandSets; ++set) {
        if (std::isfinite(nearest[set])) distances[set].push_back(nearest[set]);
      }
    }
  }
  for (std::size_t set = 0; set < kHandSets; ++set) {
    if (!distances[set].empty())
      limits_[set] = kTuning.turned_limit * low_quantile(distances[set], kTuning.bank_quantile);
    else
      limits_[set] = limits_[0];
  }
}

KnownMovement::Nearness KnownMovement::nearness(const Signature& signature) const {
  Nearness nearest{std::numeric_limits<double>::infinity(), false};
  for (const Taught& one : taught_) {
    const double limit = limits_[hands_of_both(signature, one.signature)];
    const double distance =
        signature_distance(signature, one.signature, weights_, nearest.distance * limit) / limit;
    if (distance < nearest.distance) nearest = {distance, one.is_right};
  }
  return nearest;
}

double KnownMovement::weight_of_hand(Side side) const {
  const std::size_t first = side == Side::kLeft ? kCourseLeftHand : kCourseRightHand;
  float hand = 0, all = 0;
  for (std::size_t i = 0; i < kCoursePoints; ++i) {
    all += weights_[i];
    hand += i >= first && i < first + 5 ? weights_[i] : 0;
  }
  return all > 0 ? static_cast<double>(hand / all) : 0;
}

bool KnownMovement::moves_enough(const Signature& signature) const {
  return static_cast<double>(signature.reach) >= kTuning.least_reach * reach_;
}

}  // namespace kata
