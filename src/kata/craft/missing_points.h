// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/craft/row_layout.h"

namespace kata {

/// What a row lacked.
struct MissingPoints {
  bool of_body = false;              ///< single points of a body that was seen
  std::size_t incomplete_parts = 0;  ///< hands and faces that were seen in part, taken as not seen
};

/// Puts zeros, the formats' own word for "not seen", where a row has not-a-number: for the whole
/// part where all of it is missing, or where points of a hand or face are; for single points of a
/// body. A depth that is missing is 0, a visibility that is missing is 1.
MissingPoints settle_missing(const RowLayout& layout, std::span<double> row);

/// Says of a body's points that lie where a row had zeros for "not seen" that they are not seen.
void hide_missing_points(Landmarks& frame);

/// Moves a body's points that were missing in single frames between where they were before and
/// after: a body always has all its points, and those not seen say so by their visibility of 0.
void fill_missing_points(std::span<Landmarks> frames);

}  // namespace kata
