// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/core/topology.h"

namespace kata::test {

/// What the right arm (or the whole body) does in one repetition.
enum class Shape { kCurl, kCircle, kWave, kSquat };

struct MovementPlan {
  Shape shape = Shape::kCurl;
  int repetitions = 8;
  double duration_s = 1.6;
  double duration_spread = 0.15;  ///< share of the duration, either way
  double rest_s = 0.6;            ///< between repetitions; 0 = without any rest
  double idle_s = 1.0;            ///< before the first and after the last
  double amplitude = 1.0;
  double jitter = 0.001;  ///< standard deviation in units of the image
  double drift = 0.0;     ///< of the body through the picture, in units of the image
  double frame_rate_hz = 25;
  double hand_missing_share = 0;  ///< of the frames
  std::uint64_t seed = 1;
};

struct GeneratedTake {
  std::vector<Landmarks> frames;
  struct Truth {
    double start_s;
    double end_s;
  };
  std::vector<Truth> repetitions;
};

/// A stick person of the shape's phase (0–1; 0 and 1 are the posture of rest).
inline Landmarks stick_person(Shape shape, double phase, double amplitude) {
  Landmarks frame;
  frame.image_width = 640;
  frame.image_height = 480;
  Pose pose;
  pose.confidence = 1;
  pose.visibility.fill(0.99F);
  const double turn = 2 * std::numbers::pi * phase;
  const double out = 0.5 * (1 - std::cos(turn)) * amplitude;
  double wrist_x = 0.38, wrist_y = 0.72, sink = 0;
  switch (shape) {
    case Shape::kCurl:
      wrist_y -= 0.3 * out;
      break;
    case Shape::kCircle:
      wrist_x += 0.1 * amplitude * std::sin(turn);
      wrist_y -= 0.2 * out;
      break;
    case Shape::kWave:
      wrist_y -= 0.45 * amplitude * std::min(1.0, 2.5 * std::sin(std::numbers::pi * phase));
      wrist_x += 0.05 * amplitude * std::sin(3 * turn) * out;
      break;
    case Shape::kSquat:
      sink = 0.15 * out;
      break;
  }
  const auto put = [&](std::size_t index, double x, double y) {
    pose.points[index] = {static_cast<float>(x), static_cast<float>(y), 0};
  };
  for (std::size_t i = 0; i <= 10; ++i) put(i, 0.5, 0.2 + sink);
  put(kLeftShoulder, 0.58, 0.35 + sink);
  put(kRightShoulder, 0.42, 0.35 + sink);
  put(kLeftElbow, 0.61, 0.55 + sink);
  put(kRightElbow, 0.5 * (0.40 + wrist_x) - 0.02, 0.5 * (0.38 + wrist_y) + sink);
  for (const std::size_t i : {15, 17, 19, 21}) put(i, 0.62, 0.72 + sink);
  for (const std::size_t i : {16, 18, 20, 22}) put(i, wrist_x, wrist_y + sink);
  put(kLeftHip, 0.55, 0.62 + sink);
  put(kRightHip, 0.45, 0.62 + sink);
  put(kLeftKnee, 0.56 + 0.3 * sink, 0.78 + 0.4 * sink);
  put(kRightKnee, 0.44 - 0.3 * sink, 0.78 + 0.4 * sink);
  for (const std::size_t i : {27, 29, 31}) put(i, 0.56, 0.95);
  for (const std::size_t i : {28, 30, 32}) put(i, 0.44, 0.95);
  frame.pose = pose;
  Hand hand;
  hand.confidence = 1;
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    const double reach = 0.012 * static_cast<double>(i % 4 + (i > 0 ? 1 : 0));
    const double spread = 0.008 * (static_cast<double>(i / 4) - 2);
    hand.points[i] = {static_cast<float>(wrist_x + spread),
                      static_cast<float>(wrist_y + sink + reach), 0};
  }
  frame.right_hand = hand;
  return frame;
}

/// Seeded; the same plan gives the same take.
inline GeneratedTake generate_take(const MovementPlan& plan) {
  std::mt19937_64 random(plan.seed);
  std::uniform_real_distribution<double> unit(-1, 1);
  std::normal_distribution<double> noise(0, 1);
  GeneratedTake take;
  double time_s = plan.idle_s;
  for (int i = 0; i < plan.repetitions; ++i) {
    const double length_s = plan.duration_s * (1 + plan.duration_spread * unit(random));
    take.repetitions.push_back({time_s, time_s + length_s});
    time_s += length_s + plan.rest_s * (1 + 0.5 * unit(random));
  }
  const double end_s =
      (take.repetitions.empty() ? plan.idle_s : take.repetitions.back().end_s) + plan.idle_s;
  std::size_t next = 0;
  for (int i = 0; i / plan.frame_rate_hz < end_s; ++i) {
    const double now_s = i / plan.frame_rate_hz;
    while (next < take.repetitions.size() && take.repetitions[next].end_s <= now_s) ++next;
    double phase = 0;
    if (next < take.repetitions.size() && now_s > take.repetitions[next].start_s) {
      const auto& [begin, end] = take.repetitions[next];
      phase = (now_s - begin) / (end - begin);
    }
    Landmarks frame = stick_person(plan.shape, phase, plan.amplitude);
    frame.timestamp = timestamp_from_seconds(now_s);
    const double shift = plan.drift * now_s / end_s;
    const auto shake = [&](PointInUnit& p) {
      p.x += static_cast<float>(shift + plan.jitter * noise(random));
      p.y += static_cast<float>(plan.jitter * noise(random));
    };
    for (PointInUnit& p : frame.pose->points) shake(p);
    for (PointInUnit& p : frame.right_hand->points) shake(p);
    if (0.5 * (unit(random) + 1) < plan.hand_missing_share) frame.right_hand.reset();
    take.frames.push_back(std::move(frame));
  }
  return take;
}

}  // namespace kata::test
