// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/track_csv.h"

#include <cmath>
#include <unordered_map>

#include "kata/core/error.h"
#include "kata/craft/csv_lines.h"
#include "kata/craft/import_reading.h"
#include "kata/craft/label_text.h"

namespace kata {
namespace {

constexpr double kLongest_s = 1e9;  // as in JSON lines
constexpr double kLargest_px = 1e6;

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorCode::kCorrupt, "this is not a line of kata track: " + what);
}

}  // namespace

TrackCsv::TrackCsv(std::string_view header) {
  split_csv_line(header, names_);
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

double TrackCsv::number(std::size_t column) const {
  const auto value = number_from_text(fields_[column]);
  if (!value || !std::isfinite(static_cast<float>(*value)))
    fail(names_[column] + " is not a number: \"" + shortened(fields_[column]) + "\"");
  return *value;
}

int TrackCsv::size(std::size_t column) const {
  if (column == names_.size()) return 0;
  const double value = number(column);
  if (value < 0 || value > kLargest_px || value != std::floor(value))
    fail(names_[column] + " is not a size of a picture");
  return static_cast<int>(value);
}

Landmarks TrackCsv::landmarks(std::string_view row) {
  split_csv_line(row, fields_);
  if (fields_.size() != names_.size()) {
    fail("it has " + std::to_string(fields_.size()) + " columns instead of " +
         std::to_string(names_.size()));
  }
  numbers_.clear();
  for (const std::size_t column : values_) numbers_.push_back(number(column));
  Landmarks landmarks = landmarks_from_row(*layout_, numbers_);
  const double time_s = number(time_s_);
  if (!(time_s >= 0 && time_s < kLongest_s)) fail("time_s is out of range");
  landmarks.timestamp = timestamp_from_seconds(time_s);
  landmarks.image_width = size(width_);
  landmarks.image_height = size(height_);
  return landmarks;
}

}  // namespace kata
