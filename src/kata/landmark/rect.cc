// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/rect.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace kata {
namespace {

using Polygon = std::vector<PointInImage>;

/// The part of a convex polygon where `inside`, linear in the point, is not negative.
template <typename Inside>
Polygon part_where(const Polygon& polygon, Inside&& inside) {
  Polygon part;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const PointInImage a = polygon[i];
    const PointInImage b = polygon[(i + 1) % polygon.size()];
    const double at_a = inside(a);
    const double at_b = inside(b);
    if (at_a >= 0) part.push_back(a);
    if ((at_a >= 0) == (at_b >= 0)) continue;
    const double way = at_a / (at_a - at_b);
    part.push_back({a.x + way * (b.x - a.x), a.y + way * (b.y - a.y)});
  }
  return part;
}

double area_of(const Polygon& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const PointInImage a = polygon[i];
    const PointInImage b = polygon[(i + 1) % polygon.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return std::abs(twice) / 2;
}

}  // namespace

double wrapped_angle(double angle) {
  constexpr double kPi = std::numbers::pi;
  return angle - 2 * kPi * std::floor((angle + kPi) / (2 * kPi));
}

double rotation_towards(PointInImage a, PointInImage b, double target) {
  return wrapped_angle(target - std::atan2(-(b.y - a.y), b.x - a.x));
}

PointInImage rotated(PointInImage point, double angle) {
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  return {c * point.x - s * point.y, s * point.x + c * point.y};
}

RectInImage grown(const RectInImage& rect, double scale, double shift) {
  const double side = scale * std::max(rect.width, rect.height);
  const double move = rect.height * shift;
  return {
      {rect.center.x - move * std::sin(rect.angle), rect.center.y + move * std::cos(rect.angle)},
      side,
      side,
      rect.angle};
}

RectInImage square_around(PointInImage center, PointInImage end, double angle) {
  const double side = 2 * std::hypot(end.x - center.x, end.y - center.y);
  return {center, side, side, angle};
}

BoxInImage bounding_box(std::span<const PointInImage> points) {
  BoxInImage box;
  if (points.empty()) return box;
  box = {points[0].x, points[0].y, points[0].x, points[0].y};
  for (const PointInImage& point : points) {
    box.x_min = std::min(box.x_min, point.x);
    box.y_min = std::min(box.y_min, point.y);
    box.x_max = std::max(box.x_max, point.x);
    box.y_max = std::max(box.y_max, point.y);
  }
  return box;
}

RectInImage rect_from_box(const BoxInImage& box, double angle) {
  return {
      {(box.x_min + box.x_max) / 2, (box.y_min + box.y_max) / 2}, box.width(), box.height(), angle};
}

PointInImage image_from_unit(const RectInImage& rect, double x, double y) {
  const PointInImage offset =
      rotated({(x - 0.5) * rect.width, (y - 0.5) * rect.height}, rect.angle);
  return {rect.center.x + offset.x, rect.center.y + offset.y};
}

double intersection_over_union(const BoxInImage& a, const BoxInImage& b) {
  const double width = std::min(a.x_max, b.x_max) - std::max(a.x_min, b.x_min);
  const double height = std::min(a.y_max, b.y_max) - std::max(a.y_min, b.y_min);
  if (width <= 0 || height <= 0) return 0;
  const double intersection = width * height;
  const double united = a.width() * a.height() + b.width() * b.height() - intersection;
  return united > 0 ? intersection / united : 0;
}

double share_in_image(const RectInImage& rect, int width, int height) {
  const double area = rect.width * rect.height;
  if (!(area > 0)) return 0;
  Polygon polygon;
  for (const auto& [x, y] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
    polygon.push_back(image_from_unit(rect, x, y));
  }
  // The image's pixels are squares about whole numbers.
  polygon = part_where(polygon, [](PointInImage p) { return p.x + 0.5; });
  polygon = part_where(polygon, [](PointInImage p) { return p.y + 0.5; });
  polygon = part_where(polygon, [&](PointInImage p) { return width - 0.5 - p.x; });
  polygon = part_where(polygon, [&](PointInImage p) { return height - 0.5 - p.y; });
  return area_of(polygon) / area;
}

BoxInImage unrotated_box(const RectInImage& rect) {
  return {rect.center.x - rect.width / 2, rect.center.y - rect.height / 2,
          rect.center.x + rect.width / 2, rect.center.y + rect.height / 2};
}

}  // namespace kata
