// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/region_choice.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kata {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

}  // namespace

RegionTolerance hand_tolerance() { return {40 * kDegree, 0.2, 0.4, -0.1}; }
RegionTolerance face_tolerance() { return {15 * kDegree, 0.1, 0.3, -0.2}; }

bool is_tracking_kept(const RectInImage& previous, std::span<const PointInImage> previous_points,
                      const RectInImage& current, const RegionTolerance& tolerance) {
  if (std::abs(wrapped_angle(previous.angle - current.angle)) > tolerance.angle) return false;
  if (std::abs(previous.width - current.width) > tolerance.scale * current.width) return false;
  if (std::abs(previous.height - current.height) > tolerance.scale * current.height) return false;
  const auto turned = [&](PointInImage point) { return rotated(point, -current.angle); };
  const PointInImage center = turned(current.center);
  const PointInImage old_center = turned(previous.center);
  if (std::abs(old_center.x - center.x) > tolerance.translation * current.width) return false;
  if (std::abs(old_center.y - center.y) > tolerance.translation * current.height) return false;
  const double reach_x = current.width * (1 + tolerance.margin) / 2;
  const double reach_y = current.height * (1 + tolerance.margin) / 2;
  return std::all_of(previous_points.begin(), previous_points.end(), [&](PointInImage point) {
    const PointInImage p = turned(point);
    return std::abs(p.x - center.x) < reach_x && std::abs(p.y - center.y) < reach_y;
  });
}

}  // namespace kata
