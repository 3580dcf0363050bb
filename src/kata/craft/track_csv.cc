// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/track_csv.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_map>

#include "kata/core/error.h"
#include "kata/core/table_reader.h"
#include "kata/craft/csv_columns.h"
#include "kata/craft/label_text.h"
#include "kata/craft/missing_points.h"

namespace kata {
namespace {

constexpr double kLongest_s = 1e9;  // as in JSON lines
constexpr double kLargest_px = 1e6;

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorCode::kCorrupt, "this is not a line of kata track: " + what);
}

}  // namespace

TrackCsv::TrackCsv(std::string_view header) {
  TableReader table(header, is_first_row_of_landmarks);
  if (table.next()) {
    for (const std::string_view name : table.cells()) names_.push_back(plain_column_name(name));
  }
  separator_ = table.separator();
  while (!names_.empty() && names_.back().empty()) names_.pop_back();
  std::unordered_map<std::string_view, std::size_t> columns;
  for (std::size_t i = 0; i < names_.size(); ++i) columns.emplace(names_[i], i);
  const auto column = [&](std::string_view name) {
    const auto found = columns.find(name);
    return found == columns.end() ? names_.size() : found->second;
  };
  time_s_ = column("time_s");
  if (time_s_ == names_.size()) {
    fail("the header has no column time_s; tables without times are taken in by kata import");
  }
  width_ = column("width");
  height_ = column("height");
  layout_ = &row_layout(columns.contains("pose_v0") ? "prototype" : "web");
  for (const std::string& name : column_names(*layout_)) {
    values_.push_back(column(name));
    if (values_.back() == names_.size()) fail("the header has no column " + name);
  }
}

double TrackCsv::value(std::size_t column) {
  const TableNumbers::Reading read = table_numbers_.read(cells_[column]);
  if (read.kind == TableNumbers::Kind::kMissing) return std::numeric_limits<double>::quiet_NaN();
  if (read.kind != TableNumbers::Kind::kNumber || !std::isfinite(static_cast<float>(read.value)))
    fail(names_[column] + " is not a number: \"" + shortened(cells_[column]) + "\"");
  return read.value;
}

double TrackCsv::number(std::size_t column) {
  const double number = value(column);
  if (std::isnan(number)) fail(names_[column] + " is missing");
  return number;
}

int TrackCsv::size(std::size_t column) {
  if (column == names_.size()) return 0;
  const double value = number(column);
  if (value < 0 || value > kLargest_px || value != std::floor(value))
    fail(names_[column] + " is not a size of a picture");
  return static_cast<int>(value);
}

Landmarks TrackCsv::landmarks(std::string_view row) {
  TableReader table(row, separator_);
  table.next();
  table.drop_blank_cells_after(names_.size());
  cells_ = table.cells();
  if (cells_.size() != names_.size()) {
    fail("it has " + std::to_string(cells_.size()) + " columns instead of " +
         std::to_string(names_.size()));
  }
  numbers_.clear();
  for (const std::size_t column : values_) numbers_.push_back(value(column));
  MissingPoints missing;
  if (std::ranges::any_of(numbers_, [](double each) { return std::isnan(each); }))
    missing = settle_missing(*layout_, numbers_);
  Landmarks landmarks = landmarks_from_row(*layout_, numbers_);
  if (missing.of_body) hide_missing_points(landmarks);
  const double time_s = number(time_s_);
  if (!(time_s >= 0 && time_s < kLongest_s)) fail("time_s is out of range");
  landmarks.timestamp = timestamp_from_seconds(time_s);
  landmarks.image_width = size(width_);
  landmarks.image_height = size(height_);
  return landmarks;
}

}  // namespace kata
