// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/hand_tracks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr Duration kLookAgain{250'000};   ///< how long to look where a hand was lost
constexpr Duration kRemember{1'500'000};  ///< how long a lost hand keeps its side
constexpr Duration kWaitForOwn{400'000};  ///< before a hand elsewhere may take a lost one's side
constexpr double kSameHand = 0.25;        ///< hand sizes; two tracks this close are one hand
constexpr double kSameWrist = 0.5;        ///< hand sizes; wrists this close do not tell sides apart
constexpr double kSameRegion = 0.5;       ///< overlap over union, as in MediaPipe's association
constexpr double kOverlap = 0.6;          ///< hand sizes; a found hand this close is a known one
constexpr double kNearLost = 1.5;         ///< hand sizes; a found hand this close is the lost one
constexpr double kEvidenceFades_s = 2.0;
constexpr double kStrongestWord = 2.0;   ///< of one frame: a logit
constexpr double kFirstWord_s = 0.1;     ///< weight of the first frame
constexpr double kEvidencePerAge = 3.0;  ///< how fast sides set
constexpr double kMostEvidence = 1.5;    ///< that an exchange of sides of old tracks needs

// Light smoothing, speeds in hand sizes a second: calmer than MediaPipe's hands at rest and in
// motion, no tenth of a frame later, and no farther from the truth (./dev bench).
constexpr OneEuroOptions kSmoothing{.min_cutoff_hz = 2, .beta = 30, .derivative_cutoff_hz = 3};
constexpr double kHandInWorld_m = 0.1;

double logit(double p) {
  p = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::clamp(std::log(p / (1 - p)), -kStrongestWord, kStrongestWord);
}

double wrist_distance(const BodyInImage& body, const HandInImage& hand, std::size_t wrist) {
  return std::hypot(body.points[wrist].x - hand.points[0].x,
                    body.points[wrist].y - hand.points[0].y);
}

template <typename Points>
std::array<double, kHandPoints * 3> flat(const Points& points) {
  std::array<double, kHandPoints * 3> values;
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    values[i * 3] = points[i].x;
    values[i * 3 + 1] = points[i].y;
    values[i * 3 + 2] = points[i].z;
  }
  return values;
}

HandInImage smoothed_hand(const HandInImage& hand, OneEuro& in_image, OneEuro& in_world,
                          Timestamp timestamp) {
  HandInImage smooth = hand;
  const double size = hand_size(hand);
  auto image = flat(hand.points);
  auto world = flat(hand.world);
  in_image.apply(image, timestamp, size > 0 ? 1 / size : 0);
  in_world.apply(world, timestamp, 1 / kHandInWorld_m);
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    smooth.points[i] = {image[i * 3], image[i * 3 + 1], image[i * 3 + 2]};
    smooth.world[i] = {static_cast<float>(world[i * 3]), static_cast<float>(world[i * 3 + 1]),
                       static_cast<float>(world[i * 3 + 2])};
  }
  return smooth;
}

}  // namespace

double hand_size(const HandInImage& hand) { return region_from_hand(hand).width / 2; }

double hand_distance(const HandInImage& a, const HandInImage& b) {
  double sum = 0;
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    sum += std::hypot(a.points[i].x - b.points[i].x, a.points[i].y - b.points[i].y);
  }
  const double size = std::max({hand_size(a), hand_size(b), 1.0});
  return sum / kHandPoints / size;
}

HandTracks::Track HandTracks::new_track(const HandInImage& hand, Timestamp timestamp) {
  Track track{hand,
              hand,
              timestamp,
              timestamp,
              kFirstWord_s * logit(hand.right),
              OneEuro(kSmoothing),
              OneEuro(kSmoothing)};
  track.smooth = smoothed_hand(hand, track.in_image, track.in_world, timestamp);
  return track;
}

void HandTracks::advance(Track& track, const HandInImage& hand, Timestamp timestamp) {
  const double step_s = std::max(0.0, seconds(timestamp - track.seen));
  const double kept = std::exp(-step_s / kEvidenceFades_s);
  track.right = track.right * kept + std::min(step_s, kFirstWord_s) * logit(hand.right);
  const bool was_lost = step_s > seconds(kLookAgain);
  if (was_lost) {
    track.in_image.reset();
    track.in_world.reset();
  }
  track.hand = hand;
  track.seen = timestamp;
  track.smooth = smoothed_hand(hand, track.in_image, track.in_world, timestamp);
}

void HandTracks::update(const Hands& found, Timestamp timestamp) {
  Hands kept = found;
  drop_duplicate(kept);
  return_to_own_side(kept, timestamp);
  now_ = timestamp;
  for (const Side side : kSides) {
    auto& track = tracks_[index(side)];
    const auto& hand = kept[index(side)];
    if (hand && track) {
      advance(*track, *hand, timestamp);
    } else if (hand) {
      track = new_track(*hand, timestamp);
    } else if (track && timestamp - track->seen > kRemember) {
      track.reset();
    }
  }
}

