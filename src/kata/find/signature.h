// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "kata/find/course.h"

namespace kata {

inline constexpr std::size_t kSignatureOrders = 12;
/// Position and direction, each to the right and down.
inline constexpr std::size_t kSignatureChannels = 4;
inline constexpr std::size_t kSignatureOfPoint = kSignatureOrders * kSignatureChannels;

/// A stretch of movement as slow to fast parts (cosine transform, type II) of where each point is
/// and which way it goes, whatever its duration, place and body.
struct Signature {
  std::array<std::array<float, kSignatureOfPoint>, kCoursePoints> values{};
  float reach = 0;  ///< units: how far the body's points are from their middles, root mean square
  bool has_left_hand = false;
  bool has_right_hand = false;
};

/// How much each point counts.
using PointWeights = std::array<float, kCoursePoints>;

/// Which points a signature has: those of the legs only of movements of the whole body.
enum class BodyPart { kArms, kWhole };

/// A part of a stream: its frames, and the times between which it lies.
struct CourseWindow {
  std::span<const CourseFrame> frames;
  double start_s = 0;
  double end_s = 0;
};

/// Points that are wanted of a signature; the others stay 0.
using PointMask = std::array<bool, kCoursePoints>;
PointMask every_point();
/// Those that count for something, and their mirror images.
PointMask points_of(const PointWeights& weights);

/// Nothing where too little of the body is seen.
std::optional<Signature> signature_of(const CourseWindow& window, BodyPart part,
                                      const PointMask& wanted = every_point());
/// As the same person in a mirror would have it.
Signature mirrored(const Signature& signature);

/// Which hands were seen in two signatures: 0 none, 1 left, 2 right, 3 both.
std::size_t hands_of_both(const Signature& a, const Signature& b);
inline constexpr std::size_t kHandSets = 4;

/// Root mean square difference by weight, over the body and those hands that both show. Where it
/// is more than `most`, something more than `most` is given, for speed.
double signature_distance(const Signature& a, const Signature& b, const PointWeights& weights,
                          double most = 1e9);

/// Weighted squares of differences of body, left and right hand, and their weights.
struct MemberSquares {
  std::array<float, 3> squares{};
  std::array<float, 3> weights{};
  /// Root mean square over the body and the hands of a set.
  double distance(std::size_t hands) const;
};
MemberSquares member_squares(const Signature& a, const Signature& b, const PointWeights& weights);

}  // namespace kata
