// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/missing_points.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace kata {
namespace {

/// Zeros for a point that was not seen; false for one that was.
bool settle_point(std::span<double> point) {
  if (std::isnan(point[0]) || std::isnan(point[1])) {
    std::ranges::fill(point, 0.0);
    return true;
  }
  if (std::isnan(point[2])) point[2] = 0;
  if (point.size() > 3 && std::isnan(point[3])) point[3] = 1;
  return false;
}

bool is_all_zero(std::span<const double> values) {
  return std::ranges::all_of(values, [](double value) { return value == 0; });
}

bool is_missing_point(const Pose& pose, std::size_t point) {
  const PointInUnit& p = pose.points[point];
  return p.x == 0 && p.y == 0 && pose.visibility[point] == 0;
}

PointInUnit between(const PointInUnit& a, const PointInUnit& b, double share) {
  const auto at = [&](float from, float to) {
    return static_cast<float>(from + share * (static_cast<double>(to) - from));
  };
  return {at(a.x, b.x), at(a.y, b.y), at(a.z, b.z)};
}

void fill_point(std::span<Landmarks> frames, std::size_t point) {
  std::optional<std::size_t> before;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (!frames[i].pose || is_missing_point(*frames[i].pose, point)) continue;
    const PointInUnit& here = frames[i].pose->points[point];
    const std::size_t first = before ? *before + 1 : 0;
    for (std::size_t k = first; k < i; ++k) {
      if (!frames[k].pose) continue;
      const double share =
          before ? static_cast<double>(k - *before) / static_cast<double>(i - *before) : 1;
      frames[k].pose->points[point] =
          before ? between(frames[*before].pose->points[point], here, share) : here;
    }
    before = i;
  }
  if (!before) return;
  for (std::size_t k = *before + 1; k < frames.size(); ++k) {
    if (frames[k].pose) frames[k].pose->points[point] = frames[*before].pose->points[point];
  }
}

}  // namespace

MissingPoints settle_missing(const RowLayout& layout, std::span<double> row) {
  MissingPoints missing;
  std::size_t offset = 0;
  for (const RowSection& section : layout.sections) {
    const auto part = row.subspan(offset, section.points * section.dimensions);
    offset += part.size();
    std::size_t points = 0;
    for (std::size_t i = 0; i < section.points; ++i) {
      points += settle_point(part.subspan(i * section.dimensions, section.dimensions)) ? 1 : 0;
    }
    if (points == 0 || is_all_zero(part)) continue;
    if (section.part == RowPart::kPose) {
      missing.of_body = true;
    } else {
      std::ranges::fill(part, 0.0);
      ++missing.incomplete_parts;
    }
  }
  return missing;
}

void hide_missing_points(Landmarks& frame) {
  if (!frame.pose) return;
  for (std::size_t point = 0; point < kPosePoints; ++point) {
    const PointInUnit& p = frame.pose->points[point];
    if (p.x == 0 && p.y == 0) frame.pose->visibility[point] = 0;
  }
}

void fill_missing_points(std::span<Landmarks> frames) {
  for (std::size_t point = 0; point < kPosePoints; ++point) fill_point(frames, point);
}

}  // namespace kata
