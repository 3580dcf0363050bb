// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/import_csv.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "kata/core/error.h"
#include "kata/core/table_reader.h"
#include "kata/craft/csv_columns.h"
#include "kata/craft/label_text.h"
#include "kata/craft/row_order.h"
#include "kata/store/stored_text.h"

namespace kata {
namespace {

constexpr double kMaxSequence = 1e15;

struct FirstRow {
  std::vector<std::string> cells;
  std::size_t line = 0;
  char separator = ',';
};

FirstRow first_row(const ImportCandidate& candidate) {
  if (candidate.is_folder) return {};
  try {
    TableReader table(candidate.content, is_first_row_of_landmarks);
    FirstRow first;
    if (!table.next()) return first;
    first.cells.assign(table.cells().begin(), table.cells().end());
    first.line = table.line();
    first.separator = table.separator();
    return first;
  } catch (const Error& error) {
    throw Error(error.code(), std::string(error.what()) + ": " + candidate.path.string());
  }
}

/// Nothing for a file that cannot be read: described_first_row() says why.
std::vector<std::string> cells_to_recognise(const ImportCandidate& candidate) {
  try {
    return first_row(candidate).cells;
  } catch (const Error&) {
    return {};
  }
}

/// Reads the rows of one file.
class CsvReader {
 public:
  CsvReader(const CsvColumns& columns, const ImportOptions& options, ImportReading& reading)
      : columns_(columns),
        options_(options),
        reading_(reading),
        collector_(*columns.layout, options, reading) {}

  void read(TableReader& table) {
    table.drop_blank_cells_after(columns_.count);
    line_ = table.line();
    cells_ = table.cells();
    if (cells_.size() != columns_.count) {
      return problem(0, "has " + std::to_string(cells_.size()) + " columns instead of " +
                            std::to_string(columns_.count) + " (separated by " +
                            std::string(separator_name(table.separator())) + ")");
    }
    const std::size_t problems = reading_.report.problem_count;
    const RowKey key = read_key();
    const RowMoment moment = read_moment();
    row_.clear();
    for (const std::size_t column : columns_.values) row_.push_back(read_value(column));
    if (key.label) order_.note(key, table.place(), line_);
    // Once a row is wrong nothing of the file will be stored; the rest is read for its problems.
    if (reading_.report.problem_count == problems && problems == 0)
      collector_.add(key, row_, moment);
  }

  void finish() {
    if (reading_.report.problem_count == 0) collector_.finish();
    reading_.report.scattered = order_.scattered();
  }

  const RowOrder& order() const { return order_; }

 private:
  void problem(std::size_t column, std::string what) {
    ImportProblem problem{{}, line_, column, std::move(what)};
    if (column > 0 && column <= columns_.names.size())
      problem.column_name = columns_.names[column - 1];
    add_problem(reading_.report, std::move(problem));
  }

  /// Not-a-number where nothing is known.
  double read_value(std::size_t column) {
    const TableNumbers::Reading read = numbers_.read(cells_[column]);
    if (read.kind == TableNumbers::Kind::kMissing) return std::numeric_limits<double>::quiet_NaN();
    return checked(column, read);
  }

  double read_number(std::size_t column) { return checked(column, numbers_.read(cells_[column])); }

  double checked(std::size_t column, const TableNumbers::Reading& read) {
    const std::string_view cell = cells_[column];
    const auto complain = [&](const char* what) {
      problem(column + 1, std::string(what) + ": \"" + shortened(cell) + "\"");
      return 0.0;
    };
    switch (read.kind) {
      case TableNumbers::Kind::kNumber:
        break;
      case TableNumbers::Kind::kOtherMark:
        return complain("has another decimal mark than the numbers before it");
      case TableNumbers::Kind::kMissing:
      case TableNumbers::Kind::kNoNumber:
        return complain("is not a number");
    }
    if (!std::isfinite(static_cast<float>(read.value))) return complain("is not a finite number");
    return read.value;
  }

