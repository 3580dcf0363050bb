// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace kata {

/// Pixels; x right, y down, (0, 0) the middle of the first pixel. May lie outside the image.
struct PointInImage {
  double x = 0;
  double y = 0;
};

/// A rotated rectangle in pixels of the image; `angle` in radians, positive = clockwise on screen.
struct RectInImage {
  PointInImage center;
  double width = 0;
  double height = 0;
  double angle = 0;
};

/// An upright box in pixels.
struct BoxInImage {
  double x_min = 0;
  double y_min = 0;
  double x_max = 0;
  double y_max = 0;

  double width() const { return x_max - x_min; }
  double height() const { return y_max - y_min; }
};

/// The same angle in [−π, π).
double wrapped_angle(double angle);

/// The angle of a crop in which the way from `a` to `b` points along `target` (π/2 = up).
double rotation_towards(PointInImage a, PointInImage b, double target);

/// `point` turned about the origin by `angle`.
PointInImage rotated(PointInImage point, double angle);

/// Moved by `shift` of its height along its own down axis, then made a square of `scale` times the
/// longer side. Source: mediapipe/calculators/util/rect_transformation_calculator.cc.
RectInImage grown(const RectInImage& rect, double scale, double shift);

/// The square about `center` that has `end` on the middle of a side, `angle` as given.
RectInImage square_around(PointInImage center, PointInImage end, double angle);

BoxInImage bounding_box(std::span<const PointInImage> points);

RectInImage rect_from_box(const BoxInImage& box, double angle);

/// Where a point of the unit square of `rect` lies in the image.
PointInImage image_from_unit(const RectInImage& rect, double x, double y);

/// Overlap of two boxes over their union, 0–1; 0 when either is empty.
double intersection_over_union(const BoxInImage& a, const BoxInImage& b);

/// How much of `rect` lies in an image of this size: area over area, 0–1; 0 when it is empty.
double share_in_image(const RectInImage& rect, int width, int height);

/// Centre ± half the size, without the rotation.
BoxInImage unrotated_box(const RectInImage& rect);

}  // namespace kata
