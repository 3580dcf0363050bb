// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "kata/core/error.h"
#include "kata/craft/export_formats.h"

namespace kata {
namespace {

using Sequences = std::map<std::int64_t, std::int64_t>;

/// The imported numbers where every repetition has one of its own, else a new count.
Sequences sequences_of(const Craft& craft, const std::vector<RepetitionSummary>& summaries) {
  const Sequences imported = craft.imported_sequences();
  std::set<std::tuple<std::string, Label, std::int64_t>> used;
  std::map<std::pair<std::string, Label>, std::int64_t> next;
  Sequences counted;
  bool is_kept = true;
  for (const RepetitionSummary& summary : summaries) {
    counted[summary.id] = next[{summary.movement, summary.label}]++;
    const auto found = imported.find(summary.id);
    is_kept = is_kept && found != imported.end() &&
              used.emplace(summary.movement, summary.label, found->second).second;
  }
  return is_kept ? imported : counted;
}

std::vector<std::vector<double>> rows_of(const Repetition& repetition, const RowLayout& layout,
                                         const OriginalNumbers* original) {
  std::vector<std::vector<double>> rows;
  rows.reserve(repetition.frames.size());
  if (original == nullptr || original->values.empty()) {
    for (const Landmarks& frame : repetition.frames)
      rows.push_back(row_from_landmarks(layout, frame));
    return rows;
  }
  const RowLayout& from = row_layout(original->layout);
  const std::size_t width = from.values();
  if (original->frames != repetition.frames.size() ||
      original->values.size() != original->frames * width) {
    throw Error(ErrorCode::kCorrupt, "the craft file is damaged (numbers of repetition " +
                                         std::to_string(repetition.id) + ")");
  }
  const std::span<const double> values = original->values;
  for (std::size_t i = 0; i < original->frames; ++i) {
    rows.push_back(converted_row(layout, from, values.subspan(i * width, width)));
  }
  return rows;
}

}  // namespace

void visit_numbered(const Craft& craft, const ChooseLayout& choose,
                    const std::function<void(const NumberedRepetition&)>& visit) {
  const std::vector<RepetitionSummary> summaries = craft.summaries();
  const Sequences sequences = sequences_of(craft, summaries);
  for (const RepetitionSummary& summary : summaries) {
    const Repetition repetition = craft.repetition(summary.id);
    const auto original = craft.original_numbers(summary.id);
    const OriginalNumbers* known = original ? &*original : nullptr;
    const RowLayout& layout = choose(known);
    visit({repetition, sequences.at(summary.id), layout, rows_of(repetition, layout, known)});
  }
}

}  // namespace kata
