// SPDX-License-Identifier: Apache-2.0
#include "kata/cut/cut_channels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kIndexKnuckle = 5, kMiddleKnuckle = 9, kLittleKnuckle = 17;

struct Point {
  float x = kMissing, y = kMissing;
  bool is_seen() const { return std::isfinite(x); }
};

Point operator-(const Point& a, const Point& b) { return {a.x - b.x, a.y - b.y}; }
Point operator+(const Point& a, const Point& b) { return {a.x + b.x, a.y + b.y}; }

float length(const Point& p) { return std::hypot(p.x, p.y); }

Point middle(const Point& a, const Point& b) { return {(a.x + b.x) / 2, (a.y + b.y) / 2}; }

float aspect(const Landmarks& frame) {
  if (frame.image_width <= 0 || frame.image_height <= 0) return 4.0F / 3.0F;
  return static_cast<float>(frame.image_width) / static_cast<float>(frame.image_height);
}

float median(std::vector<float> values) {
  if (values.empty()) return 0;
  const auto mid = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), mid, values.end());
  return *mid;
}

Point hand_point(const Landmarks& frame, Side side, std::size_t index) {
  const auto& hand = frame.hand(side);
  if (!hand) return {};
  return {hand->points[index].x * aspect(frame), hand->points[index].y};
}

/// Of one take: its sizes, and its channels one after another.
class ChannelMaker {
 public:
  ChannelMaker(std::span<const Landmarks> take, const CutTuning& tuning)
      : take_(take), tuning_(tuning), size_(body_size()) {
    const auto with_body = std::count_if(
        take.begin(), take.end(), [&](const Landmarks& frame) { return trunk(frame).is_seen(); });
    has_body_ = static_cast<float>(with_body) >= least_frames();
  }

  void add_body() {
    const float weight = has_body_ && size_ > 0 ? 1 / size_ : 0;
    const Point usual = usual_place();
    add(weight, [&](const Landmarks& f) { return near(trunk(f), usual); });
    constexpr std::array<std::size_t, 9> kLimbs = {kNose,      kLeftElbow, kRightElbow,
                                                   kLeftHip,   kRightHip,  kLeftKnee,
                                                   kRightKnee, kLeftAnkle, kRightAnkle};
    for (const std::size_t index : kLimbs)
      add(weight, [&](const Landmarks& f) { return pose_point(f, index) - trunk(f); });
  }

  void add_hand(Side side) {
    const float own_size = hand_size(side);
    const float unit = has_body_ ? size_ : own_size;
    const float weight = unit > 0 ? 1 / unit : 0;
    if (has_body_) {
      const Point gap = wrist_gap(side);
      add(weight, [&](const Landmarks& f) { return wrist(f, side, gap) - trunk(f); });
    } else {
      add(weight, [&](const Landmarks& f) { return hand_point(f, side, 0); });
    }
    constexpr std::array<std::size_t, 5> kTips = {4, 8, 12, 16, 20};
    for (const std::size_t tip : kTips) {
      add(tuning_.fingertip_weight * weight,
          [&](const Landmarks& f) { return hand_point(f, side, tip) - hand_point(f, side, 0); });
    }
    add_turn(side, own_size);
  }

  std::vector<CutChannel> take() { return std::move(channels_); }

 private:
  float least_frames() const { return tuning_.least_seen * static_cast<float>(take_.size()); }

  Point pose_point(const Landmarks& frame, std::size_t index) const {
    if (!frame.pose || frame.pose->visibility[index] < tuning_.visible) return {};
    return {frame.pose->points[index].x * aspect(frame), frame.pose->points[index].y};
  }

  Point trunk(const Landmarks& frame) const {
    return middle(pose_point(frame, kLeftShoulder), pose_point(frame, kRightShoulder));
  }

  Point usual_place() const {
    std::vector<float> x, y;
    for (const Landmarks& frame : take_) {
      const Point place = trunk(frame);
      if (!place.is_seen()) continue;
      x.push_back(place.x);
      y.push_back(place.y);
    }
    return {median(x), median(y)};
  }

