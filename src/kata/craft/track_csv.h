// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/core/table_reader.h"
#include "kata/craft/row_layout.h"

namespace kata {

/// Reads the rows of `kata track --csv` back, also as a spreadsheet saves them; columns are found
/// by their names in the header.
class TrackCsv {
 public:
  /// Throws Error{kCorrupt} for a header without times or without a point's column.
  explicit TrackCsv(std::string_view header);

  /// Throws Error{kCorrupt} naming the column that is wrong.
  Landmarks landmarks(std::string_view row);

 private:
  double value(std::size_t column);   ///< not-a-number where nothing is known
  double number(std::size_t column);  ///< always one
  int size(std::size_t column);

  const RowLayout* layout_;
  std::vector<std::string> names_;
  std::vector<std::size_t> values_;  ///< columns in the layout's order
  std::size_t time_s_ = 0;
  std::size_t width_ = 0;  ///< past the last: the file has none
  std::size_t height_ = 0;
  char separator_ = ',';
  TableNumbers table_numbers_;
  std::span<const std::string_view> cells_;  ///< of the row being read
  std::vector<double> numbers_;
};

}  // namespace kata
