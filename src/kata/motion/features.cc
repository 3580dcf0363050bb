// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "kata/core/topology.h"
#include "kata/motion/body_frame.h"

namespace kata {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
constexpr double kSeenEnough = 0.5;  // share of a repetition's frames, and of the repetitions

/// In the picture only: depth from one camera is so rough that it costs more than it tells.
constexpr std::size_t kAxes = 2;

constexpr std::array<std::size_t, 5> kArmPoints = {kNose, kLeftElbow, kRightElbow, kLeftWrist,
                                                   kRightWrist};
constexpr std::array<Segment, 5> kArmSegments = {{{kLeftShoulder, kLeftElbow},
                                                  {kRightShoulder, kRightElbow},
                                                  {kLeftElbow, kLeftWrist},
                                                  {kRightElbow, kRightWrist},
                                                  {kLeftShoulder, kRightShoulder}}};
constexpr std::array<std::size_t, 6> kLegPoints = {kLeftHip,   kRightHip,  kLeftKnee,
                                                   kRightKnee, kLeftAnkle, kRightAnkle};
constexpr std::array<Segment, 6> kLegSegments = {{{kLeftHip, kLeftKnee},
                                                  {kRightHip, kRightKnee},
                                                  {kLeftKnee, kLeftAnkle},
                                                  {kRightKnee, kRightAnkle},
                                                  {kLeftShoulder, kLeftHip},
                                                  {kRightShoulder, kRightHip}}};
/// Tips of the five fingers, and the knuckles that tell how the palm lies.
constexpr std::array<std::size_t, 7> kHandShape = {4, 8, 12, 16, 20, 5, 17};
constexpr std::size_t kMiddleKnuckle = 9;

/// Appends channels frame by frame; one writer for each part.
class ChannelWriter {
 public:
  explicit ChannelWriter(std::size_t frames) { series_.frames = frames; }

  /// Two channels: the point's position relative to an origin, over a size.
  template <typename Origin>
  void add_position(const PointTrack& track, std::size_t point, Origin origin, float size) {
    for (std::size_t axis = 0; axis < kAxes; ++axis) {
      for (std::size_t i = 0; i < series_.frames; ++i) {
        series_.values.push_back((track.at(i, point)[axis] - origin(i)[axis]) / size);
      }
      ++series_.channels;
    }
  }