  /// Who walks in and out again would move more than everything else in the take together.
  Point near(const Point& place, const Point& usual) const {
    if (!place.is_seen()) return place;
    const float most = tuning_.most_travel * size_;
    return {std::clamp(place.x, usual.x - most, usual.x + most),
            std::clamp(place.y, usual.y - most, usual.y + most)};
  }

  /// Shoulder width; seen from the side, what it would be from the front, by the trunk's length.
  float body_size() const {
    std::vector<float> widths, trunks;
    for (const Landmarks& frame : take_) {
      const Point left = pose_point(frame, kLeftShoulder);
      const Point right = pose_point(frame, kRightShoulder);
      if (!left.is_seen() || !right.is_seen()) continue;
      widths.push_back(length(left - right));
      const Point hips = middle(pose_point(frame, kLeftHip), pose_point(frame, kRightHip));
      if (hips.is_seen()) trunks.push_back(length(hips - middle(left, right)));
    }
    return std::max(median(widths), median(trunks) / tuning_.trunk_lengths);
  }

  float hand_size(Side side) const {
    std::vector<float> sizes;
    for (const Landmarks& frame : take_) {
      if (frame.hand(side))
        sizes.push_back(
            length(hand_point(frame, side, kMiddleKnuckle) - hand_point(frame, side, 0)));
    }
    return median(sizes);
  }

  static std::size_t pose_wrist(Side side) {
    return side == Side::kLeft ? kLeftWrist : kRightWrist;
  }

  /// From the body's wrist to the hand's: two networks see it in two places.
  Point wrist_gap(Side side) const {
    std::vector<float> x, y;
    for (const Landmarks& frame : take_) {
      const Point gap = hand_point(frame, side, 0) - pose_point(frame, pose_wrist(side));
      if (!gap.is_seen()) continue;
      x.push_back(gap.x);
      y.push_back(gap.y);
    }
    return {median(x), median(y)};
  }

  Point wrist(const Landmarks& frame, Side side, const Point& gap) const {
    const Point exact = hand_point(frame, side, 0);
    return exact.is_seen() ? exact : pose_point(frame, pose_wrist(side)) + gap;
  }

  /// A forearm that turns moves no wrist: the line of the knuckles and the palm's area show it.
  void add_turn(Side side, float own_size) {
    const float weight = own_size > 0 ? tuning_.turn_weight / own_size : 0;
    add(weight, [&](const Landmarks& f) {
      return hand_point(f, side, kIndexKnuckle) - hand_point(f, side, kLittleKnuckle);
    });
    add(own_size > 0 ? weight / own_size : 0, [&](const Landmarks& f) {
      const Point wrist_point = hand_point(f, side, 0);
      const Point a = hand_point(f, side, kIndexKnuckle) - wrist_point;
      const Point b = hand_point(f, side, kLittleKnuckle) - wrist_point;
      return Point{a.x * b.y - a.y * b.x, 0};
    });
    channels_.pop_back();  // an area has one coordinate
  }

  template <typename PointAt>
  void add(float weight, PointAt point_at) {
    CutChannel x, y;
    std::size_t seen = 0;
    for (const Landmarks& frame : take_) {
      const Point point = point_at(frame);
      seen += point.is_seen() ? 1 : 0;
      x.values.push_back(point.x);
      y.values.push_back(point.y);
    }
    x.weight = y.weight = static_cast<float>(seen) < least_frames() ? 0 : weight;
    channels_.push_back(std::move(x));
    channels_.push_back(std::move(y));
  }

  std::span<const Landmarks> take_;
  const CutTuning& tuning_;
  float size_ = 0;
  bool has_body_ = false;
  std::vector<CutChannel> channels_;
};

}  // namespace

std::vector<CutChannel> cut_channels(std::span<const Landmarks> take, const CutTuning& tuning) {
  ChannelMaker maker(take, tuning);
  maker.add_body();
  maker.add_hand(Side::kLeft);
  maker.add_hand(Side::kRight);
  return maker.take();
}

}  // namespace kata
