// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

namespace kata {

/// Sizes of what is drawn: all follow from one unit, 1 px on a picture whose shorter side is 480.
class Layout {
 public:
  Layout(int width, int height)
      : scale_(std::min(width, height) / 480.0), width_(width), height_(height) {}
  int px(double units) const { return std::max(1, static_cast<int>(std::lround(units * scale_))); }
  int margin() const { return px(12); }
  int padding() const { return px(12); }
  int radius() const { return px(12); }
  int width() const { return width_; }
  int height() const { return height_; }

 private:
  double scale_;
  int width_;
  int height_;
};

inline constexpr double kPanelOpacity = 0.66;

}  // namespace kata