  /// Two channels: where a segment points, as a unit vector.
  void add_direction(const PointTrack& track, Segment segment) {
    for (std::size_t axis = 0; axis < kAxes; ++axis) {
      for (std::size_t i = 0; i < series_.frames; ++i) {
        const auto a = track.at(i, segment.from);
        const auto b = track.at(i, segment.to);
        const float length = std::hypot(b[0] - a[0], b[1] - a[1]);
        series_.values.push_back((b[axis] - a[axis]) / (length + 1e-6F));
      }
      ++series_.channels;
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

/// The middle of the shoulders as a point of its own, in every frame.
PointTrack trunk_track(const BodyFrame& frame) {
  PointTrack trunk = unseen_track(frame.origin.size(), 1);
  for (std::size_t i = 0; i < frame.origin.size(); ++i) {
    std::copy(frame.origin[i].begin(), frame.origin[i].end(), trunk.at(i, 0).begin());
  }
  return trunk;
}

/// Where the trunk stood at the start, in the mean of the first frames.
std::array<float, 3> start_of(const BodyFrame& frame) {
  constexpr std::size_t kFirst = 3;
  const std::size_t count = std::min(kFirst, frame.origin.size());
  std::array<float, 3> start{};
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      start[axis] += frame.origin[i][axis] / static_cast<float>(count);
    }
  }
  return start;
}

/// A track of two points: the shoulders' middle and the nose.
PointTrack neck_track(const PointTrack& track, const BodyFrame& frame) {
  PointTrack neck = unseen_track(track.frames(), 2);
  for (std::size_t i = 0; i < track.frames(); ++i) {
    std::copy(frame.origin[i].begin(), frame.origin[i].end(), neck.at(i, 0).begin());
    const auto nose = track.at(i, kNose);
    std::copy(nose.begin(), nose.end(), neck.at(i, 1).begin());
  }
  return neck;
}

void add_arms(ChannelWriter& writer, const PointTrack& track) {
  const auto frame = shoulder_frame(track);
  if (!frame) {
    writer.add_missing(kAxes * (kArmPoints.size() + kArmSegments.size() + 2));
    return;
  }
  const auto origin = [&](std::size_t i) -> const std::array<float, 3>& { return frame->origin[i]; };
  for (const std::size_t point : kArmPoints) writer.add_position(track, point, origin, frame->size);
  for (const Segment segment : kArmSegments) writer.add_direction(track, segment);
  writer.add_direction(neck_track(track, *frame), {0, 1});
  const std::array<float, 3> first = start_of(*frame);
  const auto start = [&](std::size_t) -> const std::array<float, 3>& { return first; };
  writer.add_position(trunk_track(*frame), 0, start, frame->size);
}

void add_legs(ChannelWriter& writer, const PointTrack& track) {
  const auto frame = shoulder_frame(track);
  if (!frame) {
    writer.add_missing(kAxes * (kLegPoints.size() + kLegSegments.size()));
    return;
  }
  const auto origin = [&](std::size_t i) -> const std::array<float, 3>& { return frame->origin[i]; };
  for (const std::size_t point : kLegPoints) writer.add_position(track, point, origin, frame->size);
  for (const Segment segment : kLegSegments) writer.add_direction(track, segment);
}

void add_hand(ChannelWriter& writer, const PointTrack& track, std::size_t start, bool with_path) {
  const std::size_t channels = kAxes * (kHandShape.size() + (with_path ? 1 : 0));
  if (track.frames() == 0 || !track.is_seen(0, start)) {
    writer.add_missing(channels);
    return;
  }
  const float size = median_distance(track, start, start + kMiddleKnuckle);
  const auto wrist = [&](std::size_t i) { return track.at(i, start); };
  for (const std::size_t point : kHandShape) writer.add_position(track, start + point, wrist, size);
  if (with_path) {
    const auto first = [&](std::size_t) { return track.at(0, start); };
    writer.add_position(track, start, first, size);
  }
}

bool is_mostly_seen(std::span<const PointTrack> tracks, std::size_t point) {
  double sum = 0;
  for (const PointTrack& track : tracks) sum += track.seen_share(point);
  return sum >= kSeenEnough * static_cast<double>(tracks.size()) && !tracks.empty();
}

}  // namespace

FeaturePlan plan_features(std::span<const PointTrack> tracks) {
  FeaturePlan plan;
  plan.with_arms = is_mostly_seen(tracks, kLeftShoulder) && is_mostly_seen(tracks, kRightShoulder);
  plan.with_legs = plan.with_arms;
  for (const std::size_t point : kLegPoints) {
    plan.with_legs = plan.with_legs && is_mostly_seen(tracks, point);
  }
  plan.with_left_hand = is_mostly_seen(tracks, kLeftHandStart);
  plan.with_right_hand = is_mostly_seen(tracks, kRightHandStart);
  plan.with_hand_paths = !plan.with_arms;
  return plan;
}

Series body_features(const PointTrack& track, const FeaturePlan& plan) {
  const PointTrack whole = filled(track);
  ChannelWriter writer(whole.frames());
  if (plan.with_arms) add_arms(writer, whole);
  if (plan.with_legs) add_legs(writer, whole);
  if (plan.with_left_hand) add_hand(writer, whole, kLeftHandStart, plan.with_hand_paths);
  if (plan.with_right_hand) add_hand(writer, whole, kRightHandStart, plan.with_hand_paths);
  return resampled(writer.take(), whole.times_s, plan.frames);
}

}  // namespace kata
