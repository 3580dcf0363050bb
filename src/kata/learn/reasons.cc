// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/reasons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <string_view>

#include "kata/core/topology.h"
#include "kata/learn/neighbours_classifier.h"
#include "kata/motion/alignment.h"
#include "kata/motion/angles.h"
#include "kata/motion/body_frame.h"

namespace kata {
namespace {

constexpr std::size_t kFrames = 32;
constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

struct ExplainedJoint {
  std::string_view name;
  std::size_t point;     // of body_skeleton(); for hands, the wrist of the hand
  std::size_t relative;  // to which its position is told; kTrunk for the shoulders' middle
};
constexpr std::size_t kTrunk = 1000;

constexpr std::array<ExplainedJoint, 12> kJoints = {{
    {"left_shoulder", kLeftShoulder, kTrunk},
    {"right_shoulder", kRightShoulder, kTrunk},
    {"left_elbow", kLeftElbow, kTrunk},
    {"right_elbow", kRightElbow, kTrunk},
    {"left_wrist", kLeftWrist, kTrunk},
    {"right_wrist", kRightWrist, kTrunk},
    {"left_hand", kLeftHandStart, kLeftHandStart},
    {"right_hand", kRightHandStart, kRightHandStart},
    {"left_hip", kLeftHip, kTrunk},
    {"right_hip", kRightHip, kTrunk},
    {"left_knee", kLeftKnee, kTrunk},
    {"right_knee", kRightKnee, kTrunk},
}};
constexpr std::array<std::size_t, 5> kFingerTips = {4, 8, 12, 16, 20};
constexpr std::size_t kValues = 2 * kFingerTips.size();  // the widest joint: a hand's finger tips
constexpr std::size_t kPerJoint = kValues + 1;           // and the joint's angle

void put_missing(Series& series, std::size_t joint) {
  for (std::size_t k = 0; k < kPerJoint; ++k) {
    const auto channel = series.channel(joint * kPerJoint + k);
    std::fill(channel.begin(), channel.end(), kMissing);
  }
}

void put_hand(Series& series, std::size_t joint, const PointTrack& track, std::size_t wrist) {
  const float size = median_distance(track, wrist, wrist + 9);
  for (std::size_t i = 0; i < track.frames(); ++i) {
    for (std::size_t tip = 0; tip < kFingerTips.size(); ++tip) {
      for (std::size_t axis = 0; axis < 2; ++axis) {
        const float value = track.at(i, wrist + kFingerTips[tip])[axis] - track.at(i, wrist)[axis];
        // Half a shoulder width is about a hand's length; so finger tips count in body units too.
        series.channel(joint * kPerJoint + 2 * tip + axis)[i] = 0.5F * value / size;
      }
    }
  }
}

void put_point(Series& series, std::size_t joint, const PointTrack& track, const BodyFrame& frame,
               std::size_t point) {
  for (std::size_t i = 0; i < track.frames(); ++i) {
    for (std::size_t axis = 0; axis < 2; ++axis) {
      series.channel(joint * kPerJoint + axis)[i] =
          (track.at(i, point)[axis] - frame.origin[i][axis]) / frame.size;
    }
  }
}

void put_angle(Series& series, std::size_t joint, const PointTrack& track) {
  for (const AngleJoint& angle : angle_joints()) {
    if (angle.name != kJoints[joint].name) continue;
    for (std::size_t i = 0; i < track.frames(); ++i) {
      series.channel(joint * kPerJoint + kValues)[i] = joint_angle_rad(track, i, angle);
    }
  }
}

/// [joints × kPerJoint] channels: positions in body units, then the angle; unused ones are NaN.
Series joint_channels(const PointTrack& raw) {
  const PointTrack track = filled(raw);
  Series series(kJoints.size() * kPerJoint, track.frames());
  const auto frame = shoulder_frame(track);
  for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
    put_missing(series, joint);
    const std::size_t point = kJoints[joint].point;
    if (!track.is_seen(0, point)) continue;
    if (kJoints[joint].relative == point) {
      put_hand(series, joint, track, point);
    } else if (frame) {
      put_point(series, joint, track, *frame, point);
      put_angle(series, joint, track);
    }
  }
  return resampled(series, track.times_s, kFrames);
}

/// Positions only: angles are for the words, not for the alignment.
Series without_angles(const Series& channels) {
  Series result = channels;
  for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
    const auto angle = result.channel(joint * kPerJoint + kValues);
    std::fill(angle.begin(), angle.end(), kMissing);
  }
  return result;
}

