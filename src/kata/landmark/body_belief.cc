// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/body_belief.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "kata/core/topology.h"

namespace kata {
namespace {

// A hand on a stretched arm (0.65 m) looks larger than its body by D / (D − 0.65 m): 1.8 for a
// camera 1.5 m away, 2.9 at 1 m. Nearer people show their face, which overrules the size.
constexpr double kLargestFit = 2.6;
constexpr double kLargestGoodFit = 2.0;
constexpr double kSmallestFit = 0.4;
constexpr double kFarthestWrist_m = 0.3;

// Seconds of evidence that move the belief by one: a second builds it up, a third tears it down.
constexpr double kTimeToTrust_s = 1.0;
constexpr double kTimeToDoubt_s = 0.35;
constexpr double kLeastStep = 0.1;      ///< a single contradiction refutes a body that is new
constexpr double kLongestStep_s = 0.1;  ///< after a pause, evidence counts as one frame of it

/// Root mean square distance from the mean, over both axes.
template <typename Points>
double spread(const Points& points, std::size_t count) {
  double x = 0;
  double y = 0;
  double squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    x += points[i].x;
    y += points[i].y;
    squares += points[i].x * points[i].x + points[i].y * points[i].y;
  }
  const auto n = static_cast<double>(count);
  return std::sqrt(std::max(0.0, squares / n - (x / n) * (x / n) - (y / n) * (y / n)));
}

double wrist_distance(const BodyInImage& body, const HandInImage& hand, std::size_t wrist) {
  return std::hypot(body.points[wrist].x - hand.points[0].x,
                    body.points[wrist].y - hand.points[0].y);
}

double size_ratio(const BodyInImage& body, const HandInImage& hand) {
  const double of_body = pixels_per_metre(body);
  return of_body > 0 ? pixels_per_metre(hand) / of_body : 0;
}

/// Metres between the hand and the nearer wrist; by the hand's scale where that is the larger,
/// since a hand near the camera moves far in the picture.
double wrist_distance_m(const BodyInImage& body, const HandInImage& hand) {
  const double distance =
      std::min(wrist_distance(body, hand, kLeftWrist), wrist_distance(body, hand, kRightWrist));
  const double scale = std::max(pixels_per_metre(body), pixels_per_metre(hand));
  return scale > 0 ? distance / scale : distance;
}

}  // namespace

double pixels_per_metre(const HandInImage& hand) {
  const double in_world = spread(hand.world, kHandPoints);
  return in_world > 0 ? spread(hand.points, kHandPoints) / in_world : 0;
}

double pixels_per_metre(const BodyInImage& body) {
  constexpr std::size_t kDownToHips = kRightHip + 1;  // legs are often out of the picture
  const double in_world = spread(body.world, kDownToHips);
  return in_world > 0 ? spread(body.points, kDownToHips) / in_world : 0;
}

bool is_hand_of(const BodyInImage& body, const HandInImage& hand) {
  const double ratio = size_ratio(body, hand);
  return ratio > kSmallestFit && wrist_distance_m(body, hand) < kFarthestWrist_m;
}

BodyEvidence evidence_of_hands(const BodyInImage& body, std::span<const HandInImage> hands) {
  BodyEvidence evidence = BodyEvidence::kNone;
  for (const HandInImage& hand : hands) {
    if (is_hand_of(body, hand) && size_ratio(body, hand) < kLargestGoodFit) {
      return BodyEvidence::kFor;
    }
    if (size_ratio(body, hand) > kLargestFit) evidence = BodyEvidence::kAgainst;
  }
  return evidence;
}

void BodyBelief::update(BodyEvidence evidence, Timestamp timestamp) {
  const double step_s =
      last_ ? std::clamp(seconds(timestamp - *last_), 0.0, kLongestStep_s) : kLongestStep_s;
  last_ = timestamp;
  if (evidence == BodyEvidence::kFor) belief_ += step_s / kTimeToTrust_s;
  if (evidence == BodyEvidence::kAgainst) belief_ -= std::max(kLeastStep, step_s / kTimeToDoubt_s);
  belief_ = std::clamp(belief_, -1.0, 1.0);
}

void BodyBelief::prove() { belief_ = std::max(belief_, 0.5); }

}  // namespace kata
