// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kata/core/verdict.h"

namespace cv {
class Mat;
}

namespace kata {

/// 0–255 each.
struct Colour {
  int red = 0;
  int green = 0;
  int blue = 0;
};

/// The colours of verdicts differ in lightness as well as in hue, and each has a mark and a word.
inline constexpr Colour kGreen = {52, 211, 120};
inline constexpr Colour kRed = {255, 82, 70};
inline constexpr Colour kAmber = {255, 200, 60};
inline constexpr Colour kGrey = {150, 156, 168};
inline constexpr Colour kWhite = {245, 247, 250};
inline constexpr Colour kMuted = {190, 196, 206};
inline constexpr Colour kPanel = {16, 18, 24};

struct Box {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
  int right() const { return left + width; }
  int bottom() const { return top + height; }
};

Colour colour_of(VerdictKind kind);

/// Mixes `colour` into the canvas where the 8-bit mask, laid at (left, top), says so.
void blend(cv::Mat& canvas, const cv::Mat& mask, int left, int top, Colour colour,
           double opacity = 1);

/// A filled box with round corners; opacity 1 hides what is below.
void draw_panel(cv::Mat& canvas, const Box& box, int radius, Colour colour, double opacity);

/// A disc in the verdict's colour with a tick, a cross, a question mark or a bar.
void draw_mark(cv::Mat& canvas, VerdictKind kind, int x, int y, int radius);

/// An amber disc with a crossed-out eye: what is needed cannot be seen.
void draw_unseen_mark(cv::Mat& canvas, int x, int y, int radius);

/// A ring that is filled clockwise from the top by `share` (0–1).
void draw_ring(cv::Mat& canvas, int x, int y, int radius, double share, Colour colour);

/// A bar that is filled from the left by `share` (0–1).
void draw_bar(cv::Mat& canvas, const Box& box, double share, Colour colour);

}  // namespace kata
