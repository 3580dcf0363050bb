// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "kata/core/image.h"
#include "kata/core/landmarks.h"
#include "kata/core/repetition.h"
#include "kata/show/figure.h"

namespace kata {

/// One of two figures that are shown side by side.
struct FigurePanel {
  std::string heading;  ///< "number 12"
  std::string text;     ///< "wrong: too fast"
  Label label = Label::kCorrect;
  FigureView view;
  Landmarks landmarks;
};

struct ComparisonScene {
  FigurePanel left;
  std::optional<FigurePanel> right;
  std::string movement;
  double phase = 0;    ///< 0–1 of the left one
  std::string status;  ///< moment and speed
  std::string keys;    ///< help line; empty = none
};

/// Two stick figures side by side, or one alone in the middle. BGR, always of one size.
Image draw_comparison(const ComparisonScene& scene);

}  // namespace kata
