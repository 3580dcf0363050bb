// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/cut_channels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>

#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
/// Depth from one camera is several times less exact than the place in the picture.
constexpr float kDepthWeight = 0.1F;
/// MediaPipe's own limit for drawing a point (drawing_utils.py, _VISIBILITY_THRESHOLD).
constexpr float kVisible = 0.5F;
constexpr float kLeastShare = 0.3F;

struct Point {
  float x = kMissing, y = kMissing, z = kMissing;
  bool is_seen() const { return std::isfinite(x); }
};

Point operator-(const Point& a, const Point& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }

float length(const Point& p) { return std::hypot(p.x, p.y); }

Point middle(const Point& a, const Point& b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2, (a.z + b.z) / 2};
}

float aspect(const Landmarks& frame) {
  if (frame.image_width <= 0 || frame.image_height <= 0) return 4.0F / 3.0F;
  return static_cast<float>(frame.image_width) / static_cast<float>(frame.image_height);
}

Point point_of(const PointInUnit& p, float scale) { return {p.x * scale, p.y, p.z * scale}; }

Point pose_point(const Landmarks& frame, std::size_t index) {
  if (!frame.pose || frame.pose->visibility[index] < kVisible) return {};
  return point_of(frame.pose->points[index], aspect(frame));
}

Point hand_point(const Landmarks& frame, Side side, std::size_t index) {
  const auto& hand = frame.hand(side);
  return hand ? point_of(hand->points[index], aspect(frame)) : Point{};
}

float median(std::vector<float> values) {
  if (values.empty()) return 0;
  const auto mid = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), mid, values.end());
  return *mid;
}

Point trunk(const Landmarks& frame) {
  return middle(pose_point(frame, kLeftShoulder), pose_point(frame, kRightShoulder));
}

/// Shoulder width; seen from the side, what it would be from the front, by the trunk's length
/// (about 1.3 shoulder widths between the lines of shoulders and hips in MediaPipe's bodies).
float body_size(std::span<const Landmarks> take) {
  std::vector<float> widths;
  std::vector<float> trunks;
  for (const Landmarks& frame : take) {
    const Point left = pose_point(frame, kLeftShoulder);
    const Point right = pose_point(frame, kRightShoulder);
    if (!left.is_seen() || !right.is_seen()) continue;
    widths.push_back(length(left - right));
    const Point hips = middle(pose_point(frame, kLeftHip), pose_point(frame, kRightHip));
    if (hips.is_seen()) trunks.push_back(length(hips - middle(left, right)));
  }
  return std::max(median(widths), median(trunks) / 1.3F);
}

float hand_size(std::span<const Landmarks> take, Side side) {
  std::vector<float> sizes;
  for (const Landmarks& frame : take) {
    if (frame.hand(side))
      sizes.push_back(length(hand_point(frame, side, 9) - hand_point(frame, side, 0)));
  }
  return median(sizes);
}

class ChannelMaker {
 public:
  explicit ChannelMaker(std::span<const Landmarks> take) : take_(take) {}

  template <typename PointAt>
  void add(float unit, float weight, PointAt point_at) {
    if (!(unit > 0)) return;
    std::array<CutChannel, 3> axes;
    axes[0].weight = axes[1].weight = weight / unit;
    axes[2].weight = kDepthWeight * weight / unit;
    std::size_t seen = 0;
    for (const Landmarks& frame : take_) {
      const Point point = point_at(frame);
      seen += point.is_seen() ? 1 : 0;
      axes[0].values.push_back(point.x);
      axes[1].values.push_back(point.y);
      axes[2].values.push_back(point.z);
    }
    if (static_cast<float>(seen) < kLeastShare * static_cast<float>(take_.size())) return;
    for (CutChannel& axis : axes) channels_.push_back(std::move(axis));
  }

  std::vector<CutChannel> take() { return std::move(channels_); }

 private:
  std::span<const Landmarks> take_;
  std::vector<CutChannel> channels_;
};

void add_body(ChannelMaker& maker, float size) {
  maker.add(size, 1, [](const Landmarks& f) {
    Point p = trunk(f);
    if (p.is_seen()) p.z = 0;  // the origin of depth moves with the hips
    return p;
  });
  constexpr std::array<std::size_t, 11> kLimbs = {kNose,       kLeftElbow, kRightElbow, kLeftWrist,
                                                  kRightWrist, kLeftHip,   kRightHip,   kLeftKnee,
                                                  kRightKnee,  kLeftAnkle, kRightAnkle};
  for (std::size_t index : kLimbs) {
    maker.add(size, 1, [index](const Landmarks& f) { return pose_point(f, index) - trunk(f); });
  }
}

void add_fingers(ChannelMaker& maker, Side side, float size) {
  constexpr std::array<std::size_t, 5> kTips = {4, 8, 12, 16, 20};
  for (std::size_t tip : kTips) {
    maker.add(size, 0.3F, [side, tip](const Landmarks& f) {  // five tips count about as one point
      return hand_point(f, side, tip) - hand_point(f, side, 0);
    });
  }
}

}  // namespace

std::vector<CutChannel> cut_channels(std::span<const Landmarks> take) {
  ChannelMaker maker(take);
  const float size = body_size(take);
  const auto with_body = std::count_if(
      take.begin(), take.end(), [](const Landmarks& frame) { return trunk(frame).is_seen(); });
  const bool has_body =
      static_cast<float>(with_body) >= kLeastShare * static_cast<float>(take.size());
  if (has_body) add_body(maker, size);
  for (Side side : {Side::kLeft, Side::kRight}) {
    const float own_size = hand_size(take, side);
    add_fingers(maker, side, has_body ? size : own_size);
    if (has_body) continue;
    maker.add(own_size, 1, [side](const Landmarks& f) { return hand_point(f, side, 0); });
  }
  return maker.take();
}

}  // namespace kata
