// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kata {

/// Walks through the lines of a CSV text: \n or \r\n, a byte order mark is skipped.
class CsvLines {
 public:
  explicit CsvLines(std::string_view text);
  /// False at the end. Empty lines at the end of the text are no lines.
  bool next();
  std::string_view line() const { return line_; }
  std::size_t number() const { return number_; }  ///< from 1

 private:
  std::string_view rest_;
  std::string_view line_;
  std::size_t number_ = 0;
};

/// Splits at commas; a field in double quotes may hold commas and doubled quotes, no line breaks.
/// `fields` is reused to save memory.
void split_csv_line(std::string_view line, std::vector<std::string>& fields);

/// The field as CSV writes it, in quotes where it needs them.
std::string csv_field(std::string_view text);

}  // namespace kata
