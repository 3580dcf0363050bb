// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "kata/core/topology.h"
#include "kata/motion/body_frame.h"

namespace kata {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
/// Share of frames, over all repetitions, in which a part must be seen to be judged by.
constexpr double kSeenEnough = 0.5;
constexpr double kHandSeenEnough = 0.2;  // hands are lost often and still tell much

/// In the picture only: depth from one camera is so rough that it costs more than it tells.
constexpr std::size_t kAxes = 2;
/// Where a limb is on average says more of the person and the camera than of the movement; this
/// much of it is kept, to the side and up.
constexpr std::array<float, kAxes> kKeptMean = {0.25F, 0.5F};
constexpr float kDirectionScale = 0.5F;  // a unit vector against positions in body units
/// How much longer and shorter another person's arms may be: the copies to learn from vary so far.
constexpr double kArmsVary = 0.05;
constexpr float kCurlScale = 0.4F;   // radian against body units
constexpr float kShapeScale = 0.3F;  // hand lengths against body units

constexpr std::array<std::size_t, 4> kArmPoints = {kLeftElbow, kRightElbow, kLeftWrist,
                                                   kRightWrist};
constexpr std::array<Segment, 4> kArmSegments = {{{kLeftShoulder, kLeftElbow},
                                                  {kRightShoulder, kRightElbow},
                                                  {kLeftElbow, kLeftWrist},
                                                  {kRightElbow, kRightWrist}}};
constexpr std::array<std::size_t, 6> kLegPoints = {kLeftHip,   kRightHip,  kLeftKnee,
                                                   kRightKnee, kLeftAnkle, kRightAnkle};
constexpr std::array<Segment, 4> kLegSegments = {{{kLeftHip, kLeftKnee},
                                                  {kRightHip, kRightKnee},
                                                  {kLeftKnee, kLeftAnkle},
                                                  {kRightKnee, kRightAnkle}}};
constexpr std::size_t kFingers = 5;
/// Tips of the five fingers, and the knuckles that tell how the palm lies.
constexpr std::array<std::size_t, 7> kHandShape = {4, 8, 12, 16, 20, 5, 17};
constexpr std::size_t kMiddleKnuckle = 9;
constexpr std::size_t kArmChannels =
    kAxes * (kArmPoints.size() + kArmSegments.size() + 1) + 1 + kAxes;
constexpr std::size_t kLegChannels = kAxes * (kLegPoints.size() + kLegSegments.size() + 1);
constexpr std::size_t kHandChannels = kFingers + kAxes * kHandShape.size();

using Vector2 = std::array<float, kAxes>;

/// Appends channels; one function of the frame for each.
class ChannelWriter {
 public:
  explicit ChannelWriter(std::size_t frames) { series_.frames = frames; }

  template <typename ValueAt>
  void add(ValueAt value_at) {
    for (std::size_t i = 0; i < series_.frames; ++i) series_.values.push_back(value_at(i));
    ++series_.channels;
  }

  /// Two channels of a point or direction, with most of their mean taken out.
  template <typename VectorAt>
  void add_centred(VectorAt vector_at) {
    const float count = static_cast<float>(series_.frames);
    for (std::size_t axis = 0; axis < kAxes; ++axis) {
      float mean = 0;
      for (std::size_t i = 0; i < series_.frames; ++i) mean += vector_at(i)[axis] / count;
      const float dropped = (1 - kKeptMean[axis]) * mean;
      add([&](std::size_t i) { return vector_at(i)[axis] - dropped; });
    }
  }

  void add_missing(std::size_t channels) {
    series_.channels += channels;
    series_.values.insert(series_.values.end(), channels * series_.frames, kMissing);
  }

  Series take() { return std::move(series_); }

 private:
  Series series_;
};

Vector2 scaled_direction(float x, float y, float scale) {
  const float length = std::hypot(x, y) + 1e-6F;
  return {scale * x / length, scale * y / length};
}

/// Elbows and knees told from the shoulders' middle, and where limbs point.
class BodyWriter {
 public:
  BodyWriter(ChannelWriter& writer, const PointTrack& track, const BodyFrame& frame)
      : writer_(writer), track_(track), frame_(frame) {}

  void add_position(std::size_t point) {
    writer_.add_centred([&](std::size_t i) {
      const auto p = track_.at(i, point);
      return Vector2{(p[0] - frame_.origin[i][0]) / frame_.size,
                     (p[1] - frame_.origin[i][1]) / frame_.size};
    });
  }

