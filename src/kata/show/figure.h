// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "kata/core/image.h"
#include "kata/core/landmarks.h"

namespace kata {

/// The part of the picture in which a movement takes place, so that a figure fills its panel and
/// stands still in it. In heights of the picture as the camera gave it.
struct FigureView {
  double left = 0;
  double top = 0;
  double width = 1;
  double height = 1;
};

/// What all the frames need, with a margin; the whole picture where nobody is seen.
FigureView figure_view(std::span<const Landmarks> frames);

/// Body and hands as a stick figure on a plain ground, BGR; the view is fitted into the size (px).
Image draw_figure(const Landmarks& landmarks, const FigureView& view, int width, int height);

}  // namespace kata
