// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/body_belief.h"

#include <gtest/gtest.h>

#include <array>

#include "kata/core/topology.h"

namespace kata {
namespace {

/// A body whose metre has this many pixels, wrists at (0, 0).
BodyInImage body_of(double pixels) {
  BodyInImage body;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    const double x_m = 0.02 * static_cast<double>(i % 5);
    const double y_m = 0.03 * static_cast<double>(i);
    body.world[i] = {static_cast<float>(x_m), static_cast<float>(y_m), 0};
    body.points[i] = {x_m * pixels, y_m * pixels, 0};
  }
  body.points[kLeftWrist] = body.points[kRightWrist] = {0, 0, 0};
  body.world[kLeftWrist] = body.world[kRightWrist] = {0, 0, 0};
  return body;
}

/// A hand whose metre has this many pixels, with its wrist at (x, 0).
HandInImage hand_of(double pixels, double x) {
  HandInImage hand;
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    const double y_m = 0.008 * static_cast<double>(i);
    hand.world[i] = {0, static_cast<float>(y_m), 0};
    hand.points[i] = {x, y_m * pixels, 0};
  }
  return hand;
}

BodyEvidence evidence(double hand_pixels, double hand_x) {
  return evidence_of_hands(body_of(200), std::array{hand_of(hand_pixels, hand_x)});
}

TEST(BodyEvidence, SpeaksForABodyWhoseHandFits) {
  EXPECT_EQ(evidence(220, 10), BodyEvidence::kFor);
}

TEST(BodyEvidence, SpeaksAgainstABodyFarTooSmallForTheHand) {
  EXPECT_EQ(evidence(800, 10), BodyEvidence::kAgainst);
}

TEST(BodyEvidence, IsSilentOnAHandSomewhatTooLargeOrFarAway) {
  EXPECT_EQ(evidence(450, 10), BodyEvidence::kNone);
  EXPECT_EQ(evidence(220, 300), BodyEvidence::kNone);
}

TEST(BodyEvidence, OneFittingHandIsEnough) {
  EXPECT_EQ(evidence_of_hands(body_of(200), std::array{hand_of(800, 10), hand_of(200, 5)}),
            BodyEvidence::kFor);
}

TEST(BodyBelief, IsLostAtOnceByANewBody) {
  BodyBelief belief;
  EXPECT_TRUE(belief.is_believed());
  belief.update(BodyEvidence::kAgainst, timestamp_from_seconds(0));
  EXPECT_FALSE(belief.is_believed());
}

TEST(BodyBelief, OutlastsAMomentOnceProved) {
  BodyBelief belief;
  for (int i = 0; i < 40; ++i) belief.update(BodyEvidence::kFor, timestamp_from_seconds(i / 30.0));
  for (int i = 40; i < 44; ++i) {
    belief.update(BodyEvidence::kAgainst, timestamp_from_seconds(i / 30.0));
  }
  EXPECT_TRUE(belief.is_believed());
  for (int i = 44; i < 60; ++i) {
    belief.update(BodyEvidence::kAgainst, timestamp_from_seconds(i / 30.0));
  }
  EXPECT_FALSE(belief.is_believed());
}

TEST(BodyBelief, ComesBackWithAFace) {
  BodyBelief belief;
  for (int i = 0; i < 40; ++i) {
    belief.update(BodyEvidence::kAgainst, timestamp_from_seconds(i / 30.0));
  }
  belief.prove();
  EXPECT_TRUE(belief.is_believed());
}

}  // namespace
}  // namespace kata
