// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/alignment.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "kata/core/error.h"

namespace kata {
namespace {

constexpr float kFar = std::numeric_limits<float>::max() / 4;

/// Channels usable in both: a channel is missing as a whole, so its first frame tells.
std::vector<std::size_t> shared_channels(const Series& first, const Series& second) {
  KATA_CHECK(first.channels == second.channels, "series with the same channels");
  std::vector<std::size_t> shared;
  for (std::size_t c = 0; c < first.channels; ++c) {
    if (std::isfinite(first.at(c, 0)) && std::isfinite(second.at(c, 0))) shared.push_back(c);
  }
  return shared;
}

struct Columns {
  std::size_t begin;
  std::size_t end;
};

Columns columns_of_row(std::size_t row, std::size_t rows, std::size_t columns,
                       const AlignmentOptions& options) {
  if (options.is_open_ended || rows < 2) return {0, columns};
  const double centre =
      static_cast<double>(row) * static_cast<double>(columns - 1) / static_cast<double>(rows - 1);
  const double slope = static_cast<double>(columns) / static_cast<double>(rows);
  const double radius =
      std::max(options.band * static_cast<double>(std::max(rows, columns)), slope + 1.0);
  const double first = std::max(0.0, std::ceil(centre - radius));
  const double last = std::min(static_cast<double>(columns - 1), std::floor(centre + radius));
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(last) + 1};
}

void row_costs(const Series& first, const Series& second, std::size_t row, Columns span,
               const std::vector<std::size_t>& channels, float* costs) {
  std::fill(costs + span.begin, costs + span.end, 0.0F);
  for (const std::size_t c : channels) {
    const float value = first.at(c, row);
    const float* other = &second.values[c * second.frames];
    for (std::size_t column = span.begin; column < span.end; ++column) {
      const float difference = value - other[column];
      costs[column] += difference * difference;
    }
  }
}

/// Accumulates one row; `steps` (0 = both, 1 = first only, 2 = second only) is for the way back.
void accumulate(const float* costs, const float* above, float* current, Columns span, bool is_first,
                std::uint8_t* steps) {
  for (std::size_t column = span.begin; column < span.end; ++column) {
    float best = kFar;
    std::uint8_t step = 0;
    if (is_first) {
      if (column == 0) {
        best = 0;
      } else {
        best = current[column - 1];
        step = 2;
      }
    } else {
      if (column > 0) best = above[column - 1];
      if (above[column] < best) {
        best = above[column];
        step = 1;
      }
      if (column > span.begin && current[column - 1] < best) {
        best = current[column - 1];
        step = 2;
      }
    }
    current[column] = std::min(kFar, best + costs[column]);
    if (steps != nullptr) steps[column] = step;
  }
}

struct Filled {
  float total = kFar;
  std::size_t last_column = 0;
  std::vector<std::uint8_t> steps;
};

Filled fill_table(const Series& first, const Series& second, const AlignmentOptions& options,
                  const std::vector<std::size_t>& channels, bool with_steps) {
  const std::size_t rows = first.frames;
  const std::size_t columns = second.frames;
  std::vector<float> costs(columns);
  std::vector<float> above(columns, kFar);
  std::vector<float> current(columns, kFar);
  Filled filled;
  if (with_steps) filled.steps.assign(rows * columns, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    const Columns span = columns_of_row(row, rows, columns, options);
    row_costs(first, second, row, span, channels, costs.data());
    std::fill(current.begin(), current.end(), kFar);
    accumulate(costs.data(), above.data(), current.data(), span, row == 0,
               with_steps ? &filled.steps[row * columns] : nullptr);
    above.swap(current);
  }
  filled.last_column = columns - 1;
  if (options.is_open_ended) {
    filled.last_column =
        static_cast<std::size_t>(std::min_element(above.begin(), above.end()) - above.begin());
  }
  filled.total = above[filled.last_column];
  return filled;
}

double distance_from_total(float total, std::size_t frames, std::size_t channels) {
  if (channels == 0) return 0;
  return std::sqrt(static_cast<double>(total) / static_cast<double>(frames * channels));
}

}  // namespace

Alignment align(const Series& first, const Series& second, const AlignmentOptions& options) {
  KATA_CHECK(first.frames > 0 && second.frames > 0, "series with frames");
  const auto channels = shared_channels(first, second);
  const Filled table = fill_table(first, second, options, channels, true);
  Alignment alignment;
  std::size_t row = first.frames - 1;
  std::size_t column = table.last_column;
  while (true) {
    alignment.path.emplace_back(row, column);
    if (row == 0 && column == 0) break;
    const std::uint8_t step = table.steps[row * second.frames + column];
    if (row > 0 && (step != 2 || column == 0)) --row;
    if (column > 0 && (step == 0 || step == 2)) --column;
  }
  std::reverse(alignment.path.begin(), alignment.path.end());
  alignment.distance = distance_from_total(
      table.total, std::max(first.frames, table.last_column + 1), channels.size());
  return alignment;
}

double alignment_distance(const Series& first, const Series& second,
                          const AlignmentOptions& options) {
  KATA_CHECK(first.frames > 0 && second.frames > 0, "series with frames");
  const auto channels = shared_channels(first, second);
  const Filled table = fill_table(first, second, options, channels, false);
  return distance_from_total(table.total, std::max(first.frames, table.last_column + 1),
                             channels.size());
}

}  // namespace kata
