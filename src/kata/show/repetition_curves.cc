// SPDX-License-Identifier: Apache-2.0
#include "kata/show/repetition_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "kata/motion/angles.h"

namespace kata {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double distance(const PointInUnit& a, const PointInUnit& b, double aspect) {
  return std::hypot((static_cast<double>(a.x) - static_cast<double>(b.x)) * aspect,
                    static_cast<double>(a.y) - static_cast<double>(b.y));
}

/// Mean distance of the five fingertips from the wrist, in palm lengths (wrist to middle knuckle).
double openness(const Landmarks& frame, Side side) {
  const auto& hand = frame.hand(side);
  if (!hand) return kNone;
  const bool has_size = frame.image_width > 0 && frame.image_height > 0;
  const double aspect =
      has_size ? static_cast<double>(frame.image_width) / frame.image_height : 4.0 / 3;
  const double palm = distance(hand->points[0], hand->points[9], aspect);
  if (palm < 1e-4) return kNone;
  double sum = 0;
  for (const std::size_t tip : {4, 8, 12, 16, 20})
    sum += distance(hand->points[0], hand->points[tip], aspect);
  return sum / 5 / palm;
}

std::vector<double> raw_values(std::span<const Landmarks> frames, std::string_view joint) {
  std::vector<double> values(frames.size(), kNone);
  if (joint == "left_hand" || joint == "right_hand") {
    const Side side = joint == "left_hand" ? Side::kLeft : Side::kRight;
    for (std::size_t i = 0; i < frames.size(); ++i) values[i] = openness(frames[i], side);
    return values;
  }
  const auto joints = angle_joints();
  const auto found = std::find_if(joints.begin(), joints.end(),
                                  [&](const AngleJoint& each) { return each.name == joint; });
  if (found == joints.end()) return values;
  const PointTrack track = track_from_landmarks(frames);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    values[i] = static_cast<double>(joint_angle_rad(track, i, *found)) * 180 / std::numbers::pi;
  }
  return values;
}

/// The value at each of `steps` equal steps of time, linear between frames.
std::vector<double> resampled(std::span<const Landmarks> frames, const std::vector<double>& values,
                              std::size_t steps) {
  std::vector<double> result(steps, kNone);
  if (frames.empty()) return result;
  const double begin_s = seconds(frames.front().timestamp);
  const double length_s = seconds(frames.back().timestamp) - begin_s;
  std::size_t after = 0;
  for (std::size_t step = 0; step < steps; ++step) {
    const double share = steps > 1 ? static_cast<double>(step) / static_cast<double>(steps - 1) : 0;
    const double due_s = begin_s + share * length_s;
    while (after + 1 < frames.size() && seconds(frames[after].timestamp) < due_s - 1e-9) ++after;
    if (after == 0) {
      result[step] = values[0];
      continue;
    }
    const double from_s = seconds(frames[after - 1].timestamp);
    const double to_s = seconds(frames[after].timestamp);
    const double weight =
        to_s > from_s ? std::clamp((due_s - from_s) / (to_s - from_s), 0.0, 1.0) : 1;
    result[step] = values[after - 1] + (values[after] - values[after - 1]) * weight;
  }
  return result;
}

std::string in_words(std::string_view joint) {
  std::string words(joint);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace

RepetitionCurve curve_of(std::span<const Landmarks> frames, std::string_view joint,
                         std::size_t steps) {
  const bool is_hand = joint == "left_hand" || joint == "right_hand";
  return {in_words(joint) + (is_hand ? " opening" : ""), is_hand ? "" : "°",
          resampled(frames, raw_values(frames, joint), steps)};
}

std::string liveliest_joint(std::span<const Landmarks> frames) {
  std::vector<std::string> names;
  for (const AngleJoint& joint : angle_joints()) names.emplace_back(joint.name);
  names.emplace_back("left_hand");
  names.emplace_back("right_hand");
  std::string best;
  double most = 0;
  for (const std::string& name : names) {
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (const double value : raw_values(frames, name)) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
    // An opening by one palm length counts as a turn by 60°: about what a fist and a flat hand
    // differ by.
    const bool is_hand = name.ends_with("_hand");
    const double range = (high - low) * (is_hand ? 60 : 1);
    if (high > low && range > most) {
      most = range;
      best = name;
    }
  }
  return best;
}

}  // namespace kata