const Series& nearest_of(const std::vector<Series>& right, const Series& mine) {
  const Series positions = without_angles(mine);
  const Series* best = &right[0];
  double least = std::numeric_limits<double>::infinity();
  for (const Series& candidate : right) {
    const double distance = alignment_distance(positions, without_angles(candidate));
    if (distance >= least) continue;
    least = distance;
    best = &candidate;
  }
  return *best;
}

struct JointCurve {
  std::array<double, kFrames> offset{};   // size of the difference at each moment of the right one
  std::array<double, kFrames> right{};    // how far to the right of the picture
  std::array<double, kFrames> down{};
  std::array<double, kFrames> turned{};   // rad; NaN without an angle
  bool is_known = false;
};

JointCurve compare_joint(const Series& mine, const Series& theirs, const Alignment& alignment,
                         std::size_t joint) {
  JointCurve curve;
  std::array<int, kFrames> counts{};
  const std::size_t first = joint * kPerJoint;
  if (!std::isfinite(mine.at(first, 0)) || !std::isfinite(theirs.at(first, 0))) return curve;
  curve.is_known = true;
  for (const auto& [i, j] : alignment.path) {
    double square = 0;
    int used = 0;
    double sums[2] = {0, 0};
    for (std::size_t k = 0; k < kValues; ++k) {
      const double difference =
          static_cast<double>(mine.at(first + k, i)) - static_cast<double>(theirs.at(first + k, j));
      if (!std::isfinite(difference)) continue;
      square += difference * difference;
      sums[k % 2] += difference;
      ++used;
    }
    const double points = std::max(1.0, used / 2.0);
    curve.offset[j] += std::sqrt(square / points);
    curve.right[j] += sums[0] / points;
    curve.down[j] += sums[1] / points;
    curve.turned[j] += static_cast<double>(mine.at(first + kValues, i)) -
                       static_cast<double>(theirs.at(first + kValues, j));
    ++counts[j];
  }
  for (std::size_t j = 0; j < kFrames; ++j) {
    const double count = std::max(1, counts[j]);
    curve.offset[j] /= count;
    curve.right[j] /= count;
    curve.down[j] /= count;
    curve.turned[j] /= count;
  }
  return curve;
}

double rms(const std::array<double, kFrames>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum / kFrames);
}

std::string spoken(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

/// The stretch around the largest difference in which it stays above half of it.
void mark_phase(const JointCurve& curve, Reason& reason) {
  const auto peak = std::max_element(curve.offset.begin(), curve.offset.end());
  auto begin = peak;
  auto end = peak;
  while (begin != curve.offset.begin() && *(begin - 1) >= *peak / 2) --begin;
  while (end + 1 != curve.offset.end() && *(end + 1) >= *peak / 2) ++end;
  reason.phase_begin = static_cast<double>(begin - curve.offset.begin()) / kFrames;
  reason.phase_end = static_cast<double>(end + 1 - curve.offset.begin()) / kFrames;
}

double mean_over_phase(const std::array<double, kFrames>& values, const Reason& reason) {
  const auto begin = static_cast<std::size_t>(reason.phase_begin * kFrames + 0.5);
  const auto end = std::max(begin + 1, static_cast<std::size_t>(reason.phase_end * kFrames + 0.5));
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += values[i];
  return sum / static_cast<double>(end - begin);
}

std::string when(const Reason& reason) {
  if (reason.phase_begin < 0.1 && reason.phase_end > 0.9) return " throughout";
  const int begin = static_cast<int>(std::lround(reason.phase_begin * 100));
  if (reason.phase_end > 0.9) return " from " + std::to_string(begin) + " % on";
  const int end = static_cast<int>(std::lround(reason.phase_end * 100));
  if (reason.phase_begin < 0.1) return " until " + std::to_string(end) + " %";
  return " from " + std::to_string(begin) + " to " + std::to_string(end) + " %";
}

/// Out and in are told from the joint's own side: the person's right is the picture's left.
std::string direction(std::string_view name, double right, double down) {
  if (std::abs(down) > std::abs(right)) return down > 0 ? "too low" : "too high";
  const bool is_left_side = name.starts_with("left");
  return (right > 0) == is_left_side ? "too far out" : "too far in";
}

void describe(const JointCurve& curve, Reason& reason) {
  reason.offset = mean_over_phase(curve.offset, reason);
  const double turned = mean_over_phase(curve.turned, reason);
  reason.angle_rad = std::isfinite(turned) ? turned : 0;
  const double down = mean_over_phase(curve.down, reason);
  const double right = mean_over_phase(curve.right, reason);
  const bool is_hand = reason.joint.ends_with("_hand");
  reason.text = spoken(reason.joint) + " ";
  reason.text += is_hand ? "held differently" : direction(reason.joint, right, down);
  reason.text += when(reason);
  const double degrees = std::abs(reason.angle_rad) * 180 / std::numbers::pi;
  if (degrees >= 8) {
    reason.text += ", by " + std::to_string(std::lround(degrees)) + "°";
  } else if (!is_hand) {
    reason.text += ", by " + std::to_string(std::lround(reason.offset * 100)) +
                   " % of the shoulder width";
  }
}

}  // namespace

