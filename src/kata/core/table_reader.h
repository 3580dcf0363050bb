// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kata {

/// Walks through the rows of a table as spreadsheets and programs of any country write it.
///
/// Cells are separated by tabs, semicolons, bars or commas, as a first line `sep=;` says or as the
/// first row shows. Lines end with \n, \r\n, \r\r\n or \r. Text is UTF-8, or UTF-16 with or without
/// a byte order mark. Rows that hold nothing but separators and blanks are no rows. Quoted cells
/// may hold separators, doubled quotes and line breaks. Blanks around a cell do not belong to it.
class TableReader {
 public:
  /// Whether the cells are the first row of what is looked for; the first separator that makes them
  /// so is the table's.
  using IsFirstRow = std::function<bool(std::span<const std::string_view>)>;

  /// `text` must outlive the reader. Throws Error{kCorrupt} for what is no text in UTF-8 or UTF-16.
  TableReader(std::string_view text, const IsFirstRow& is_first_row);
  /// Of a table whose separator is known, or of one row of it.
  TableReader(std::string_view text, char separator);
  TableReader(const TableReader&) = delete;
  TableReader& operator=(const TableReader&) = delete;

  /// False at the end.
  bool next();
  /// Of this row; valid until the next one.
  std::span<const std::string_view> cells() const { return cells_; }
  std::size_t line() const { return line_; }  ///< in which the row begins, from 1; 0 before it
  char separator() const { return separator_; }

  /// Leaves out blank cells beyond so many: spreadsheets pad rows to the widest one.
  void drop_blank_cells_after(std::size_t count);

  /// Where a row begins, to come back to it.
  struct Place {
    std::size_t offset = 0;
    std::size_t line = 0;
  };
  Place place() const { return place_; }
  void read_at(const Place& place);

 private:
  std::string_view next_line();
  std::string_view next_filled_line();
  std::string_view with_quoted_breaks(std::string_view line);
  void split(std::string_view line);
  std::size_t take_quoted(std::string_view line, std::size_t at);
  bool read_separator(std::string_view line);
  void find_separator(std::string_view line, const IsFirstRow& is_first_row);

  std::string converted_;  ///< where the text was UTF-16
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t newline_ = 0;  ///< the next \n from at_ on
  bool is_newline_known_ = false;
  std::size_t lines_ = 0;  ///< that were read
  std::size_t line_ = 0;
  Place place_;
  char separator_ = ',';
  std::vector<std::string_view> cells_;
  std::deque<std::string> unquoted_;  ///< cells that are not in the text as they are
  std::size_t unquoted_count_ = 0;
};

/// A column's name without what programs add to it: blanks, capitals, brackets ("Start (s)" is
/// "start_s").
std::string plain_column_name(std::string_view name);

/// For messages: "commas", "semicolons", "tabs" or "bars".
std::string_view separator_name(char separator);

/// Reads the numbers of one table, which has decimal points or decimal commas, not both.
class TableNumbers {
 public:
  enum class Kind { kNumber, kMissing, kNoNumber, kOtherMark };
  struct Reading {
    Kind kind = Kind::kNoNumber;
    double value = 0;  ///< of a number; infinity comes back as such
  };
  Reading read(std::string_view cell);

 private:
  Reading read_slowly(std::string_view cell);

  char mark_ = 0;  ///< '.' or ',' once one was seen
};

/// Whether a cell says that nothing is known: empty, NaN, NA, null and their like.
bool is_missing(std::string_view cell);

}  // namespace kata
