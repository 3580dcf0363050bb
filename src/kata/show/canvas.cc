// SPDX-License-Identifier: Apache-2.0
#include "kata/show/canvas.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace kata {
namespace {

constexpr int kShift = 4;  // fractional bits of drawing coordinates
constexpr Colour kInk = {14, 16, 20};
constexpr Colour kTrack = {88, 94, 106};

cv::Scalar bgr(Colour colour) { return cv::Scalar(colour.blue, colour.green, colour.red); }

cv::Point fixed(double x, double y) {
  return {cvRound(x * (1 << kShift)), cvRound(y * (1 << kShift))};
}

void stroke(cv::Mat& canvas, double x0, double y0, double x1, double y1, int thickness) {
  cv::line(canvas, fixed(x0, y0), fixed(x1, y1), bgr(kInk), thickness, cv::LINE_AA, kShift);
}

/// Corners are drawn into a mask, because a translucent box must be blended in one go.
cv::Mat rounded_mask(int width, int height, int radius) {
  cv::Mat mask = cv::Mat::zeros(height, width, CV_8U);
  const int r = std::min({radius, width / 2, height / 2});
  const cv::Scalar full(255);
  if (width > 2 * r) cv::rectangle(mask, {r, 0}, {width - 1 - r, height - 1}, full, cv::FILLED);
  if (height > 2 * r) cv::rectangle(mask, {0, r}, {width - 1, height - 1 - r}, full, cv::FILLED);
  for (const int x : {r, width - 1 - r}) {
    for (const int y : {r, height - 1 - r}) {
      cv::circle(mask, fixed(x, y), r << kShift, full, cv::FILLED, cv::LINE_AA, kShift);
    }
  }
  return mask;
}

}  // namespace

Colour colour_of(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kCorrect:
      return kGreen;
    case VerdictKind::kIncorrect:
      return kRed;
    case VerdictKind::kUnsure:
      return kAmber;
    case VerdictKind::kOther:
      return kGrey;
  }
  return kGrey;
}

void blend(cv::Mat& canvas, const cv::Mat& mask, int left, int top, Colour colour, double opacity) {
  const cv::Rect target =
      cv::Rect(left, top, mask.cols, mask.rows) & cv::Rect(0, 0, canvas.cols, canvas.rows);
  if (target.empty()) return;
  const int strength = cvRound(std::clamp(opacity, 0.0, 1.0) * 256);
  const int paint[3] = {colour.blue, colour.green, colour.red};
  // Most of a panel is mixed at full strength: those values are looked up.
  std::uint8_t full[3][256];
  for (int c = 0; c < 3; ++c) {
    for (int v = 0; v < 256; ++v) {
      full[c][v] = static_cast<std::uint8_t>(v + (paint[c] - v) * strength / 256);
    }
  }
  for (int y = 0; y < target.height; ++y) {
    const auto* from = mask.ptr<std::uint8_t>(target.y - top + y) + (target.x - left);
    auto* to = canvas.ptr<std::uint8_t>(target.y + y) + 3 * target.x;
    for (int x = 0; x < target.width; ++x, to += 3) {
      if (from[x] == 0) continue;
      if (from[x] == 255) {
        for (int c = 0; c < 3; ++c) to[c] = full[c][to[c]];
        continue;
      }
      const int share = from[x] * strength / 255;  // 0–256
      for (int c = 0; c < 3; ++c) {
        to[c] = static_cast<std::uint8_t>(to[c] + (paint[c] - to[c]) * share / 256);
      }
    }
  }
}

void draw_panel(cv::Mat& canvas, const Box& box, int radius, Colour colour, double opacity) {
  if (box.width <= 0 || box.height <= 0) return;
  blend(canvas, rounded_mask(box.width, box.height, radius), box.left, box.top, colour, opacity);
}