Explainer Explainer::learn(std::span<const PointTrack> right) {
  Explainer explainer;
  for (const PointTrack& track : right) explainer.right_.push_back(joint_channels(track));
  std::vector<double> sums(kJoints.size(), 0.0);
  std::vector<double> counts(kJoints.size(), 0.0);
  const std::size_t count = explainer.right_.size();
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      const Series& a = explainer.right_[i];
      const Series& b = explainer.right_[j];
      const Alignment alignment = align(without_angles(a), without_angles(b));
      for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
        const JointCurve curve = compare_joint(a, b, alignment, joint);
        if (!curve.is_known) continue;
        sums[joint] += rms(curve.offset);
        counts[joint] += 1;
      }
    }
  }
  for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
    explainer.spread_.push_back(counts[joint] > 0 ? sums[joint] / counts[joint] : 0);
  }
  return explainer;
}

std::vector<Reason> Explainer::explain(const PointTrack& track, std::size_t most) const {
  if (right_.empty() || track.frames() == 0) return {};
  const Series mine = joint_channels(track);
  const Series& theirs = nearest_of(right_, mine);
  const Alignment alignment = align(without_angles(mine), without_angles(theirs));
  constexpr double kUsualSpread = 0.08;  // body units; below it, a tracker's own noise
  std::vector<Reason> reasons;
  double total = 0;
  for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
    const JointCurve curve = compare_joint(mine, theirs, alignment, joint);
    if (!curve.is_known) continue;
    Reason reason;
    reason.joint = std::string(kJoints[joint].name);
    reason.weight = rms(curve.offset) / (spread_[joint] + kUsualSpread);
    total += reason.weight;
    mark_phase(curve, reason);
    describe(curve, reason);
    reasons.push_back(std::move(reason));
  }
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& a, const Reason& b) { return a.weight > b.weight; });
  if (reasons.size() > most) reasons.resize(most);
  for (Reason& reason : reasons) reason.weight = total > 0 ? reason.weight / total : 0;
  return reasons;
}

void Explainer::save(ByteWriter& writer) const {
  writer.put(static_cast<std::uint32_t>(right_.size()));
  for (const Series& series : right_) save_series(writer, series);
  writer.put_array(spread_);
}

Explainer Explainer::load(ByteReader& reader) {
  Explainer explainer;
  const std::size_t count = reader.count(3 * sizeof(std::uint32_t));
  for (std::size_t i = 0; i < count; ++i) {
    explainer.right_.push_back(load_series(reader));
    ByteReader::expect(explainer.right_.back().channels == kJoints.size() * kPerJoint &&
                       explainer.right_.back().frames == kFrames);
  }
  explainer.spread_ = reader.array<double>();
  ByteReader::expect(explainer.spread_.size() == kJoints.size());
  return explainer;
}

}  // namespace kata
