// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/row_order.h"

#include <algorithm>

#include "kata/craft/label_text.h"

namespace kata {
void RowOrder::note(const RowKey& key, const TableReader::Place& place, std::size_t line) {
  const bool goes_on = !rows_.empty() && groups_[rows_.back().group].key == key;
  std::size_t group = goes_on ? rows_.back().group : groups_.size();
  if (!goes_on) {
    const auto [found, is_new] =
        places_.emplace(std::pair{key.sequence, joined_label(key.movement, *key.label)}, group);
    group = found->second;
    if (is_new) groups_.push_back({key});
    Group& own = groups_[group];
    ++own.pieces;
    if (own.pieces == 2) own.again_line = line;
  }
  Group& own = groups_[group];
  is_by_frame_ = is_by_frame_ && own.rows >= frame_;
  frame_ = own.rows++;
  if (own.pieces == 1) own.last_line = line;
  rows_.push_back({group, place});
}

ScatteredRows RowOrder::scattered() const {
  ScatteredRows scattered;
  for (const Group& group : groups_) {
    if (group.pieces < 2) continue;
    if (scattered.repetitions++ > 0) continue;
    scattered.name = joined_label(group.key.movement, *group.key.label) + " " +
                     std::to_string(group.key.sequence);
    scattered.first_line = group.last_line;
    scattered.again_line = group.again_line;
  }
  return scattered;
}

bool RowOrder::is_frame_by_frame() const {
  return is_by_frame_ &&
         std::ranges::any_of(groups_, [](const Group& group) { return group.pieces > 1; });
}

std::vector<TableReader::Place> RowOrder::sorted() const {
  std::vector<Row> rows = rows_;
  std::ranges::stable_sort(rows, {}, &Row::group);
  std::vector<TableReader::Place> places;
  places.reserve(rows.size());
  for (const Row& row : rows) places.push_back(row.place);
  return places;
}

}  // namespace kata
