// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/csv_columns.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "kata/core/table_reader.h"
#include "kata/craft/import_reading.h"
#include "kata/craft/label_text.h"

namespace kata {
namespace {

bool is_landmark_name(std::string_view plain) {
  constexpr std::array<std::string_view, 3> kBeginnings = {"pose_", "left_hand_", "right_hand_"};
  constexpr std::string_view kAxes = "xyzv";
  for (const std::string_view beginning : kBeginnings) {
    if (!plain.starts_with(beginning) || plain.size() < beginning.size() + 2) continue;
    const char axis = plain[beginning.size()];
    const char digit = plain[beginning.size() + 1];
    if (kAxes.find(axis) != std::string_view::npos && digit >= '0' && digit <= '9') return true;
  }
  return false;
}

template <typename Cells>
std::size_t known_count(const Cells& cells) {
  for (const std::size_t count : {kWebColumns, kPrototypeColumns}) {
    if (cells.size() == count) return count;
  }
  for (const std::size_t count : {kPrototypeColumns, kWebColumns}) {
    if (cells.size() < count) continue;
    const auto rest = cells.subspan(count);
    return std::ranges::all_of(rest, [](const auto& cell) { return cell.empty(); }) ? count : 0;
  }
  return 0;
}

std::vector<std::size_t> positions_from(std::size_t first, std::size_t count) {
  std::vector<std::size_t> positions(count);
  for (std::size_t i = 0; i < count; ++i) positions[i] = first + i;
  return positions;
}

/// A first row whose keys are words is a header that nobody knows.
void check_is_data(const std::vector<std::string>& row, const CsvColumns& columns, std::size_t line,
                   ImportReport& report) {
  TableNumbers numbers;
  const auto is_word = [&](std::size_t column) {
    return numbers.read(row[column]).kind == TableNumbers::Kind::kNoNumber;
  };
  if (!is_word(columns.sequence) || !is_word(columns.values.front())) return;
  add_problem(report, {{},
                       line,
                       columns.values.front() + 1,
                       "the header is not known: it calls this column \"" +
                           shortened(row[columns.values.front()]) +
                           "\"; kata's is called \"pose_x0\" (docs/formats.md)"});
}

CsvColumns columns_by_position(const std::vector<std::string>& row, std::size_t line,
                               ImportReport& report) {
  CsvColumns columns;
  columns.count = headless_columns(row);
  columns.layout = &row_layout(columns.count == kWebColumns ? "web" : "prototype");
  if (columns.count == kWebColumns) {
    columns.label = 0;
    columns.sequence = 1;
    columns.names = {"label", "sequence"};
  } else {
    columns.movement = 0;
    columns.accuracy = 1;
    columns.sequence = 2;
    columns.names = {"class", "accuracy", "sequence"};
  }
  columns.values = positions_from(columns.sequence + 1, columns.layout->values());
  const std::vector<std::string> names = column_names(*columns.layout);
  columns.names.insert(columns.names.end(), names.begin(), names.end());
  check_is_data(row, columns, line, report);
  return columns;
}

CsvColumns columns_by_name(const std::vector<std::string>& row, std::size_t line,
                           ImportReport& report) {
  std::unordered_map<std::string, std::size_t> positions;
  for (std::size_t i = 0; i < row.size(); ++i) positions.emplace(plain_column_name(row[i]), i);
  const auto position = [&positions](std::string_view name) {
    const auto found = positions.find(std::string(name));
    return found == positions.end() ? kNoColumn : found->second;
  };
  CsvColumns columns;
  columns.has_header = true;
  columns.names = row;
  while (columns.names.back().empty()) columns.names.pop_back();
  columns.count = columns.names.size();
  columns.layout = &row_layout(has_column(row, "pose_v0") ? "prototype" : "web");
  columns.movement = position("class");
  columns.accuracy = position("accuracy");
  columns.label = position("label");
  columns.sequence = position("sequence");
  columns.time_s = position("time_s");
  columns.width = position("width");
  columns.height = position("height");
  for (const std::string& name : column_names(*columns.layout)) {
    columns.values.push_back(position(name));
    if (columns.values.back() == kNoColumn) {
      add_problem(report, {{}, line, 0, "the header has no column " + name});
    }
  }
  if (columns.label == kNoColumn && columns.accuracy == kNoColumn && columns.time_s == kNoColumn) {
    add_problem(report,
                {{}, line, 0, "the header has neither a column accuracy nor a column label"});
  }
  return columns;
}

}  // namespace

bool is_landmark_header(std::span<const std::string> names) {
  return std::ranges::any_of(
      names, [](const std::string& name) { return is_landmark_name(plain_column_name(name)); });
}

bool has_column(std::span<const std::string> names, std::string_view name) {
  return std::ranges::any_of(
      names, [&](const std::string& each) { return plain_column_name(each) == name; });
}

std::size_t headless_columns(std::span<const std::string> cells) { return known_count(cells); }

bool is_first_row_of_landmarks(std::span<const std::string_view> cells) {
  if (known_count(cells) != 0) return true;
  return cells.size() > 1 && std::ranges::any_of(cells, [](std::string_view cell) {
           return is_landmark_name(plain_column_name(cell));
         });
}

CsvColumns csv_columns(const std::vector<std::string>& first_row, std::size_t line,
                       ImportReport& report) {
  return is_landmark_header(first_row) ? columns_by_name(first_row, line, report)
                                       : columns_by_position(first_row, line, report);
}

}  // namespace kata
