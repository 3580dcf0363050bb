// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <memory>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "kata/core/repetition.h"
#include "kata/core/topology.h"
#include "kata/learn/judge.h"
#include "kata/learn/random.h"

namespace kata::test {

/// How a made-up person performs a made-up movement.
struct Performance {
  double reach = 1.0;      ///< how far the right wrist goes, in shoulder widths
  double height = 0.0;     ///< how far above the table the path lies, in shoulder widths
  bool goes_round = true;  ///< a circle; otherwise to and fro
  double duration_s = 1.2;
  double size = 0.25;     ///< shoulder width, of the picture's height
  double centre_x = 0.5;  ///< of the picture's width
  double noise = 0.004;   ///< of the picture's height
  bool with_hand = true;
  int frames_per_second = 25;
};

inline PointInUnit noisy(double x, double y, double noise, Random& random) {
  const auto jitter = [&] { return noise * (random.uniform() - 0.5); };
  return {static_cast<float>(x + jitter()), static_cast<float>(y + jitter()),
          static_cast<float>(jitter())};
}

/// One frame at a phase of 0–1; 640 × 480.
inline Landmarks pose_at(const Performance& how, double phase, Random& random) {
  constexpr double kAspect = 640.0 / 480.0;
  const double unit = how.size;
  const double angle = 2 * std::numbers::pi * phase;
  const double wrist_x =
      how.centre_x * kAspect - unit * (0.5 + 0.5 * how.reach * (1 - std::cos(angle)));
  const double wrist_y =
      0.5 + unit * (0.9 - how.height + (how.goes_round ? 0.4 * how.reach * std::sin(angle) : 0.0));
  const auto at = [&](double x, double y) { return noisy(x / kAspect, y, how.noise, random); };
  Landmarks frame;
  frame.image_width = 640;
  frame.image_height = 480;
  Pose pose;
  pose.confidence = 1;
  const double middle = how.centre_x * kAspect;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    const double y = i >= kLeftHip ? 1.2 : 0.5 - unit * 0.6;
    pose.points[i] = at(middle, y);
    pose.visibility[i] = i >= kLeftHip ? 0.1F : 0.95F;
  }
  pose.points[kLeftShoulder] = at(middle + unit / 2, 0.5);
  pose.points[kRightShoulder] = at(middle - unit / 2, 0.5);
  pose.points[kLeftElbow] = at(middle + unit * 0.6, 0.5 + unit * 0.8);
  pose.points[kLeftWrist] = at(middle + unit * 0.4, 0.5 + unit * 1.2);
  pose.points[kRightElbow] =
      at((wrist_x + middle - unit / 2) / 2 - unit * 0.2, (wrist_y + 0.5) / 2);
  pose.points[kRightWrist] = at(wrist_x, wrist_y);
  frame.pose = pose;
  if (how.with_hand) {
    Hand hand;
    hand.confidence = 1;
    for (std::size_t i = 0; i < kHandPoints; ++i) {
      const double finger = (static_cast<double>(i) - 1) / 4 - 2;
      const double along = 0.25 + 0.1 * static_cast<double>((i + 3) % 4);
      hand.points[i] = at(wrist_x + unit * 0.1 * finger, wrist_y + unit * along);
    }
    hand.points[0] = at(wrist_x, wrist_y);
    frame.right_hand = hand;
  }
  return frame;
}

inline std::vector<Landmarks> perform(const Performance& how, Random& random) {
  const int frames = std::max(4, static_cast<int>(how.duration_s * how.frames_per_second));
  std::vector<Landmarks> result;
  for (int i = 0; i < frames; ++i) {
    result.push_back(pose_at(how, static_cast<double>(i) / (frames - 1), random));
    result.back().timestamp =
        timestamp_from_seconds(static_cast<double>(i) / how.frames_per_second);
  }
  return result;
}

/// `count` repetitions that differ a little in reach, height and speed.
inline std::vector<Repetition> taught(const std::string& movement, Label label, Performance how,
                                      int count, Random& random) {
  std::vector<Repetition> result;
  for (int i = 0; i < count; ++i) {
    Performance mine = how;
    mine.reach *= 0.95 + 0.1 * random.uniform();
    mine.height += 0.06 * (random.uniform() - 0.5);
    mine.duration_s *= 0.9 + 0.2 * random.uniform();
    Repetition repetition;
    repetition.id = static_cast<std::int64_t>(result.size()) + 1;
    repetition.take = label == Label::kCorrect ? 1 : 2;
    repetition.movement = movement;
    repetition.label = label;
    repetition.person = "ada";
    repetition.frames = perform(mine, random);
    result.push_back(std::move(repetition));
  }
  return result;
}

inline std::vector<Repetition> operator+(std::vector<Repetition> a,
                                         const std::vector<Repetition>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// Taught by six right and six wrong repetitions of "polish", the wrong ones at 0.7 of the height.
inline std::shared_ptr<const Judge> judge_of_polishing() {
  static const std::shared_ptr<const Judge> judge = [] {
    Random random(7);
    Performance wrong;
    wrong.height = 0.7;
    const auto lessons = taught("polish", Label::kCorrect, {}, 6, random) +
                         taught("polish", Label::kIncorrect, wrong, 6, random);
    TrainOptions options;
    options.with_report = false;
    return train_judge(lessons, options).judge;
  }();
  return judge;
}

}  // namespace kata::test
