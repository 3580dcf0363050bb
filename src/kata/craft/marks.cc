// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/marks.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "kata/core/error.h"
#include "kata/craft/craft_text.h"
#include "kata/craft/csv_lines.h"
#include "kata/craft/import_reading.h"
#include "kata/craft/read_whole_file.h"

namespace kata {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20U;
constexpr std::size_t kMostMarks = 10'000;
constexpr double kLargest = 1e6;  // seconds or frames
constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

struct MarkColumns {
  bool is_in_frames = false;
  std::size_t start = kNoColumn;
  std::size_t end = kNoColumn;
  std::size_t movement = kNoColumn;
  std::size_t label = kNoColumn;
  std::size_t mistake = kNoColumn;
};

std::optional<Label> label_from_text(std::string_view text) {
  for (const std::string_view right : {"correct", "right", "1", "R"}) {
    if (text == right) return Label::kCorrect;
  }
  for (const std::string_view wrong : {"incorrect", "wrong", "0", "W"}) {
    if (text == wrong) return Label::kIncorrect;
  }
  return std::nullopt;
}

class MarksReader {
 public:
  MarksReader(std::string_view text, const std::string& name) : lines_(text), name_(name) {}

  std::vector<Mark> read() {
    if (!lines_.next()) problem(0, "the file of marks is empty");
    split_csv_line(lines_.line(), fields_);
    read_header();
    std::vector<Mark> marks;
    while (lines_.next()) {
      if (lines_.line().empty()) continue;
      split_csv_line(lines_.line(), fields_);
      marks.push_back(read_mark());
      if (marks.size() > kMostMarks) problem(0, "there are too many marks");
    }
    if (marks.empty()) problem(0, "no repetition is marked");
    return marks;
  }

 private:
  [[noreturn]] void problem(std::size_t column, const std::string& what) const {
    std::string place = name_ + ":" + std::to_string(std::max<std::size_t>(1, lines_.number()));
    if (column != 0) place += ":" + std::to_string(column);
    throw Error(ErrorCode::kCorrupt, what + "; no repetition was stored: " + place);
  }

  std::size_t position(std::string_view name) const {
    const auto found = std::find(fields_.begin(), fields_.end(), name);
    return found == fields_.end() ? kNoColumn : static_cast<std::size_t>(found - fields_.begin());
  }

  void read_header() {
    columns_.start = position("start_s");
    columns_.end = position("end_s");
    if (columns_.start == kNoColumn) {
      columns_.is_in_frames = true;
      columns_.start = position("start_frame");
      columns_.end = position("end_frame");
    }
    if (columns_.start == kNoColumn || columns_.end == kNoColumn) {
      problem(0,
              "the header of the marks has no columns start_s and end_s, nor start_frame and "
              "end_frame");
    }
    columns_.movement = position("movement");
    columns_.label = position("label");
    columns_.mistake = position("mistake");
    count_ = fields_.size();
  }

  Mark read_mark() const {
    if (fields_.size() != count_) {
      problem(0, "has " + std::to_string(fields_.size()) + " columns instead of " +
                     std::to_string(count_));
    }
    Mark mark;
    mark.line = lines_.number();
    mark.is_in_frames = columns_.is_in_frames;
    mark.start = number_at(columns_.start);
    mark.end = number_at(columns_.end);
    if (mark.end <= mark.start) problem(columns_.end + 1, "a repetition ends before it begins");
    mark.movement = text_at(columns_.movement);
    mark.mistake = text_at(columns_.mistake);
    if (const auto text = text_at(columns_.label)) {
      mark.label = label_from_text(*text);
      if (!mark.label) {
        problem(columns_.label + 1, "is not a label (correct or incorrect): \"" +
                                        shown_text(text->substr(0, 40)) + "\"");
      }
    }
    if (mark.mistake && mark.label == Label::kCorrect) {
      problem(columns_.mistake + 1, "a right repetition has no mistake");
    }
    return mark;
  }

  double number_at(std::size_t column) const {
    const auto number = number_from_text(fields_[column]);
    if (!number || !std::isfinite(*number) || *number < 0 || *number > kLargest) {
      problem(column + 1,
              "is not a time or frame: \"" + shown_text(fields_[column].substr(0, 40)) + "\"");
    }
    return *number;
  }

  std::optional<std::string> text_at(std::size_t column) const {
    if (column == kNoColumn || fields_[column].empty()) return std::nullopt;
    try {
      check_text(fields_[column], kMaxNameBytes, "name");
    } catch (const Error& error) {
      problem(column + 1, error.what());
    }
    return fields_[column];
  }

  CsvLines lines_;
  const std::string& name_;
  MarkColumns columns_;
  std::size_t count_ = 0;
  std::vector<std::string> fields_;
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
