// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "kata/landmark/rect.h"

namespace kata {

/// How far the region that follows from the last frame's landmarks may differ from the one that the
/// body gives now; fractions of the latter's size.
struct RegionTolerance {
  double angle = 0;  ///< radians
  double translation = 0;
  double scale = 0;
  double margin = 0;  ///< by which the latter grows before it must hold all landmarks
};

RegionTolerance hand_tolerance();
RegionTolerance face_tolerance();

/// Whether to look where the last frame's landmarks were (`previous`) and not where the body says
/// (`current`). Source: mediapipe/modules/holistic_landmark/calculators/roi_tracking_calculator.cc.
bool is_tracking_kept(const RectInImage& previous, std::span<const PointInImage> previous_points,
                      const RectInImage& current, const RegionTolerance& tolerance);

}  // namespace kata
