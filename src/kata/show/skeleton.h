// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kata/core/landmarks.h"

namespace cv {
class Mat;
}

namespace kata {

/// Body and hands over a picture that shows the person as in a mirror or not. Points that were not
/// really seen are left out. With errors each joint is coloured by how far off it is.
struct SkeletonStyle {
  bool is_mirrored = true;
  int unit = 1;  ///< px that a thin line is wide
  /// Joints without an error are drawn as right; else the colours tell the person's sides, unless
  /// there is an error.
  bool is_coloured_by_error = false;
};

void draw_skeleton(cv::Mat& canvas, const Landmarks& landmarks,
                   const std::vector<std::pair<std::string, double>>& joint_errors,
                   const SkeletonStyle& style);

/// The teacher, as a pale translucent figure.
void draw_ghost(cv::Mat& canvas, const Landmarks& ghost, const SkeletonStyle& style);

}  // namespace kata
