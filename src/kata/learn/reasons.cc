// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/reasons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

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
Series joint_channels(const PointTrack& track) {
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

/// The nearest right one; only those that are near without alignment are aligned.
const Series& nearest_of(const std::vector<Series>& right, const Series& mine) {
  constexpr std::size_t kMostAligned = 3;
  const Series positions = without_angles(mine);
  std::vector<std::pair<double, const Series*>> candidates;
  for (const Series& candidate : right) {
    candidates.emplace_back(rms_difference(positions, without_angles(candidate)), &candidate);
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  candidates.resize(std::min(kMostAligned, candidates.size()));
  for (auto& [distance, candidate] : candidates) {
    distance = alignment_distance(positions, without_angles(*candidate));
  }
  return *std::min_element(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
            return a.first < b.first;
          })->second;
}

struct JointCurve {
  std::array<double, kFrames> offset{};  // size of the difference at each moment of the right one
  std::array<double, kFrames> right{};   // how far to the right of the picture
  std::array<double, kFrames> down{};
  std::array<double, kFrames> turned{};  // rad; NaN without an angle
  /// Root of the mean square of the offset when most of its mean is taken out, which says more of
  /// the body and the camera than of the movement.
  double size = 0;
  bool is_known = false;
};

JointCurve compare_joint(const Series& mine, const Series& theirs, const Alignment& alignment,
                         std::size_t joint) {
  JointCurve curve;
  std::array<int, kFrames> counts{};
  const std::size_t first = joint * kPerJoint;
  double squares = 0;
  double means[2] = {0, 0};
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
    squares += square / points;
    means[0] += sums[0] / points;
    means[1] += sums[1] / points;
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
  const double steps = static_cast<double>(alignment.path.size());
  double size = squares / steps;
  if (kJoints[joint].relative == kTrunk) {
    // As much of the mean is kept as the features keep, to the side and up.
    constexpr double kKept[2] = {0.25, 0.5};
    for (std::size_t axis = 0; axis < 2; ++axis) {
      const double mean = means[axis] / steps;
      size -= (1 - kKept[axis] * kKept[axis]) * mean * mean;
    }
  }
  curve.size = std::sqrt(std::max(0.0, size));
  return curve;
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
    reason.text +=
        ", by " + std::to_string(std::lround(reason.offset * 100)) + " % of the shoulder width";
  }
}

/// For each joint, how far right ones differ from each other.
std::vector<double> spread_between(const std::vector<Series>& right) {
  std::vector<double> sums(kJoints.size(), 0.0);
  std::vector<double> counts(kJoints.size(), 0.0);
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (std::size_t j = i + 1; j < right.size(); ++j) {
      const Alignment alignment = align(without_angles(right[i]), without_angles(right[j]));
      for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
        const JointCurve curve = compare_joint(right[i], right[j], alignment, joint);
        if (!curve.is_known) continue;
        sums[joint] += curve.size;
        counts[joint] += 1;
      }
    }
  }
  for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
    sums[joint] = counts[joint] > 0 ? sums[joint] / counts[joint] : 0;
  }
  return sums;
}

}  // namespace

Explainer Explainer::learn(std::span<const PointTrack> right, std::span<const WrongLesson> wrong) {
  constexpr Turn kEitherSide[] = {{-0.42, 2}, {0.42, 2}};
  Explainer explainer;
  std::vector<Series> straight;
  for (const PointTrack& raw : right) {
    const PointTrack track = filled(raw);
    straight.push_back(joint_channels(track));
    explainer.right_.push_back(straight.back());
    for (const Turn turn : kEitherSide) {
      explainer.right_.push_back(joint_channels(turned_body(track, turn)));
    }
  }
  explainer.spread_ = spread_between(straight);
  std::map<std::string, std::vector<double>> sums;  // of the shares of a named mistake
  for (const WrongLesson& lesson : wrong) {
    if (explainer.right_.empty()) break;
    const auto shares = explainer.shares_of(*lesson.track);
    auto& sum = sums[lesson.mistake];
    sum.resize(kJoints.size());
    for (std::size_t joint = 0; joint < kJoints.size(); ++joint) sum[joint] += shares[joint];
    explainer.lessons_.push_back(static_cast<std::uint32_t>(lesson.lesson));
    explainer.shares_.insert(explainer.shares_.end(), shares.begin(), shares.end());
  }
  // What shows in one repetition of a named mistake shows in the others as well.
  for (std::size_t i = 0; i < explainer.lessons_.size(); ++i) {
    if (wrong[i].mistake.empty()) continue;
    const auto& sum = sums[wrong[i].mistake];
    const double total = std::max(1e-12, std::accumulate(sum.begin(), sum.end(), 0.0));
    for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
      explainer.shares_[i * kJoints.size() + joint] = sum[joint] / total;
    }
  }
  return explainer;
}

std::vector<double> Explainer::shares_of(const PointTrack& track) const {
  std::vector<double> shares(kJoints.size(), 0.0);
  for (const Reason& reason : explain(track, {}, kJoints.size())) {
    for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
      if (kJoints[joint].name == reason.joint) shares[joint] = reason.weight;
    }
  }
  return shares;
}

std::vector<Reason> Explainer::explain(const PointTrack& raw, std::optional<std::size_t> like,
                                       std::size_t most) const {
  if (right_.empty() || raw.frames() == 0) return {};
  const Series mine = joint_channels(filled(raw));
  const Series& theirs = nearest_of(right_, mine);
  const Alignment alignment = align(without_angles(mine), without_angles(theirs));
  constexpr double kUsualSpread = 0.08;  // body units; below it, a tracker's own noise
  const auto found = std::find(lessons_.begin(), lessons_.end(), like.value_or(0));
  const double* taught = nullptr;
  if (like && found != lessons_.end()) {
    taught = &shares_[static_cast<std::size_t>(found - lessons_.begin()) * kJoints.size()];
  }
  std::vector<Reason> reasons;
  double total = 0;
  for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
    const JointCurve curve = compare_joint(mine, theirs, alignment, joint);
    if (!curve.is_known) continue;
    Reason reason;
    reason.joint = std::string(kJoints[joint].name);
    reason.weight = curve.size / (spread_[joint] + kUsualSpread);
    // What is seen here, and where the mistake showed when it was taught.
    if (taught != nullptr) reason.weight = std::sqrt(reason.weight * taught[joint]);
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
  writer.put_array(lessons_);
  writer.put_array(shares_);
}

Explainer Explainer::load(ByteReader& reader, bool has_shares) {
  Explainer explainer;
  const std::size_t count = reader.count(3 * sizeof(std::uint32_t));
  for (std::size_t i = 0; i < count; ++i) {
    explainer.right_.push_back(load_series(reader));
    ByteReader::expect(explainer.right_.back().channels == kJoints.size() * kPerJoint &&
                       explainer.right_.back().frames == kFrames);
  }
  explainer.spread_ = reader.array<double>();
  ByteReader::expect(explainer.spread_.size() == kJoints.size());
  if (!has_shares) return explainer;
  explainer.lessons_ = reader.array<std::uint32_t>();
  explainer.shares_ = reader.array<double>();
  ByteReader::expect(explainer.shares_.size() == explainer.lessons_.size() * kJoints.size());
  return explainer;
}

}  // namespace kata