void HandTracks::drop_duplicate(Hands& found) const {
  if (!found[0] || !found[1] || hand_distance(*found[0], *found[1]) > kSameHand) return;
  double right = kFirstWord_s * (logit(found[0]->right) + logit(found[1]->right));
  PerSide<double> jump{};
  for (std::size_t i = 0; i < 2; ++i) {
    if (tracks_[i]) right += tracks_[i]->right;
    jump[i] = tracks_[i] ? hand_distance(tracks_[i]->hand, *found[i]) : 1e9;
  }
  bool is_right = right > 0;
  // Where the sides' pasts are balanced, the one that jumped is the one that left its own hand.
  if (std::abs(right) < kMostEvidence && jump[0] != jump[1]) is_right = jump[0] > jump[1];
  found[index(is_right ? Side::kLeft : Side::kRight)].reset();
}

void HandTracks::return_to_own_side(Hands& found, Timestamp timestamp) const {
  for (const Side side : kSides) {
    auto& hand = found[index(side)];
    auto& own = found[index(other(side))];
    const auto& owner = tracks_[index(other(side))];
    if (!hand || own || tracks_[index(side)] || !owner) continue;
    if (timestamp - owner->seen > kLookAgain || hand_distance(owner->hand, *hand) > kOverlap)
      continue;
    own = std::exchange(hand, std::nullopt);
  }
}

bool HandTracks::is_seen(Side side) const {
  const auto& track = tracks_[index(side)];
  return track && track->seen == now_;
}

bool HandTracks::is_known(const RectInImage& region) const {
  return std::any_of(kSides.begin(), kSides.end(), [&](Side side) {
    return is_seen(side) &&
           intersection_over_union(unrotated_box(region_from_hand(tracks_[index(side)]->hand)),
                                   unrotated_box(region)) > kSameRegion;
  });
}

bool HandTracks::may_take(Side side, const HandInImage& hand, Timestamp timestamp) const {
  const auto& track = tracks_[index(side)];
  if (!track) return true;
  if (is_seen(side)) return false;
  return timestamp - track->seen > kWaitForOwn || hand_distance(track->hand, hand) < kNearLost;
}

Side HandTracks::side_for(const HandInImage& hand, const BodyInImage* body) const {
  const Side word = hand.right >= 0.5 ? Side::kRight : Side::kLeft;
  if (body != nullptr) {
    return wrist_distance(*body, hand, kLeftWrist) < wrist_distance(*body, hand, kRightWrist)
               ? Side::kLeft
               : Side::kRight;
  }
  // A hand near the place of a lost one is that one, whatever the network calls it now.
  PerSide<double> away = {1e9, 1e9};
  for (const Side side : kSides) {
    const auto& track = tracks_[index(side)];
    if (track && !is_seen(side)) away[index(side)] = hand_distance(track->hand, hand);
  }
  if (std::min(away[0], away[1]) < kNearLost) return away[0] < away[1] ? Side::kLeft : Side::kRight;
  return word;
}

void HandTracks::add(std::span<const HandInImage> found, const BodyInImage* body,
                     Timestamp timestamp) {
  now_ = timestamp;
  for (const HandInImage& hand : found) {
    const bool is_known = std::any_of(kSides.begin(), kSides.end(), [&](Side side) {
      return is_seen(side) && hand_distance(tracks_[index(side)]->hand, hand) < kOverlap;
    });
    if (is_known) continue;
    Side side = side_for(hand, body);
    if (!may_take(side, hand, timestamp)) {
      if (body != nullptr) continue;  // the body's own hand of this side is there already
      side = other(side);
      if (!may_take(side, hand, timestamp)) continue;
    }
    auto& track = tracks_[index(side)];
    if (track && hand_distance(track->hand, hand) < kNearLost) {
      advance(*track, hand, timestamp);
    } else {
      track = new_track(hand, timestamp);
    }
  }
}

bool HandTracks::is_side_open(const BodyInImage& body) const {
  if (seen() != 1) return false;
  const auto& hand = tracks_[index(is_seen(Side::kLeft) ? Side::kLeft : Side::kRight)]->hand;
  return std::abs(wrist_distance(body, hand, kLeftWrist) -
                  wrist_distance(body, hand, kRightWrist)) < kSameWrist * hand_size(hand);
}

void HandTracks::settle_sides(const BodyInImage* body) {
  if (body != nullptr && !is_side_open(*body)) return;
  double agreement = 0;
  double age_s = 0;
  for (const Side side : kSides) {
    if (!is_seen(side)) continue;
    const Track& track = *tracks_[index(side)];
    agreement += side == Side::kRight ? track.right : -track.right;
    age_s = std::max(age_s, seconds(now_ - track.born));
  }
  if (agreement < -std::min(kEvidencePerAge * age_s, kMostEvidence)) {
    std::swap(tracks_[0], tracks_[1]);
  }
}

Hands HandTracks::hands() const {
  Hands hands;
  for (const Side side : kSides) {
    if (is_seen(side)) hands[index(side)] = tracks_[index(side)]->hand;
  }
  return hands;
}

Hands HandTracks::smoothed() const {
  Hands hands;
  for (const Side side : kSides) {
    if (is_seen(side)) hands[index(side)] = tracks_[index(side)]->smooth;
  }
  return hands;
}

Regions HandTracks::regions(Timestamp timestamp) const {
  Regions regions;
  for (const Side side : kSides) {
    const auto& track = tracks_[index(side)];
    if (track && timestamp - track->seen <= kLookAgain) {
      regions[index(side)] = region_from_hand(track->hand);
    }
  }
  return regions;
}

}  // namespace kata
