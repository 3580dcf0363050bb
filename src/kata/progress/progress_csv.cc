// SPDX-License-Identifier: Apache-2.0
#include "kata/progress/progress_csv.h"

#include <fmt/core.h>

#include <map>

#include "kata/core/csv_field.h"

namespace kata {
namespace {

constexpr const char* kHeader =
    "learner,craft,sitting,started_at,set,with_help,movement,start_s,end_s,verdict,mark,mistake,"
    "reason,confirmed\n";

/// No text that a spreadsheet would take for a formula.
std::string field(const std::string& text) {
  const bool is_formula =
      !text.empty() && std::string_view("=+-@\t").find(text[0]) != std::string_view::npos;
  return csv_field(is_formula ? fmt::format("'{}", text) : text);
}

std::string line_of(const SittingRecord& sitting, const PractisedRepetition& repetition) {
  const Verdict& verdict = repetition.verdict;
  return fmt::format("{},{},{},{},{},{},{},{:.3f},{:.3f},{},{},{},{},{}\n", field(sitting.learner),
                     field(sitting.craft), sitting.id, sitting.started_at, repetition.set,
                     repetition.with_help ? "yes" : "no", field(verdict.movement),
                     seconds(verdict.start), seconds(verdict.end), to_string(verdict.kind),
                     verdict.score, field(verdict.mistake.value_or("")),
                     field(verdict.reasons.empty() ? "" : verdict.reasons.front().text),
                     repetition.confirmed ? to_string(*repetition.confirmed) : "");
}

}  // namespace

std::string progress_csv(const ProgressFile& file, const ProgressFilter& filter) {
  std::map<std::int64_t, SittingRecord> sittings;
  for (SittingRecord& sitting : file.sittings(filter)) sittings.emplace(sitting.id, sitting);
  std::string text = kHeader;
  for (const PractisedRepetition& repetition : file.repetitions(filter)) {
    const auto sitting = sittings.find(repetition.sitting);
    if (sitting != sittings.end()) text += line_of(sitting->second, repetition);
  }
  return text;
}

}  // namespace kata
