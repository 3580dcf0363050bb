// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "kata/core/table_reader.h"
#include "kata/craft/import_reading.h"

namespace kata {

/// Notes which repetition each row of a table belongs to, to find those whose rows do not lie
/// together.
class RowOrder {
 public:
  void note(const RowKey& key, const TableReader::Place& place, std::size_t line);

  ScatteredRows scattered() const;
  /// Whether the table goes frame by frame through all its repetitions: the first rows of all, then
  /// the second ones, and so on.
  bool is_frame_by_frame() const;
  /// All rows, those of one repetition together, in the order of the table.
  std::vector<TableReader::Place> sorted() const;

 private:
  struct Row {
    std::size_t group;
    TableReader::Place place;
  };
  struct Group {
    RowKey key;
    std::size_t rows = 0;
    std::size_t pieces = 0;     ///< places in which they lie together
    std::size_t last_line = 0;  ///< of its first piece
    std::size_t again_line = 0;
  };

  std::vector<Row> rows_;
  std::size_t frame_ = 0;  ///< of the last row, in its repetition
  bool is_by_frame_ = true;
  std::vector<Group> groups_;
  std::map<std::pair<std::int64_t, std::string>, std::size_t> places_;  ///< of groups, by key
};

}  // namespace kata
