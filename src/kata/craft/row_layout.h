// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata {

enum class RowPart { kPose, kFace, kLeftHand, kRightHand };

/// Points of one part in a row: `dimensions` is 3 (x y z) or 4 (with visibility).
struct RowSection {
  RowPart part;
  std::size_t points;
  std::size_t dimensions;
};

/// The order in which a file format writes the landmarks of one frame.
struct RowLayout {
  std::string_view name;
  std::span<const RowSection> sections;

  std::size_t values() const;
};

/// Every layout that the prototype and its ancestor wrote: "prototype" (300), "web" (225) and
/// "holistic" (1662 values, with the face).
std::span<const RowLayout> row_layouts();
/// Throws Error{kCorrupt} for a name that is none of them.
const RowLayout& row_layout(std::string_view name);

/// Column names as the prototype's header gives them: "pose_x0", …, "left_hand_v20".
std::vector<std::string> column_names(const RowLayout& layout);

/// A part that is all zeros was not seen: the formats know no other way to say it.
Landmarks landmarks_from_row(const RowLayout& layout, std::span<const double> row);
std::vector<double> row_from_landmarks(const RowLayout& layout, const Landmarks& landmarks);

/// The same row in another layout, digit for digit: a face that the source lacks is zeros, so is
/// a hand's visibility (MediaPipe's own), a body's is 1 where the body was seen.
std::vector<double> converted_row(const RowLayout& to, const RowLayout& from,
                                  std::span<const double> row);

}  // namespace kata
