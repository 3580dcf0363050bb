// SPDX-License-Identifier: Apache-2.0
#include "kata/show/figure.h"

#include <algorithm>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "kata/core/error.h"
#include "kata/show/canvas.h"
#include "kata/show/skeleton.h"

namespace kata {
namespace {

constexpr Colour kGround = {30, 33, 41};
constexpr float kVisibleFrom = 0.5F;
constexpr double kMargin = 0.08;       // of the larger side
constexpr double kSmallestView = 0.1;  // of the picture's height: a still finger is no full screen
constexpr double kUnknownAspect = 4.0 / 3.0;

double aspect_of(const Landmarks& landmarks) {
  return landmarks.image_width > 0 && landmarks.image_height > 0
             ? static_cast<double>(landmarks.image_width) / landmarks.image_height
             : kUnknownAspect;
}

/// Grows around every point that was really seen.
struct Extent {
  double left = std::numeric_limits<double>::infinity();
  double top = left;
  double right = -left;
  double bottom = -left;

  void add(const PointInUnit& point, double aspect) {
    const double x = std::clamp(static_cast<double>(point.x), -0.5, 1.5) * aspect;
    const double y = std::clamp(static_cast<double>(point.y), -0.5, 1.5);
    left = std::min(left, x);
    right = std::max(right, x);
    top = std::min(top, y);
    bottom = std::max(bottom, y);
  }

  void add(const Landmarks& landmarks) {
    const double aspect = aspect_of(landmarks);
    if (landmarks.pose) {
      for (std::size_t i = 0; i < kPosePoints; ++i) {
        if (landmarks.pose->visibility[i] >= kVisibleFrom) add(landmarks.pose->points[i], aspect);
      }
    }
    for (const Side side : {Side::kLeft, Side::kRight}) {
      if (!landmarks.hand(side)) continue;
      for (const PointInUnit& point : landmarks.hand(side)->points) add(point, aspect);
    }
  }
};

/// The landmarks as if the panel were the camera's picture.
template <typename Points>
void place(Points& points, double aspect, const FigureView& view) {
  for (PointInUnit& point : points) {
    point.x = static_cast<float>((static_cast<double>(point.x) * aspect - view.left) / view.width);
    point.y = static_cast<float>((static_cast<double>(point.y) - view.top) / view.height);
  }
}

/// The view grown about its middle to the panel's shape.
FigureView shaped(FigureView view, double aspect) {
  const double width = std::max(view.width, view.height * aspect);
  const double height = std::max(view.height, view.width / aspect);
  view.left -= (width - view.width) / 2;
  view.top -= (height - view.height) / 2;
  view.width = width;
  view.height = height;
  return view;
}

}  // namespace

FigureView figure_view(std::span<const Landmarks> frames) {
  Extent extent;
  for (const Landmarks& frame : frames) extent.add(frame);
  if (extent.left > extent.right) {
    return {0, 0, frames.empty() ? kUnknownAspect : aspect_of(frames.front()), 1};
  }
  const double width = std::max(extent.right - extent.left, kSmallestView);
  const double height = std::max(extent.bottom - extent.top, kSmallestView);
  const double margin = kMargin * std::max(width, height);
  const double middle_x = (extent.left + extent.right) / 2;
  const double middle_y = (extent.top + extent.bottom) / 2;
  return {middle_x - width / 2 - margin, middle_y - height / 2 - margin, width + 2 * margin,
          height + 2 * margin};
}

Image draw_figure(const Landmarks& landmarks, const FigureView& view, int width, int height) {
  KATA_CHECK(width > 0 && height > 0 && view.width > 0 && view.height > 0, "a figure has a size");
  Image image(width, height, PixelFormat::kBgr);
  cv::Mat canvas(height, width, CV_8UC3, image.data());
  canvas = cv::Scalar(kGround.blue, kGround.green, kGround.red);
  const FigureView fitted = shaped(view, static_cast<double>(width) / height);
  Landmarks placed = landmarks;
  const double aspect = aspect_of(landmarks);
  if (placed.pose) place(placed.pose->points, aspect, fitted);
  for (const Side side : {Side::kLeft, Side::kRight}) {
    if (placed.hand(side)) place(placed.hand(side)->points, aspect, fitted);
  }
  draw_skeleton(canvas, placed, {}, {false, std::max(1, std::min(width, height) / 200)});
  return image;
}

}  // namespace kata
