// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/sequence_file.h"

#include <charconv>
#include <limits>

#include "kata/core/error.h"

namespace kata {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

[[noreturn]] void fail_at(std::size_t line, const std::string& what) {
  throw Error(ErrorCode::kCorrupt, "line " + std::to_string(line) + ": " + what);
}

/// Hands out lines and their numbers; carriage returns are dropped, empty lines skipped.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : rest_(text) {}
  bool next(std::string_view& line) {
    while (!rest_.empty()) {
      const std::size_t end = rest_.find('\n');
      line = rest_.substr(0, end);
      rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
      ++number_;
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (!line.empty()) return true;
    }
    return false;
  }
  std::size_t number() const { return number_; }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

void split_cells(std::string_view line, std::vector<std::string_view>& cells) {
  cells.clear();
  while (true) {
    const std::size_t comma = line.find(',');
    cells.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return;
    line.remove_prefix(comma + 1);
  }
}

float number_from(std::string_view cell, std::size_t line) {
  if (cell.empty()) return kMissing;
  float value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) {
    fail_at(line, "not a number: \"" + std::string(cell.substr(0, 40)) + "\"");
  }
  return value;
}

/// Rows of one sequence while it is being read.
struct Rows {
  std::vector<float> values;  // [frames, channels]
  std::vector<double> frames;
};

Series channels_first(const Rows& rows, std::size_t channels) {
  Series series(channels, rows.frames.size());
  for (std::size_t frame = 0; frame < series.frames; ++frame) {
    for (std::size_t c = 0; c < channels; ++c) {
      series.channel(c)[frame] = rows.values[frame * channels + c];
    }
  }
  return series;
}

}  // namespace

SequenceTable parse_sequences(std::string_view csv) {
  SequenceTable table;
  LineReader lines(csv);
  std::string_view line;
  std::vector<std::string_view> cells;
  if (!lines.next(line)) throw Error(ErrorCode::kCorrupt, "the file of sequences is empty");
  split_cells(line, cells);
  if (cells.size() < 3 || cells[0] != "seq" || cells[1] != "frame") {
    fail_at(lines.number(), "the header must begin with seq,frame and name at least one channel");
  }
  table.channels.assign(cells.begin() + 2, cells.end());
  const std::size_t channels = table.channels.size();
  std::map<std::string, std::size_t, std::less<>> places;
  std::vector<Rows> rows;
  while (lines.next(line)) {
    split_cells(line, cells);
    if (cells.size() != channels + 2) {
      fail_at(lines.number(), "has " + std::to_string(cells.size()) + " columns, the header " +
                                  std::to_string(channels + 2));
    }
    auto place = places.find(cells[0]);
    if (place == places.end()) {
      place = places.emplace(std::string(cells[0]), rows.size()).first;
      rows.emplace_back();
      table.names.emplace_back(cells[0]);
    }
    Rows& mine = rows[place->second];
    const auto frame = static_cast<double>(number_from(cells[1], lines.number()));
    if (!mine.frames.empty() && !(frame > mine.frames.back())) {
      fail_at(lines.number(), "the frames of a sequence must rise");
    }
    mine.frames.push_back(frame);
    for (std::size_t c = 0; c < channels; ++c) {
      mine.values.push_back(number_from(cells[c + 2], lines.number()));
    }
  }
  for (Rows& mine : rows) {
    table.series.push_back(channels_first(mine, channels));
    table.frames.push_back(std::move(mine.frames));
  }
  return table;
}

std::size_t IndexTable::column(std::string_view name) const {
  std::string known;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == name) return i;
    known += (known.empty() ? "" : ", ") + columns[i];
  }
  throw Error(ErrorCode::kInvalidArgument,
              "the index has no column \"" + std::string(name) + "\"; it has: " + known);
}

IndexTable parse_index(std::string_view csv) {
  IndexTable table;
  LineReader lines(csv);
  std::string_view line;
  std::vector<std::string_view> cells;
  if (!lines.next(line)) throw Error(ErrorCode::kCorrupt, "the index is empty");
  split_cells(line, cells);
  if (cells.size() < 2 || cells[0] != "seq") {
    fail_at(lines.number(), "the header of the index must begin with seq and name more columns");
  }
  table.columns.assign(cells.begin() + 1, cells.end());
  while (lines.next(line)) {
    split_cells(line, cells);
    if (cells.size() != table.columns.size() + 1) {
      fail_at(lines.number(), "has " + std::to_string(cells.size()) + " columns, the header " +
                                  std::to_string(table.columns.size() + 1));
    }
    const bool is_new = table.rows
                            .emplace(std::string(cells[0]),
                                     std::vector<std::string>(cells.begin() + 1, cells.end()))
                            .second;
    if (!is_new)
      fail_at(lines.number(), "the sequence " + std::string(cells[0]) + " is there twice");
  }
  return table;
}

}  // namespace kata