  void add_direction(Segment segment) {
    writer_.add_centred([&](std::size_t i) {
      const auto from = track_.at(i, segment.from);
      const auto to = track_.at(i, segment.to);
      return scaled_direction(to[0] - from[0], to[1] - from[1], kDirectionScale);
    });
  }

  /// From the shoulders' middle to the hips' middle.
  void add_trunk_direction() {
    writer_.add_centred([&](std::size_t i) {
      const auto left = track_.at(i, kLeftHip);
      const auto right = track_.at(i, kRightHip);
      return scaled_direction((left[0] + right[0]) / 2 - frame_.origin[i][0],
                              (left[1] + right[1]) / 2 - frame_.origin[i][1], kDirectionScale);
    });
  }

  void add_shoulder_tilt() {
    writer_.add([&](std::size_t i) {
      return (track_.at(i, kLeftShoulder)[1] - track_.at(i, kRightShoulder)[1]) / frame_.size / 2;
    });
  }

  /// The trunk's way through the picture, from where it stood in the first frames.
  void add_travel() {
    const std::size_t first = std::min<std::size_t>(3, frame_.origin.size());
    for (std::size_t axis = 0; axis < kAxes; ++axis) {
      float start = 0;
      for (std::size_t i = 0; i < first; ++i) {
        start += frame_.origin[i][axis] / static_cast<float>(first);
      }
      writer_.add([&](std::size_t i) { return (frame_.origin[i][axis] - start) / frame_.size; });
    }
  }

