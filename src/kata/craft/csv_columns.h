// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kata/craft/import_file.h"
#include "kata/craft/row_layout.h"

namespace kata {

inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);
inline constexpr std::size_t kWebColumns = 227;
inline constexpr std::size_t kPrototypeColumns = 303;

/// Where each column of a table of landmarks is; kNoColumn for those that the file lacks.
struct CsvColumns {
  const RowLayout* layout = nullptr;
  std::size_t count = 0;
  std::size_t movement = kNoColumn;  ///< "class"
  std::size_t accuracy = kNoColumn;
  std::size_t label = kNoColumn;
  std::size_t sequence = kNoColumn;
  std::size_t time_s = kNoColumn;
  std::size_t width = kNoColumn;
  std::size_t height = kNoColumn;
  std::vector<std::size_t> values;
  std::vector<std::string> names;  ///< for messages; of the header, else what stands where
  bool has_header = false;
};

/// Whether the names hold one of a landmark's column.
bool is_landmark_header(std::span<const std::string> names);
bool has_column(std::span<const std::string> names, std::string_view name);
/// As many columns as a file without a header has, whatever blank ones a spreadsheet put after
/// them; 0 for any other number.
std::size_t headless_columns(std::span<const std::string> cells);
/// A header of landmarks, or as many columns as a file without one has.
bool is_first_row_of_landmarks(std::span<const std::string_view> cells);

/// By the names of the first row, else by how many columns it has. Problems are noted as of `line`.
CsvColumns csv_columns(const std::vector<std::string>& first_row, std::size_t line,
                       ImportReport& report);

}  // namespace kata