void draw_mark(cv::Mat& canvas, VerdictKind kind, int x, int y, int radius) {
  cv::circle(canvas, fixed(x, y), radius << kShift, bgr(colour_of(kind)), cv::FILLED, cv::LINE_AA,
             kShift);
  const double r = radius;
  const int thickness = std::max(2, cvRound(r * 0.26));
  switch (kind) {
    case VerdictKind::kCorrect:
      stroke(canvas, x - 0.45 * r, y + 0.05 * r, x - 0.12 * r, y + 0.38 * r, thickness);
      stroke(canvas, x - 0.12 * r, y + 0.38 * r, x + 0.48 * r, y - 0.34 * r, thickness);
      break;
    case VerdictKind::kIncorrect:
      stroke(canvas, x - 0.36 * r, y - 0.36 * r, x + 0.36 * r, y + 0.36 * r, thickness);
      stroke(canvas, x - 0.36 * r, y + 0.36 * r, x + 0.36 * r, y - 0.36 * r, thickness);
      break;
    case VerdictKind::kUnsure:
      cv::ellipse(canvas, fixed(x, y - 0.2 * r), {cvRound(0.3 * r * 16), cvRound(0.3 * r * 16)}, 0,
                  180, 405, bgr(kInk), thickness, cv::LINE_AA, kShift);
      stroke(canvas, x + 0.16 * r, y + 0.02 * r, x, y + 0.2 * r, thickness);
      cv::circle(canvas, fixed(x, y + 0.52 * r), std::max(1, thickness * 5 / 8) << kShift,
                 bgr(kInk), cv::FILLED, cv::LINE_AA, kShift);
      break;
    case VerdictKind::kOther:
      stroke(canvas, x - 0.42 * r, y, x + 0.42 * r, y, thickness);
      break;
  }
}

void draw_unseen_mark(cv::Mat& canvas, int x, int y, int radius) {
  cv::circle(canvas, fixed(x, y), radius << kShift, bgr(kAmber), cv::FILLED, cv::LINE_AA, kShift);
  const double r = radius;
  const int thickness = std::max(2, cvRound(r * 0.14));
  const cv::Size lid(cvRound(0.72 * r * 16), cvRound(0.72 * r * 16));
  // Two arcs that meet in the eye's corners.
  cv::ellipse(canvas, fixed(x, y + 0.42 * r), lid, 0, 216, 324, bgr(kInk), thickness, cv::LINE_AA,
              kShift);
  cv::ellipse(canvas, fixed(x, y - 0.42 * r), lid, 0, 36, 144, bgr(kInk), thickness, cv::LINE_AA,
              kShift);
  cv::circle(canvas, fixed(x, y), cvRound(0.17 * r * 16), bgr(kInk), cv::FILLED, cv::LINE_AA,
             kShift);
  stroke(canvas, x - 0.5 * r, y + 0.5 * r, x + 0.5 * r, y - 0.5 * r,
         std::max(2, cvRound(r * 0.18)));
}

void draw_ring(cv::Mat& canvas, int x, int y, int radius, double share, Colour colour) {
  const int thickness = std::max(3, radius / 5);
  const cv::Size axes(radius << kShift, radius << kShift);
  const cv::Point centre = fixed(x, y);
  cv::ellipse(canvas, centre, axes, 0, 0, 360, bgr(kTrack), thickness, cv::LINE_AA, kShift);
  const double end_deg = 360 * std::clamp(share, 0.0, 1.0);
  if (end_deg < 1) return;
  cv::ellipse(canvas, centre, axes, -90, 0, end_deg, bgr(colour), thickness, cv::LINE_AA, kShift);
}

void draw_bar(cv::Mat& canvas, const Box& box, double share, Colour colour) {
  draw_panel(canvas, box, box.height / 2, kTrack, 0.9);
  const int filled = cvRound(std::clamp(share, 0.0, 1.0) * box.width);
  if (filled < box.height) return;  // rounder than long
  draw_panel(canvas, {box.left, box.top, filled, box.height}, box.height / 2, colour, 1);
}

}  // namespace kata
