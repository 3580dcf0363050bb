// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "kata/core/timestamp.h"
#include "kata/landmark/hand_pair.h"
#include "kata/landmark/one_euro.h"

namespace kata {

/// Which hand is which from frame to frame: at most one left and one right hand, each keeping its
/// side while it is followed and through a short occlusion.
///
/// Which side a hand is follows from all frames in which it was seen, not from one: the network's
/// word on a single frame is wrong in one of ten where hands overlap. Pure bookkeeping, no
/// networks.
class HandTracks {
 public:
  /// Takes the hands that were found where tracks (or a body's wrists) led, by side; a side without
  /// one was not seen. Two tracks that ended up on one hand become one.
  void update(const Hands& found, Timestamp timestamp);
  /// Adds hands that were found by themselves, best first, where a side is free. With a body, its
  /// wrists say which side; without one continuity does, and then the network's word.
  void add(std::span<const HandInImage> found, const BodyInImage* body, Timestamp timestamp);
  /// Exchanges the sides where the evidence of the past seconds says so. A body has the last word,
  /// unless both its wrists lead to the one hand that is seen.
  void settle_sides(const BodyInImage* body);

  /// Seen in the latest frame.
  Hands hands() const;
  /// Where to look for each side in the next frame: also, for a moment, where one was lost.
  Regions regions(Timestamp timestamp) const;
  bool is_seen(Side side) const;
  /// Whether a hand seen in the latest frame fills this region.
  bool is_known(const RectInImage& region) const;
  int seen() const { return int{is_seen(Side::kLeft)} + int{is_seen(Side::kRight)}; }
  /// Smoothed positions of the hands seen in the latest frame.
  Hands smoothed() const;
  void reset() { tracks_ = {}; }

 private:
  struct Track {
    HandInImage hand;
    HandInImage smooth;
    Timestamp born{};
    Timestamp seen{};
    double right = 0;  ///< evidence: logits × seconds, fading; > 0 a right hand
    OneEuro in_image;
    OneEuro in_world;
  };

  static Track new_track(const HandInImage& hand, Timestamp timestamp);
  static void advance(Track& track, const HandInImage& hand, Timestamp timestamp);
  Side side_for(const HandInImage& hand, const BodyInImage* body) const;
  bool may_take(Side side, const HandInImage& hand, Timestamp timestamp) const;
  bool is_side_open(const BodyInImage& body) const;
  /// A body's other wrist may lead to a hand that was just lost: it keeps its side.
  void return_to_own_side(Hands& found, Timestamp timestamp) const;
  void drop_duplicate(Hands& found) const;

  PerSide<std::optional<Track>> tracks_;
  Timestamp now_{};
};

/// Half the side of the region that a hand's landmarks span: about a palm and a half.
double hand_size(const HandInImage& hand);
/// Mean distance of landmarks, in hand sizes.
double hand_distance(const HandInImage& a, const HandInImage& b);

}  // namespace kata
