// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_hints.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kata {
namespace {

/// Every number of the hints that was chosen, with its unit. Source: bench/strangers, development.
struct HintTuning {
  double after_s = 9.5;     ///< moving and not recognised, or still, for so long
  double missed = 4;        ///< taught durations: one repetition may be missed in between
  double calm_s = 30;       ///< between two hints at least
  double step_s = 0.1;      ///< the past is kept at such a step
  double mostly = 0.5;      ///< share of the time
  double hardly = 0.1;      ///< share of the time
  double near = 1.9;        ///< of the limit: farther than this it is another movement
  double akin = 1.5;        ///< of the limit: pace and size explain what is no farther than this
  double clearly = 0.85;    ///< so many times the distance of the other side
  double turned = 0.17;     ///< units that the nose lies further aside than when taught
  double from_side = 0.35;  ///< units that it lies aside in a side view
  float smallest_trunk = 0.11F;  ///< heights of the picture
  float largest_trunk = 0.75F;   ///< heights of the picture
  double larger = 1.35;          ///< of the taught reach
  double smaller = 0.7;          ///< of the taught reach
  double slower = 1.6;           ///< of the taught duration
  double faster = 0.62;          ///< of the taught duration
};
constexpr HintTuning kTuning;

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto mid = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), mid, values.end());
  return *mid;
}

/// Whether the last moments resemble what was taught: small movements are no bursts, and yet they
/// are no rest.
bool is_near(const NearestSides& nearest) {
  return std::any_of(nearest.begin(), nearest.end(),
                     [](const auto& find) { return find && find->distance < kTuning.akin; });
}

}  // namespace

LiveHints::LiveHints(std::shared_ptr<const KnownMovements> known, std::vector<std::string> names)
    : known_(std::move(known)), names_(std::move(names)), patience_s_(kTuning.after_s) {
  for (const auto& one : *known_) {
    if (one) patience_s_ = std::max(patience_s_, kTuning.missed * one->duration_s());
  }
}

std::optional<Hint> LiveHints::step(const HintMoment& moment) {
  const double now_s = moment.frame.time_s;
  if (!past_.empty() && now_s - past_.back().time_s < kTuning.step_s) return std::nullopt;
  past_.push_back({now_s, moment.is_moving, is_near(moment.nearest), moment.cannot_see,
                   facing_of(moment.frame), moment.frame.trunk, moment.nearest});
  while (now_s - past_.front().time_s > kTuning.after_s + kTuning.step_s) past_.pop_front();
  if (now_s - past_.front().time_s < kTuning.after_s) return std::nullopt;
  if (now_s - told_s_ < patience_s_ || now_s - hinted_s_ < kTuning.calm_s) return std::nullopt;
  const auto straight = nearest(0), in_mirror = nearest(1);
  if (share(&Past::cannot_see) > kTuning.mostly) return hint_of(HintCause::kNotSeen, straight);
  if (share(&Past::is_near) < kTuning.hardly) {
    const double moving = share(&Past::is_moving);
    if (moving < kTuning.hardly) return hint_of(HintCause::kNothingMoves, {});
    if (moving < kTuning.mostly) return std::nullopt;
  }
  const HintCause cause = cause_of(straight, in_mirror);
  return hint_of(cause, cause == HintCause::kOtherHand ? in_mirror : straight);
}

void LiveHints::told(double end_s) { told_s_ = std::max(told_s_, end_s); }

std::optional<Hint> LiveHints::turned_round(double now_s) {
  if (past_.empty() || now_s - hinted_s_ < kTuning.calm_s) return std::nullopt;
  return hint_of(HintCause::kOtherHand, nearest(1));
}

std::optional<Hint> LiveHints::hint_of(HintCause cause, const std::optional<Find>& nearest) {
  hinted_s_ = past_.back().time_s;
  Hint hint;
  hint.cause = cause;
  hint.start = timestamp_from_seconds(past_.front().time_s);
  hint.end = timestamp_from_seconds(past_.back().time_s);
  if (nearest) {
    hint.movement = names_[nearest->movement];
    hint.distance = nearest->distance;
  } else if (names_.size() == 1) {
    hint.movement = names_.front();
  }
  return hint;
}

double LiveHints::share(bool Past::*what) const {
  const auto count =
      std::count_if(past_.begin(), past_.end(), [what](const Past& one) { return one.*what; });
  return static_cast<double>(count) / static_cast<double>(past_.size());
}

/// The nearest stretch of the last seconds.
std::optional<Find> LiveHints::nearest(std::size_t side) const {
  std::optional<Find> best;
  for (const Past& one : past_) {
    const auto& find = one.nearest[side];
    if (find && (!best || find->distance < best->distance)) best = find;
  }
  return best;
}

/// The likeliest of what differs: sides first, then where the camera stands, then the movement.
HintCause LiveHints::cause_of(const std::optional<Find>& straight,
                              const std::optional<Find>& mirrored) const {
  if (!straight) return HintCause::kOtherMovement;
  if (mirrored && mirrored->distance < kTuning.near &&
      mirrored->distance < kTuning.clearly * straight->distance)
    return HintCause::kOtherHand;
  std::vector<double> facings, trunks;
  for (const Past& one : past_) {
    if (std::isfinite(one.facing)) facings.push_back(static_cast<double>(one.facing));
    if (one.trunk > 0) trunks.push_back(static_cast<double>(one.trunk));
  }
  const KnownMovement& known = *(*known_)[straight->movement];
  const double facing = median(facings), taught = known.facing();
  if (facing * taught < 0 && std::min(std::abs(facing), std::abs(taught)) > kTuning.from_side)
    return HintCause::kFacingOtherWay;
  if (std::abs(facing - taught) > kTuning.turned) return HintCause::kCameraSide;
  const double trunk = median(trunks);
  if (trunk < static_cast<double>(kTuning.smallest_trunk)) return HintCause::kTooFar;
  if (trunk > static_cast<double>(kTuning.largest_trunk)) return HintCause::kTooNear;
  if (straight->distance > kTuning.akin) return HintCause::kOtherMovement;
  const double pace = (straight->end_s - straight->start_s) / known.duration_s();
  if (pace > kTuning.slower) return HintCause::kSlower;
  if (pace < kTuning.faster) return HintCause::kFaster;
  if (straight->reach > kTuning.larger) return HintCause::kLarger;
  if (straight->reach < kTuning.smaller) return HintCause::kSmaller;
  return HintCause::kOtherMovement;
}

}  // namespace kata