 private:
  ChannelWriter& writer_;
  const PointTrack& track_;
  const BodyFrame& frame_;
};

void add_arms(BodyWriter& body) {
  for (const std::size_t point : kArmPoints) body.add_position(point);
  for (const Segment segment : kArmSegments) body.add_direction(segment);
  body.add_position(kNose);
  body.add_shoulder_tilt();
  body.add_travel();
}

void add_legs(BodyWriter& body) {
  for (const std::size_t point : kLegPoints) body.add_position(point);
  for (const Segment segment : kLegSegments) body.add_direction(segment);
  body.add_trunk_direction();
}

using Vector3 = std::array<float, 3>;

Vector3 between(const PointTrack& track, std::size_t frame, std::size_t from, std::size_t to) {
  const auto a = track.at(frame, from);
  const auto b = track.at(frame, to);
  return {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
}

float angle_between(const Vector3& a, const Vector3& b) {
  const float dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const float lengths = std::hypot(a[0], a[1], a[2]) * std::hypot(b[0], b[1], b[2]) + 1e-9F;
  return std::acos(std::clamp(dot / lengths, -1.0F, 1.0F));
}

/// 0 = stretched; the mean of the bend at the knuckle and of that beyond it.
float finger_curl(const PointTrack& track, std::size_t frame, std::size_t wrist,
                  std::size_t finger) {
  const std::size_t knuckle = wrist + 1 + 4 * finger;
  const Vector3 palm = between(track, frame, wrist, knuckle);
  const Vector3 first = between(track, frame, knuckle, knuckle + 1);
  const Vector3 rest = between(track, frame, knuckle + 1, knuckle + 3);
  return (angle_between(palm, first) + angle_between(first, rest)) / 2;
}

void add_hand(ChannelWriter& writer, const PointTrack& track, std::size_t wrist, bool with_path) {
  if (track.frames() == 0 || !track.is_seen(0, wrist)) {
    writer.add_missing(kHandChannels + (with_path ? kAxes : 0));
    return;
  }
  for (std::size_t finger = 0; finger < kFingers; ++finger) {
    writer.add([&](std::size_t i) { return kCurlScale * finger_curl(track, i, wrist, finger); });
  }
  const float size = median_distance(track, wrist, wrist + kMiddleKnuckle);
  for (const std::size_t point : kHandShape) {
    writer.add_centred([&](std::size_t i) {
      const Vector3 reach = between(track, i, wrist, wrist + point);
      return Vector2{kShapeScale * reach[0] / size, kShapeScale * reach[1] / size};
    });
  }
  if (!with_path) return;
  for (std::size_t axis = 0; axis < kAxes; ++axis) {
    const float start = track.at(0, wrist)[axis];
    writer.add([&](std::size_t i) { return (track.at(i, wrist)[axis] - start) / (2 * size); });
  }
}

/// The hand network knows better where the wrist is than the body network does; where it sees the
/// hand the body's wrist is put there, and carried along between.
void take_wrist_from_hand(PointTrack& track, const PointTrack& raw, std::size_t body_wrist,
                          std::size_t hand_wrist) {
  PointTrack offset = unseen_track(track.frames(), 1);
  offset.times_s = track.times_s;
  if (!track.is_seen(0, hand_wrist)) return;
  for (std::size_t i = 0; i < track.frames(); ++i) {
    if (!raw.is_seen(i, hand_wrist)) continue;
    for (std::size_t axis = 0; axis < kAxes; ++axis) {
      offset.at(i, 0)[axis] = raw.at(i, hand_wrist)[axis] - track.at(i, body_wrist)[axis];
    }
    offset.at(i, 0)[2] = 0;
  }
  offset = filled(offset, 0);
  if (!offset.is_seen(0, 0)) return;
  for (std::size_t i = 0; i < track.frames(); ++i) {
    for (std::size_t axis = 0; axis < kAxes; ++axis) {
      track.at(i, body_wrist)[axis] += offset.at(i, 0)[axis];
    }
  }
}

PointTrack prepared(const PointTrack& raw) {
  PointTrack track = filled(raw, kHandSeenEnough);
  take_wrist_from_hand(track, raw, kLeftWrist, kLeftHandStart);
  take_wrist_from_hand(track, raw, kRightWrist, kRightHandStart);
  return track;
}

Series features_of_prepared(const PointTrack& track, const FeaturePlan& plan) {
  ChannelWriter writer(track.frames());
  const auto frame = shoulder_frame(track);
  if (frame) {
    BodyWriter body(writer, track, *frame);
    if (plan.with_arms) add_arms(body);
    if (plan.with_legs) add_legs(body);
  } else {
    writer.add_missing(body_channels(plan));
  }
  if (plan.with_left_hand) add_hand(writer, track, kLeftHandStart, plan.with_hand_paths);
  if (plan.with_right_hand) add_hand(writer, track, kRightHandStart, plan.with_hand_paths);
  return resampled(writer.take(), track.times_s, plan.frames);
}

bool is_mostly_seen(std::span<const PointTrack> tracks, std::size_t point, double share) {
  double sum = 0;
  for (const PointTrack& track : tracks) sum += track.seen_share(point);
  return sum >= share * static_cast<double>(tracks.size()) && !tracks.empty();
}

}  // namespace

FeaturePlan plan_features(std::span<const PointTrack> tracks) {
  FeaturePlan plan;
  plan.with_arms = is_mostly_seen(tracks, kLeftShoulder, kSeenEnough) &&
                   is_mostly_seen(tracks, kRightShoulder, kSeenEnough);
  plan.with_legs = plan.with_arms;
  for (const std::size_t point : kLegPoints) {
    plan.with_legs = plan.with_legs && is_mostly_seen(tracks, point, kSeenEnough);
  }
  plan.with_left_hand = is_mostly_seen(tracks, kLeftHandStart, kHandSeenEnough);
  plan.with_right_hand = is_mostly_seen(tracks, kRightHandStart, kHandSeenEnough);
  plan.with_hand_paths = !plan.with_arms;
  return plan;
}

std::size_t body_channels(const FeaturePlan& plan) {
  return (plan.with_arms ? kArmChannels : 0) + (plan.with_legs ? kLegChannels : 0);
}

Series body_features(const PointTrack& track, const FeaturePlan& plan) {
  return features_of_prepared(prepared(track), plan);
}

std::vector<Series> body_features_around(const PointTrack& track, const FeaturePlan& plan) {
  const PointTrack straight = prepared(track);
  std::vector<Series> result = {features_of_prepared(straight, plan)};
  if (!plan.with_arms) return result;  // without a body there is nothing to turn by
  for (std::size_t i = 0; i < kTurnsToLearnFrom.size(); ++i) {
    const double arms = i % 3 == 1 ? 1 - kArmsVary : 1 + kArmsVary;
    result.push_back(features_of_prepared(
        turned_body(with_scaled_arms(straight, arms), kTurnsToLearnFrom[i]), plan));
  }
  return result;
}

}  // namespace kata
