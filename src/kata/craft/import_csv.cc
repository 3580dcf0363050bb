// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/import_csv.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "kata/core/error.h"
#include "kata/craft/craft_text.h"
#include "kata/craft/csv_lines.h"
#include "kata/craft/label_text.h"

namespace kata {
namespace {

constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);
constexpr double kMaxSequence = 1e15;

/// Where each column is; kNoColumn for those that the file lacks.
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
  bool has_header = false;
};

std::vector<std::string> first_fields(const ImportCandidate& candidate) {
  std::vector<std::string> fields;
  CsvLines lines(candidate.content);
  if (!candidate.is_folder && lines.next()) split_csv_line(lines.line(), fields);
  return fields;
}

bool has(const std::vector<std::string>& fields, std::string_view name) {
  return std::find(fields.begin(), fields.end(), name) != fields.end();
}

bool is_header(const std::vector<std::string>& fields) { return has(fields, "pose_x0"); }

std::vector<std::size_t> positions_from(std::size_t first, std::size_t count) {
  std::vector<std::size_t> positions(count);
  for (std::size_t i = 0; i < count; ++i) positions[i] = first + i;
  return positions;
}

CsvColumns columns_by_position(const std::vector<std::string>& fields) {
  CsvColumns columns;
  columns.count = fields.size();
  columns.layout = &row_layout(fields.size() == 227 ? "web" : "prototype");
  if (fields.size() == 227) {
    columns.label = 0;
    columns.sequence = 1;
  } else {
    columns.movement = 0;
    columns.accuracy = 1;
    columns.sequence = 2;
  }
  columns.values = positions_from(columns.sequence + 1, columns.layout->values());
  return columns;
}

CsvColumns columns_by_name(const std::vector<std::string>& fields, ImportReport& report) {
  std::unordered_map<std::string_view, std::size_t> positions;
  for (std::size_t i = 0; i < fields.size(); ++i) positions.emplace(fields[i], i);
  const auto position = [&positions](std::string_view name) {
    const auto found = positions.find(name);
    return found == positions.end() ? kNoColumn : found->second;
  };
  CsvColumns columns;
  columns.has_header = true;
  columns.count = fields.size();
  columns.layout = &row_layout(has(fields, "pose_v0") ? "prototype" : "web");
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
      add_problem(report, {{}, 1, 0, "the header has no column " + name});
    }
  }
  if (columns.label == kNoColumn && columns.accuracy == kNoColumn && columns.time_s == kNoColumn) {
    add_problem(report, {{}, 1, 0, "the header has neither a column accuracy nor a column label"});
  }
  return columns;
}

/// Reads the rows of one file.
class CsvReader {
 public:
  CsvReader(const CsvColumns& columns, const ImportOptions& options, ImportReading& reading)
      : columns_(columns),
        options_(options),
        reading_(reading),
        collector_(*columns.layout, options, reading) {}

  void read(const CsvLines& line) {
    line_ = line.number();
    split_csv_line(line.line(), fields_);
    if (fields_.size() != columns_.count) {
      return problem(0, "has " + std::to_string(fields_.size()) + " columns instead of " +
                            std::to_string(columns_.count));
    }
    const std::size_t problems = reading_.report.problem_count;
    const RowKey key = read_key();
    const RowMoment moment = read_moment();
    row_.clear();
    for (const std::size_t column : columns_.values) row_.push_back(read_number(column));
    // Once a row is wrong nothing of the file will be stored; the rest is read for its problems.
    if (reading_.report.problem_count == problems && problems == 0)
      collector_.add(key, row_, moment);
  }

  void finish() {
    if (reading_.report.problem_count == 0) collector_.finish();
  }

 private:
  void problem(std::size_t column, std::string what) {
    add_problem(reading_.report, {{}, line_, column, std::move(what)});
  }

  double read_number(std::size_t column) {
    const auto value = number_from_text(fields_[column]);
    if (!value) {
      problem(column + 1, "is not a number: \"" + shortened(fields_[column]) + "\"");
      return 0;
    }
    if (!std::isfinite(static_cast<float>(*value))) {
      problem(column + 1, "is not a finite number: \"" + shortened(fields_[column]) + "\"");
      return 0;
    }
    return *value;
  }

  std::int64_t read_whole_number(std::size_t column, double max) {
    const double value = read_number(column);
    if (value != std::floor(value) || value < 0 || value > max) {
      problem(column + 1, "is not a whole number: \"" + shortened(fields_[column]) + "\"");
      return 0;
    }
    return static_cast<std::int64_t>(value);
  }

