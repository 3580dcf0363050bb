// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/hand_tracks.h"

#include <gtest/gtest.h>

#include <vector>

#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr std::size_t kLeft = 0;
constexpr std::size_t kRight = 1;

/// A flat hand at (x, 0), 110 px long; `right` is the network's word.
HandInImage hand_at(double x, double right) {
  HandInImage hand;
  hand.points[0] = {x, 50, 0};
  for (std::size_t i = 1; i < kHandPoints; ++i) {
    const auto finger = static_cast<double>((i - 1) / 4);
    const auto joint = static_cast<double>((i - 1) % 4);
    hand.points[i] = {x + (finger - 2) * 10, -20 - 10 * joint, 0};
  }
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    hand.world[i] = {static_cast<float>(hand.points[i].x) * 0.001f,
                     static_cast<float>(hand.points[i].y) * 0.001f, 0};
  }
  hand.presence = 0.9;
  hand.right = right;
  return hand;
}

Timestamp frame(int i) { return timestamp_from_seconds(i / 30.0); }

/// Tracks after one frame with hands at 0 and 500 called left and right.
HandTracks two_hands() {
  HandTracks tracks;
  tracks.update({}, frame(0));
  tracks.add(std::vector{hand_at(0, 0.02), hand_at(500, 0.98)}, nullptr, frame(0));
  tracks.settle_sides(nullptr);
  return tracks;
}

TEST(HandTracks, TakeTheNetworksWordForNewHands) {
  const Hands hands = two_hands().hands();
  ASSERT_TRUE(hands[kLeft] && hands[kRight]);
  EXPECT_NEAR(hands[kLeft]->points[0].x, 0, 1e-9);
  EXPECT_NEAR(hands[kRight]->points[0].x, 500, 1e-9);
}

TEST(HandTracks, NeverGiveBothHandsOneSide) {
  HandTracks tracks;
  tracks.update({}, frame(0));
  tracks.add(std::vector{hand_at(0, 0.7), hand_at(500, 0.98)}, nullptr, frame(0));
  tracks.settle_sides(nullptr);
  const Hands hands = tracks.hands();
  ASSERT_TRUE(hands[kLeft] && hands[kRight]);
  EXPECT_NEAR(hands[kRight]->points[0].x, 500, 1e-9) << "the surer one has its word";
}

TEST(HandTracks, KeepSidesWhileTheNetworkIsWrongForAMoment) {
  HandTracks tracks = two_hands();
  for (int i = 1; i < 40; ++i) {
    const double word = i >= 30 && i < 36 ? 0.98 : 0.02;
    tracks.update({hand_at(0, word), hand_at(500, 1 - word)}, frame(i));
    tracks.settle_sides(nullptr);
  }
  EXPECT_NEAR(tracks.hands()[kLeft]->points[0].x, 0, 1e-9);
}

TEST(HandTracks, ExchangeSidesWhenTheEvidenceStays) {
  HandTracks tracks = two_hands();
  for (int i = 1; i < 90; ++i) {
    const Hands hands = tracks.hands();
    Hands found;
    for (std::size_t side = 0; side < 2; ++side) {
      const double x = hands[side]->points[0].x;
      found[side] = hand_at(x, x < 250 ? 0.98 : 0.02);
    }
    tracks.update(found, frame(i));
    tracks.settle_sides(nullptr);
  }
  EXPECT_NEAR(tracks.hands()[kRight]->points[0].x, 0, 1e-9);
}

TEST(HandTracks, KeepSidesThroughACrossing) {
  HandTracks tracks = two_hands();
  for (int i = 1; i <= 25; ++i) {
    tracks.update({hand_at(20.0 * i, 0.3), hand_at(500 - 20.0 * i, 0.6)}, frame(i));
    tracks.settle_sides(nullptr);
  }
  EXPECT_NEAR(tracks.hands()[kLeft]->points[0].x, 500, 1e-9);
}

TEST(HandTracks, GiveALostHandItsSideBack) {
  HandTracks tracks = two_hands();
  for (int i = 1; i < 20; ++i) tracks.update({std::nullopt, hand_at(500, 0.98)}, frame(i));
  EXPECT_FALSE(tracks.hands()[kLeft]);
  tracks.add(std::vector{hand_at(30, 0.98)}, nullptr, frame(19));
  tracks.settle_sides(nullptr);
  ASSERT_TRUE(tracks.hands()[kLeft]);
  EXPECT_NEAR(tracks.hands()[kLeft]->points[0].x, 30, 1e-9);
}

TEST(HandTracks, DoNotTakeAHandElsewhereForOneJustLost) {
  HandTracks tracks = two_hands();
  tracks.update({std::nullopt, hand_at(500, 0.98)}, frame(1));
  tracks.add(std::vector{hand_at(1200, 0.02)}, nullptr, frame(1));
  EXPECT_FALSE(tracks.hands()[kLeft]);
  tracks.update({std::nullopt, hand_at(500, 0.98)}, frame(20));
  tracks.add(std::vector{hand_at(1200, 0.02)}, nullptr, frame(20));
  EXPECT_TRUE(tracks.hands()[kLeft]);
}

TEST(HandTracks, MergeTwoTracksOnOneHandIntoTheOneThatStayed) {
  HandTracks tracks = two_hands();
  tracks.update({hand_at(495, 0.98), hand_at(500, 0.98)}, frame(1));
  EXPECT_FALSE(tracks.hands()[kLeft]);
  EXPECT_TRUE(tracks.hands()[kRight]);
}

TEST(HandTracks, KnowTheRegionsOfSeenHandsOnly) {
  HandTracks tracks = two_hands();
  const RectInImage region = region_from_hand(hand_at(10, 0.5));
  EXPECT_TRUE(tracks.is_known(region));
  tracks.update({std::nullopt, hand_at(500, 0.98)}, frame(1));
  EXPECT_FALSE(tracks.is_known(region));
}

TEST(HandTracks, LookWhereAHandWasLostForAMomentOnly) {
  HandTracks tracks = two_hands();
  tracks.update({}, frame(1));
  EXPECT_TRUE(tracks.regions(frame(3))[kLeft]);
  EXPECT_FALSE(tracks.regions(frame(20))[kLeft]);
}

TEST(HandTracks, FollowTheBodysWristsWhereThereIsABody) {
  BodyInImage body;
  body.points[kLeftWrist] = {510, 50, 0};
  body.points[kRightWrist] = {0, 50, 0};
  HandTracks tracks;
  tracks.update({}, frame(0));
  tracks.add(std::vector{hand_at(500, 0.98)}, &body, frame(0));
  EXPECT_TRUE(tracks.hands()[kLeft]);
  EXPECT_FALSE(tracks.hands()[kRight]);
}

TEST(HandTracks, SmoothAStillHandsNoiseButFollowAMovingOne) {
  HandTracks tracks = two_hands();
  double still = 0;
  for (int i = 1; i < 30; ++i) {
    const double noise = i % 2 == 0 ? 0.5 : -0.5;
    tracks.update({hand_at(noise, 0.02), hand_at(500 + 10.0 * i, 0.98)}, frame(i));
    still = std::abs(tracks.smoothed()[kLeft]->points[0].x);
  }
  EXPECT_LT(still, 0.4);
  EXPECT_GT(tracks.smoothed()[kRight]->points[0].x, 500 + 10.0 * 29 - 10) << "lags over a frame";
}

}  // namespace
}  // namespace kata
