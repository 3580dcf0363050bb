// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/rect.h"

#include <gtest/gtest.h>

#include <array>
#include <numbers>

#include "kata/landmark/hand_network.h"
#include "kata/landmark/region_choice.h"

namespace kata {
namespace {

constexpr double kPi = std::numbers::pi;

TEST(WrappedAngle, LiesInOneTurn) {
  EXPECT_NEAR(wrapped_angle(3 * kPi + 0.1), -kPi + 0.1, 1e-12);
  EXPECT_NEAR(wrapped_angle(-0.2), -0.2, 1e-12);
  EXPECT_NEAR(wrapped_angle(kPi), -kPi, 1e-12);
}

TEST(RotationTowards, IsZeroForAnUprightBody) {
  EXPECT_NEAR(rotation_towards({10, 50}, {10, 20}, kPi / 2), 0, 1e-12);
  EXPECT_NEAR(rotation_towards({10, 50}, {40, 50}, kPi / 2), kPi / 2, 1e-12);
}

TEST(Grown, ShiftsByTheHeightBeforeSquaringAlongItsOwnAxis) {
  const RectInImage rect = grown({{100, 100}, 40, 20, kPi / 2}, 2, -0.5);
  EXPECT_NEAR(rect.center.x, 110, 1e-9);
  EXPECT_NEAR(rect.center.y, 100, 1e-9);
  EXPECT_NEAR(rect.width, 80, 1e-9);
  EXPECT_NEAR(rect.height, 80, 1e-9);
}

TEST(ImageFromUnit, TurnsClockwise) {
  const PointInImage corner = image_from_unit({{50, 50}, 20, 20, kPi / 2}, 0, 0);
  EXPECT_NEAR(corner.x, 60, 1e-9);
  EXPECT_NEAR(corner.y, 40, 1e-9);
}

TEST(IntersectionOverUnion, IsAThirdForHalfOverlap) {
  EXPECT_NEAR(intersection_over_union({0, 0, 2, 2}, {1, 0, 3, 2}), 1.0 / 3, 1e-12);
  EXPECT_EQ(intersection_over_union({0, 0, 2, 2}, {5, 5, 6, 6}), 0);
  EXPECT_EQ(intersection_over_union({0, 0, 0, 0}, {0, 0, 0, 0}), 0);
}

TEST(ShareInImage, CountsWhatLiesInside) {
  // Pixel 0 reaches from -0.5 to 0.5.
  EXPECT_NEAR(share_in_image({{49.5, 49.5}, 100, 100, 0}, 100, 100), 1, 1e-12);
  EXPECT_NEAR(share_in_image({{-0.5, 49.5}, 20, 20, 0}, 100, 100), 0.5, 1e-12);
  EXPECT_NEAR(share_in_image({{99.5, 99.5}, 20, 20, 0}, 100, 100), 0.25, 1e-12);
  EXPECT_NEAR(share_in_image({{49.5, 49.5}, 200, 200, 0}, 100, 100), 0.25, 1e-12);
  EXPECT_EQ(share_in_image({{300, 50}, 20, 20, 1}, 100, 100), 0);
  EXPECT_EQ(share_in_image({{50, 50}, 0, 20, 0}, 100, 100), 0);
}

TEST(ShareInImage, TurnsWithTheRegion) {
  // A square on its corner, of which a tip, half of half a diagonal long, reaches in.
  // quarter.
  const double side = 20;
  const double half_diagonal = side / std::sqrt(2.0);
  const double tip = half_diagonal / 2;  // how far it reaches in
  const RectInImage corner_first{{-0.5 - half_diagonal + tip, 50}, side, side, kPi / 4};
  EXPECT_NEAR(share_in_image(corner_first, 100, 100), tip * tip / (side * side), 1e-12);
}

/// An upright flat hand, fingers up, with the wrist at the origin.
HandInImage flat_hand() {
  HandInImage hand;
  for (std::size_t finger = 0; finger < 5; ++finger) {
    for (std::size_t joint = 0; joint < 4; ++joint) {
      hand.points[1 + finger * 4 + joint] = {(static_cast<double>(finger) - 2) * 10,
                                             -40 - 10 * static_cast<double>(joint), 0};
    }
  }
  return hand;
}

TEST(RegionFromHand, IsUprightForAnUprightHandAndLeavesTheTipsOut) {
  const RectInImage region = region_from_hand(flat_hand());
  EXPECT_NEAR(region.angle, 0, 1e-9);
  EXPECT_NEAR(region.width, 2 * 60,
              1e-9);  // wrist to the thumb's third joint, the highest point used
  EXPECT_NEAR(region.center.x, 0, 1e-9);
  EXPECT_NEAR(region.center.y, -30 - 0.1 * 60, 1e-9);
}

TEST(RegionFromHand, TurnsWithTheHand) {
  HandInImage hand = flat_hand();
  for (LandmarkInImage& point : hand.points) {
    const PointInImage turned = rotated(point.point(), 0.7);
    point = {turned.x, turned.y, 0};
  }
  const RectInImage region = region_from_hand(hand);
  EXPECT_NEAR(region.angle, 0.7, 1e-9);
  EXPECT_NEAR(region.width, 2 * 60, 1e-6);
}

TEST(RegionFromPalm, MovesTowardsTheFingers) {
  const RectInImage region = region_from_palm({80, 80, 120, 120}, {100, 120}, {100, 80});
  EXPECT_NEAR(region.center.y, 100 - 0.5 * 40, 1e-9);
  EXPECT_NEAR(region.width, 2.6 * 40, 1e-9);
}

TEST(TrackingChoice, KeepsALittleMovedRegionOnly) {
  const RectInImage current{{100, 100}, 100, 100, 0};
  const std::array<PointInImage, 2> inside = {PointInImage{90, 90}, PointInImage{120, 110}};
  const auto keeps = [&](const RectInImage& previous) {
    return is_tracking_kept(previous, inside, current, hand_tolerance());
  };
  EXPECT_TRUE(keeps({{110, 95}, 90, 90, 0.3}));
  EXPECT_FALSE(keeps({{121, 100}, 100, 100, 0}));
  EXPECT_FALSE(keeps({{100, 100}, 150, 150, 0}));
  EXPECT_FALSE(keeps({{100, 100}, 100, 100, 0.8}));
  const std::array<PointInImage, 1> outside = {PointInImage{146, 100}};
  EXPECT_FALSE(is_tracking_kept(current, outside, current, hand_tolerance()));
}

}  // namespace
}  // namespace kata