  RowKey read_key() {
    RowKey key;
    if (columns_.sequence != kNoColumn) {
      key.sequence = read_whole_number(columns_.sequence, kMaxSequence);
    }
    if (columns_.label != kNoColumn) {
      read_joint_label(key);
    } else {
      read_class(key);
      read_accuracy(key);
    }
    return key;
  }

  /// The web page's "hello_R" and "hello_W".
  void read_joint_label(RowKey& key) {
    const std::string& text = fields_[columns_.label];
    const auto [movement, label] = split_label(text);
    if (!label || movement.empty()) {
      return problem(columns_.label + 1,
                     "is not a label (NAME_R or NAME_W): \"" + shortened(text) + "\"");
    }
    key.movement = movement;
    key.label = label;
    check_name(columns_.label, key.movement);
  }

  void read_class(RowKey& key) {
    if (columns_.movement != kNoColumn) key.movement = fields_[columns_.movement];
    if (key.movement.empty()) key.movement = options_.movement.value_or("");
    if (key.movement.empty()) {
      const std::size_t column = columns_.movement == kNoColumn ? 0 : columns_.movement + 1;
      return problem(column, "names no movement; give one with --movement");
    }
    check_name(columns_.movement == kNoColumn ? 0 : columns_.movement, key.movement);
  }

  void read_accuracy(RowKey& key) {
    if (columns_.accuracy == kNoColumn) return;
    const std::string& text = fields_[columns_.accuracy];
    if (text.empty() && columns_.time_s != kNoColumn) return;  // a track: not judged yet
    const auto value = number_from_text(text);
    if (!value || (*value != 0 && *value != 1)) {
      return problem(columns_.accuracy + 1,
                     "is not a label (1 = right, 0 = wrong): \"" + shortened(text) + "\"");
    }
    key.label = *value == 1 ? Label::kCorrect : Label::kIncorrect;
  }

  void check_name(std::size_t column, const std::string& name) {
    try {
      check_text(name, kMaxNameBytes, "movement's name");
    } catch (const Error& error) {
      problem(column + 1, error.what());
    }
  }

  RowMoment read_moment() {
    constexpr double kMaxPixels = 1e6;
    constexpr double kMaxSeconds = 1e7;
    RowMoment moment;
    if (columns_.width != kNoColumn) {
      moment.image_width = static_cast<int>(read_whole_number(columns_.width, kMaxPixels));
    }
    if (columns_.height != kNoColumn) {
      moment.image_height = static_cast<int>(read_whole_number(columns_.height, kMaxPixels));
    }
    if (columns_.time_s == kNoColumn) return moment;
    const double time_s = read_number(columns_.time_s);
    moment.timestamp = timestamp_from_seconds(std::clamp(time_s, 0.0, kMaxSeconds));
    if (time_s < 0 || time_s > kMaxSeconds || *moment.timestamp <= last_timestamp_) {
      problem(columns_.time_s + 1, "is not a time after the row before");
    }
    last_timestamp_ = *moment.timestamp;
    return moment;
  }

  const CsvColumns& columns_;
  const ImportOptions& options_;
  ImportReading& reading_;
  RowCollector collector_;
  std::vector<std::string> fields_;
  std::vector<double> row_;
  std::size_t line_ = 0;
  Timestamp last_timestamp_ = Timestamp(Duration(-1));
};

}  // namespace

bool is_track_csv(const ImportCandidate& candidate) {
  const auto fields = first_fields(candidate);
  return is_header(fields) && has(fields, "time_s");
}

bool is_prototype_csv(const ImportCandidate& candidate) {
  const auto fields = first_fields(candidate);
  if (is_header(fields)) return has(fields, "pose_v0");
  return fields.size() == 303;
}

bool is_web_csv(const ImportCandidate& candidate) {
  const auto fields = first_fields(candidate);
  return is_header(fields) || fields.size() == 227;
}

ImportReading read_csv(const ImportCandidate& candidate, const ImportOptions& options) {
  ImportReading reading;
  const auto fields = first_fields(candidate);
  const CsvColumns columns =
      is_header(fields) ? columns_by_name(fields, reading.report) : columns_by_position(fields);
  if (reading.report.problem_count > 0) return reading;
  CsvLines lines(candidate.content);
  if (columns.has_header) lines.next();
  CsvReader reader(columns, options, reading);
  while (lines.next()) reader.read(lines);
  reader.finish();
  return reading;
}

}  // namespace kata
