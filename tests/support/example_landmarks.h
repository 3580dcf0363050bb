// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

#include "kata/core/repetition.h"

namespace kata::test {

/// Numbers whose every bit matters, different for every call with another seed.
inline float odd_number(std::size_t seed) {
  return std::sin(static_cast<float>(seed) * 0.7F) * 1.1F;
}

inline Hand example_hand(std::size_t seed) {
  Hand hand;
  hand.confidence = 0.75F;
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    hand.points[i] = {odd_number(seed + i), odd_number(seed + i + 7), odd_number(seed + i + 13)};
    hand.world[i] = {odd_number(seed + i + 1), 0.0F, -0.0F};
  }
  return hand;
}

inline Landmarks example_landmarks(std::size_t seed) {
  Landmarks frame;
  frame.timestamp = Timestamp(Duration(1'000'001 + 33'367 * static_cast<std::int64_t>(seed)));
  frame.image_width = 640;
  frame.image_height = 480;
  Pose pose;
  pose.confidence = 0.9F;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    pose.points[i] = {odd_number(seed + i), odd_number(seed + 2 * i), odd_number(seed + 3 * i)};
    pose.visibility[i] = std::fabs(odd_number(seed + i + 99));
    pose.world[i] = {odd_number(seed + i + 5), odd_number(seed + i + 6), 0.5F};
  }
  frame.pose = pose;
  if (seed % 2 == 0) frame.left_hand = example_hand(seed + 40);
  if (seed % 3 != 0) frame.right_hand = example_hand(seed + 80);
  return frame;
}

inline Repetition example_repetition(std::int64_t take, std::size_t frames = 6) {
  Repetition repetition;
  repetition.take = take;
  repetition.movement = "knead";
  for (std::size_t i = 0; i < frames; ++i) repetition.frames.push_back(example_landmarks(i));
  return repetition;
}

template <typename Points>
bool same_bits(const Points& a, const Points& b) {
  return std::memcmp(a.data(), b.data(), sizeof(a)) == 0;
}

inline void expect_same_hand(const std::optional<Hand>& a, const std::optional<Hand>& b) {
  ASSERT_EQ(a.has_value(), b.has_value());
  if (!a) return;
  EXPECT_TRUE(same_bits(a->points, b->points));
  EXPECT_TRUE(same_bits(a->world, b->world));
  EXPECT_EQ(a->confidence, b->confidence);
}

inline void expect_same_frame(const Landmarks& a, const Landmarks& b) {
  EXPECT_EQ(a.timestamp, b.timestamp);
  EXPECT_EQ(a.image_width, b.image_width);
  EXPECT_EQ(a.image_height, b.image_height);
  ASSERT_EQ(a.pose.has_value(), b.pose.has_value());
  if (a.pose) {
    EXPECT_TRUE(same_bits(a.pose->points, b.pose->points));
    EXPECT_TRUE(same_bits(a.pose->visibility, b.pose->visibility));
    EXPECT_TRUE(same_bits(a.pose->world, b.pose->world));
    EXPECT_EQ(a.pose->confidence, b.pose->confidence);
  }
  expect_same_hand(a.left_hand, b.left_hand);
  expect_same_hand(a.right_hand, b.right_hand);
  ASSERT_EQ(a.face.has_value(), b.face.has_value());
  if (a.face) {
    ASSERT_EQ(a.face->points.size(), b.face->points.size());
    EXPECT_EQ(0, std::memcmp(a.face->points.data(), b.face->points.data(),
                             a.face->points.size() * sizeof(PointInUnit)));
  }
}

inline void expect_same_frames(std::span<const Landmarks> a, std::span<const Landmarks> b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) expect_same_frame(a[i], b[i]);
}

}  // namespace kata::test
