// SPDX-License-Identifier: Apache-2.0
#include "kata/show/ghost.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "kata/core/error.h"
#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr float kVisibleFrom = 0.5f;
constexpr double kSmallestSizePx = 4;  // of the anchor points; below, a scale means nothing

struct Point {
  double x;
  double y;
};
/// Places of the same point in both pictures, px.
struct Pair {
  Point teacher;
  Point learner;
};

Point in_px(const PointInUnit& point, const Landmarks& landmarks) {
  return {static_cast<double>(point.x) * landmarks.image_width,
          static_cast<double>(point.y) * landmarks.image_height};
}

class Anchors {
 public:
  Anchors(const Landmarks& teacher, const Landmarks& learner)
      : teacher_(teacher), learner_(learner) {}

  /// How many of these body points both show; they are added.
  std::size_t add_body(std::initializer_list<PoseIndex> points) {
    if (!teacher_.pose || !learner_.pose) return 0;
    const std::size_t before = pairs_.size();
    for (const PoseIndex i : points) {
      const bool is_seen = teacher_.pose->visibility[i] >= kVisibleFrom &&
                           learner_.pose->visibility[i] >= kVisibleFrom;
      if (is_seen) add(teacher_.pose->points[i], learner_.pose->points[i]);
    }
    return pairs_.size() - before;
  }

  /// Wrist and knuckles: the part of a hand that keeps its shape when the fingers move.
  void add_hand(Side side) {
    const std::optional<Hand>& teacher = teacher_.hand(side);
    const std::optional<Hand>& learner = learner_.hand(side);
    if (!teacher || !learner) return;
    for (const std::size_t i : {0, 5, 9, 13, 17}) add(teacher->points[i], learner->points[i]);
  }

  std::optional<GhostFit> fit() const {
    if (pairs_.size() < 2) return std::nullopt;
    const Point teacher_middle = middle(&Pair::teacher);
    const Point learner_middle = middle(&Pair::learner);
    const double teacher_size = size(&Pair::teacher, teacher_middle);
    const double learner_size = size(&Pair::learner, learner_middle);
    if (!(teacher_size >= kSmallestSizePx) || !(learner_size >= kSmallestSizePx))
      return std::nullopt;
    GhostFit fit;
    fit.scale = learner_size / teacher_size;
    fit.shift_x = learner_middle.x - fit.scale * teacher_middle.x;
    fit.shift_y = learner_middle.y - fit.scale * teacher_middle.y;
    fit.image_width = learner_.image_width;
    fit.image_height = learner_.image_height;
    return fit;
  }

 private:
  void add(const PointInUnit& teacher, const PointInUnit& learner) {
    pairs_.push_back({in_px(teacher, teacher_), in_px(learner, learner_)});
  }
  Point middle(Point Pair::*whose) const {
    Point sum{0, 0};
    for (const Pair& pair : pairs_) sum = {sum.x + (pair.*whose).x, sum.y + (pair.*whose).y};
    const auto count = static_cast<double>(pairs_.size());
    return {sum.x / count, sum.y / count};
  }
  /// Root mean square distance from the middle.
  double size(Point Pair::*whose, Point about) const {
    double sum = 0;
    for (const Pair& pair : pairs_) {
      const double dx = (pair.*whose).x - about.x;
      const double dy = (pair.*whose).y - about.y;
      sum += dx * dx + dy * dy;
    }
    return std::sqrt(sum / static_cast<double>(pairs_.size()));
  }

  const Landmarks& teacher_;
  const Landmarks& learner_;
  std::vector<Pair> pairs_;
};

}  // namespace

std::optional<GhostFit> ghost_fit(const Landmarks& teacher, const Landmarks& learner) {
  const bool has_sizes = teacher.image_width > 0 && teacher.image_height > 0 &&
                         learner.image_width > 0 && learner.image_height > 0;
  if (!has_sizes) return std::nullopt;
  Anchors anchors(teacher, learner);
  const std::size_t shoulders = anchors.add_body({kLeftShoulder, kRightShoulder});
  const std::size_t hips = anchors.add_body({kLeftHip, kRightHip});
  if (shoulders > 0 && hips == 0) anchors.add_body({kNose, kLeftEar, kRightEar});
  if (shoulders + hips == 0) {
    anchors.add_hand(Side::kLeft);
    anchors.add_hand(Side::kRight);
  }
  return anchors.fit();
}

Landmarks ghost_of(const Landmarks& teacher, const GhostFit& fit) {
  KATA_CHECK(fit.image_width > 0 && fit.image_height > 0, "a fit knows the learner's picture");
  Landmarks ghost = teacher;
  ghost.image_width = fit.image_width;
  ghost.image_height = fit.image_height;
  const auto move = [&](PointInUnit& point) {
    const Point px = in_px(point, teacher);
    point.x = static_cast<float>((fit.scale * px.x + fit.shift_x) / fit.image_width);
    point.y = static_cast<float>((fit.scale * px.y + fit.shift_y) / fit.image_height);
  };
  if (ghost.pose) std::for_each(ghost.pose->points.begin(), ghost.pose->points.end(), move);
  for (std::optional<Hand>* hand : {&ghost.left_hand, &ghost.right_hand}) {
    if (*hand) std::for_each((*hand)->points.begin(), (*hand)->points.end(), move);
  }
  ghost.face.reset();
  return ghost;
}

const Landmarks& frame_at_phase(std::span<const Landmarks> frames, double phase) {
  KATA_CHECK(!frames.empty(), "a repetition has frames");
  const Timestamp begin = frames.front().timestamp;
  const double length_s = seconds(frames.back().timestamp - begin);
  const Timestamp due = begin + duration_from_seconds(std::clamp(phase, 0.0, 1.0) * length_s);
  const auto after = std::find_if(frames.begin(), frames.end(),
                                  [&](const Landmarks& frame) { return frame.timestamp >= due; });
  return after == frames.end() ? frames.back() : *after;
}

}  // namespace kata