  std::int64_t read_whole_number(std::size_t column, double max) {
    const double value = read_number(column);
    if (value != std::floor(value) || value < 0 || value > max) {
      problem(column + 1, "is not a whole number: \"" + shortened(cells_[column]) + "\"");
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
    const std::string_view text = cells_[columns_.label];
    const auto [movement, label] = split_label_cell(text);
    if (!label || movement.empty()) {
      return problem(columns_.label + 1,
                     "is not a label (NAME_R or NAME_W): \"" + shortened(text) + "\"");
    }
    key.movement = movement;
    key.label = label;
    check_name(columns_.label, key.movement);
  }

  void read_class(RowKey& key) {
    if (columns_.movement != kNoColumn) key.movement = cells_[columns_.movement];
    if (key.movement.empty()) key.movement = options_.movement.value_or("");
    if (key.movement.empty()) {
      const std::size_t column = columns_.movement == kNoColumn ? 0 : columns_.movement + 1;
      return problem(column, "names no movement; give one with --movement");
    }
    check_name(columns_.movement == kNoColumn ? 0 : columns_.movement, key.movement);
  }

  void read_accuracy(RowKey& key) {
    if (columns_.accuracy == kNoColumn) return;
    const std::string_view text = cells_[columns_.accuracy];
    if (text.empty() && columns_.time_s != kNoColumn) return;  // a track: not judged yet
    key.label = label_from_word(text);
    if (!key.label) {
      problem(columns_.accuracy + 1,
              "is not a label (1 = right, 0 = wrong): \"" + shortened(text) + "\"");
    }
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
  RowOrder order_;
  TableNumbers numbers_;
  std::span<const std::string_view> cells_;
  std::vector<double> row_;
  std::size_t line_ = 0;
  Timestamp last_timestamp_ = Timestamp(Duration(-1));
};

/// The rows that were noted, those of one repetition together.
ImportReading read_sorted(TableReader& table, const CsvColumns& columns,
                          const ImportOptions& options, const RowOrder& order) {
  ImportReading reading;
  CsvReader reader(columns, options, reading);
  for (const TableReader::Place& place : order.sorted()) {
    table.read_at(place);
    table.next();
    reader.read(table);
  }
  reader.finish();
  reading.report.scattered = order.scattered();
  reading.report.scattered.were_joined = true;
  return reading;
}

}  // namespace

bool is_track_csv(const ImportCandidate& candidate) {
  const auto cells = cells_to_recognise(candidate);
  return is_landmark_header(cells) && has_column(cells, "time_s");
}

bool is_prototype_csv(const ImportCandidate& candidate) {
  const auto cells = cells_to_recognise(candidate);
  if (is_landmark_header(cells)) return has_column(cells, "pose_v0");
  return headless_columns(cells) == kPrototypeColumns;
}

bool is_web_csv(const ImportCandidate& candidate) {
  const auto cells = cells_to_recognise(candidate);
  return is_landmark_header(cells) || headless_columns(cells) == kWebColumns;
}

ImportReading read_csv(const ImportCandidate& candidate, const ImportOptions& options) {
  ImportReading reading;
  const FirstRow first = first_row(candidate);
  const CsvColumns columns = csv_columns(first.cells, first.line, reading.report);
  if (reading.report.problem_count > 0) return reading;
  TableReader table(candidate.content, is_first_row_of_landmarks);
  if (columns.has_header) table.next();
  CsvReader reader(columns, options, reading);
  while (table.next()) reader.read(table);
  reader.finish();
  if (reading.report.problem_count > 0 || !reader.order().is_frame_by_frame()) return reading;
  return read_sorted(table, columns, options, reader.order());
}

std::string described_first_row(const ImportCandidate& candidate) {
  const FirstRow first = first_row(candidate);
  constexpr std::size_t kShown = 4;
  if (first.cells.empty()) return "it is empty";
  std::string names;
  for (std::size_t i = 0; i < std::min(kShown, first.cells.size()); ++i) {
    names += (i == 0 ? "\"" : ", \"") + shortened(first.cells[i]) + "\"";
  }
  if (first.cells.size() > kShown) names += ", …";
  return "its first row has " + std::to_string(first.cells.size()) + " column" +
         (first.cells.size() == 1 ? "" : "s") + " separated by " +
         std::string(separator_name(first.separator)) + ": " + names;
}

}  // namespace kata
