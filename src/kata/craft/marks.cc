// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/marks.h"

#include <algorithm>
#include <cmath>

#include "kata/core/error.h"
#include "kata/core/table_reader.h"
#include "kata/craft/label_text.h"
#include "kata/craft/read_whole_file.h"
#include "kata/store/stored_text.h"

namespace kata {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20U;
constexpr std::size_t kMostMarks = 10'000;
constexpr double kLargest = 1e6;  // seconds or frames
constexpr std::size_t kShownBytes = 40;
constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

struct MarkColumns {
  bool is_in_frames = false;
  std::size_t start = kNoColumn;
  std::size_t end = kNoColumn;
  std::size_t movement = kNoColumn;
  std::size_t label = kNoColumn;
  std::size_t mistake = kNoColumn;

  bool has_edges() const { return start != kNoColumn && end != kNoColumn; }
};

template <typename Cells>
MarkColumns columns_of(const Cells& names) {
  const auto position = [&](std::string_view name) {
    const auto found = std::ranges::find_if(
        names, [&](const auto& each) { return plain_column_name(each) == name; });
    return found == names.end() ? kNoColumn : static_cast<std::size_t>(found - names.begin());
  };
  MarkColumns columns;
  columns.start = position("start_s");
  columns.end = position("end_s");
  if (columns.start == kNoColumn) {
    columns.is_in_frames = true;
    columns.start = position("start_frame");
    columns.end = position("end_frame");
  }
  columns.movement = position("movement");
  columns.label = position("label");
  columns.mistake = position("mistake");
  return columns;
}

std::string in_quotes(std::string_view cell) {
  return "\"" + shown_text(cell.substr(0, kShownBytes)) + "\"";
}

class MarksReader {
 public:
  MarksReader(std::string_view text, const std::string& name)
      : table_(text, [](auto cells) { return columns_of(cells).has_edges(); }), name_(name) {}

  std::vector<Mark> read() {
    if (!table_.next()) problem(kNoColumn, "the file of marks is empty");
    read_header();
    std::vector<Mark> marks;
    while (table_.next()) {
      table_.drop_blank_cells_after(header_.size());
      marks.push_back(read_mark());
      if (marks.size() > kMostMarks) problem(kNoColumn, "there are too many marks");
    }
    if (marks.empty()) problem(kNoColumn, "no repetition is marked");
    return marks;
  }

 private:
  [[noreturn]] void problem(std::size_t column, const std::string& what) const {
    std::string place = name_ + ":" + std::to_string(std::max<std::size_t>(1, table_.line()));
    std::string named;
    if (column != kNoColumn) {
      place += ":" + std::to_string(column + 1);
      named = " (column " + shown_text(header_[column]) + ")";
    }
    throw Error(ErrorCode::kCorrupt, what + named + "; no repetition was stored: " + place);
  }

  void read_header() {
    header_.assign(table_.cells().begin(), table_.cells().end());
    columns_ = columns_of(header_);
    if (columns_.has_edges()) return;
    std::string names;
    for (const std::string& each : header_) names += (names.empty() ? "" : ", ") + in_quotes(each);
    problem(kNoColumn,
            "the header of the marks has no columns start_s and end_s, nor start_frame and "
            "end_frame; separated by " +
                std::string(separator_name(table_.separator())) + " it has " +
                names.substr(0, 8 * kShownBytes));
  }

  /// Empty for a column that the header lacks, and for cells that a spreadsheet left out at the
  /// end.
  std::string_view cell(std::size_t column) const {
    return column < table_.cells().size() ? table_.cells()[column] : std::string_view();
  }

  Mark read_mark() {
    if (table_.cells().size() > header_.size()) {
      problem(kNoColumn, "has " + std::to_string(table_.cells().size()) + " columns instead of " +
                             std::to_string(header_.size()));
    }
    Mark mark;
    mark.line = table_.line();
    mark.is_in_frames = columns_.is_in_frames;
    mark.start = number_at(columns_.start);
    mark.end = number_at(columns_.end);
    if (mark.end <= mark.start) problem(columns_.end, "a repetition ends before it begins");
    mark.movement = text_at(columns_.movement);
    mark.mistake = text_at(columns_.mistake);
    if (const auto text = text_at(columns_.label)) {
      mark.label = label_from_word(*text);
      if (!mark.label) {
        problem(columns_.label, "is not a label (correct or incorrect): " + in_quotes(*text));
      }
    }
    if (mark.mistake && mark.label == Label::kCorrect) {
      problem(columns_.mistake, "a right repetition has no mistake");
    }
    return mark;
  }

  double number_at(std::size_t column) {
    const TableNumbers::Reading read = numbers_.read(cell(column));
    if (read.kind == TableNumbers::Kind::kOtherMark) {
      problem(column,
              "has another decimal mark than the numbers before it: " + in_quotes(cell(column)));
    }
    if (read.kind != TableNumbers::Kind::kNumber || !std::isfinite(read.value) || read.value < 0 ||
        read.value > kLargest) {
      problem(column, "is not a time or frame: " + in_quotes(cell(column)));
    }
    return read.value;
  }

  std::optional<std::string> text_at(std::size_t column) const {
    if (column == kNoColumn || is_missing(cell(column))) return std::nullopt;
    std::string text(cell(column));
    try {
      check_text(text, kMaxNameBytes, "name");
    } catch (const Error& error) {
      problem(column, error.what());
    }
    return text;
  }

  TableReader table_;
  TableNumbers numbers_;
  const std::string& name_;
  MarkColumns columns_;
  std::vector<std::string> header_;
};

}  // namespace

std::vector<Mark> marks_from_csv(std::string_view text, const std::string& name) {
  return MarksReader(text, name).read();
}

std::vector<Mark> read_marks(const std::filesystem::path& path) {
  return marks_from_csv(read_whole_file(path, kMostBytes), path.string());
}

bool have_labels(std::span<const Mark> marks) {
  return std::ranges::all_of(marks, [](const Mark& mark) { return mark.label.has_value(); });
}

}  // namespace kata
