// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/sequence_file.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "kata/core/error.h"
#include "kata/core/table_reader.h"

namespace kata {
namespace {

/// Hands out the rows of one table and words for what is wrong with them.
class NamedTable {
 public:
  NamedTable(std::string_view text, std::string_view file, std::size_t least_columns)
      : file_(file), table_(text, [least_columns](std::span<const std::string_view> cells) {
          return cells.size() >= least_columns && plain_column_name(cells[0]) == "seq";
        }) {}

  bool next() {
    if (!table_.next()) return false;
    table_.drop_blank_cells_after(columns_.size());
    if (!columns_.empty() && table_.cells().size() != columns_.size()) {
      fail("has " + std::to_string(table_.cells().size()) + " columns, the header " +
           std::to_string(columns_.size()));
    }
    return true;
  }
  /// Takes the row as the header.
  void take_header() { columns_.assign(table_.cells().begin(), table_.cells().end()); }

  std::span<const std::string_view> cells() const { return table_.cells(); }
  std::vector<std::string> names_from(std::size_t first) const {
    return {columns_.begin() + static_cast<std::ptrdiff_t>(first), columns_.end()};
  }

  /// Not-a-number where nothing is known.
  double number_at(std::size_t column) {
    const std::string_view cell = table_.cells()[column];
    const TableNumbers::Reading read = numbers_.read(cell);
    switch (read.kind) {
      case TableNumbers::Kind::kMissing:
        return std::numeric_limits<double>::quiet_NaN();
      case TableNumbers::Kind::kNumber:
        return read.value;
      case TableNumbers::Kind::kOtherMark:
        fail("has another decimal mark than the numbers before it: " + quoted(cell), column);
      case TableNumbers::Kind::kNoNumber:
        break;
    }
    fail("not a number: " + quoted(cell), column);
  }

  static std::string quoted(std::string_view cell) {
    constexpr std::size_t kShown = 40;
    return "\"" + std::string(cell.substr(0, kShown)) + "\"";
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorCode::kCorrupt, "line " +
                                         std::to_string(std::max<std::size_t>(1, table_.line())) +
                                         ": " + what + in_file());
  }

  [[noreturn]] void fail(const std::string& what, std::size_t column) const {
    fail(what + " (column " + std::to_string(column + 1) + ", " + columns_[column] + ")");
  }

  /// Ends a sentence with the file's name, where it has one.
  std::string in_file() const { return file_.empty() ? "" : ": " + std::string(file_); }

 private:
  std::string_view file_;
  TableReader table_;
  TableNumbers numbers_;
  std::vector<std::string> columns_;
};

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

SequenceTable parse_sequences(std::string_view csv, std::string_view file) {
  constexpr std::size_t kKeys = 2;  // seq, frame
  SequenceTable table;
  NamedTable rows(csv, file, kKeys + 1);
  if (!rows.next())
    throw Error(ErrorCode::kCorrupt, "the file of sequences is empty" + rows.in_file());
  const auto first = rows.cells();
  if (first.size() < kKeys + 1 || plain_column_name(first[0]) != "seq" ||
      plain_column_name(first[1]) != "frame") {
    rows.fail("the header must begin with seq,frame and name at least one channel");
  }
  rows.take_header();
  table.channels = rows.names_from(kKeys);
  std::map<std::string, std::size_t, std::less<>> places;
  std::vector<Rows> sequences;
  while (rows.next()) {
    const std::string_view name = rows.cells()[0];
    auto place = places.find(name);
    if (place == places.end()) {
      place = places.emplace(std::string(name), sequences.size()).first;
      sequences.emplace_back();
      table.names.emplace_back(name);
    }
    Rows& mine = sequences[place->second];
    const double frame = rows.number_at(1);
    if (std::isnan(frame)) rows.fail("a frame has no number", 1);
    if (!mine.frames.empty() && !(frame > mine.frames.back()))
      rows.fail("the frames of a sequence must rise", 1);
    mine.frames.push_back(frame);
    for (std::size_t c = 0; c < table.channels.size(); ++c)
      mine.values.push_back(static_cast<float>(rows.number_at(c + kKeys)));
  }
  for (Rows& mine : sequences) {
    table.series.push_back(channels_first(mine, table.channels.size()));
    table.frames.push_back(std::move(mine.frames));
  }
  return table;
}

std::size_t IndexTable::column(std::string_view name) const {
  std::string known;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == name || plain_column_name(columns[i]) == plain_column_name(name)) return i;
    known += (known.empty() ? "" : ", ") + columns[i];
  }
  throw Error(ErrorCode::kInvalidArgument, "the index has no column \"" + std::string(name) +
                                               "\"; it has: " + known +
                                               (file.empty() ? "" : ": " + file));
}

IndexTable parse_index(std::string_view csv, std::string_view file) {
  constexpr std::size_t kFewest = 2;
  IndexTable table;
  table.file = file;
  NamedTable rows(csv, file, kFewest);
  if (!rows.next()) throw Error(ErrorCode::kCorrupt, "the index is empty" + rows.in_file());
  if (rows.cells().size() < kFewest || plain_column_name(rows.cells()[0]) != "seq")
    rows.fail("the header of the index must begin with seq and name more columns");
  rows.take_header();
  table.columns = rows.names_from(1);
  while (rows.next()) {
    const auto cells = rows.cells();
    std::vector<std::string> words(cells.begin() + 1, cells.end());
    const std::string name(cells[0]);
    if (!table.rows.emplace(name, std::move(words)).second)
      rows.fail("the sequence " + name + " is there twice");
  }
  return table;
}

}  // namespace kata
