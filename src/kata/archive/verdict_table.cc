// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/verdict_table.h"

#include <fmt/format.h>

#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>

#include "kata/archive/plan.h"
#include "kata/archive/record.h"
#include "kata/archive/result_file.h"
#include "kata/core/csv_field.h"
#include "kata/core/error.h"
#include "kata/craft/packed_lines.h"

namespace kata {
namespace {

using nlohmann::json;

constexpr std::string_view kHeader =
    "path,person,start_s,end_s,movement,verdict,mark,mistake,reason,expected_movement,"
    "expected_label";

std::string text_of(const json& line, const char* name) {
  const auto found = line.find(name);
  return found == line.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

std::string reason_of(const json& line) {
  const auto reasons = line.find("reasons");
  if (reasons == line.end() || !reasons->is_array() || reasons->empty()) return {};
  return text_of(reasons->front(), "text");
}

void append_row(std::string& text, const ArchiveUnit& unit, const json& line) {
  const bool is_other = text_of(line, "event") == "other";
  const std::string verdict = is_other ? "other" : text_of(line, "verdict");
  fmt::format_to(std::back_inserter(text), "{},{},{:.3f},{:.3f},{},{},{},{},{},{},{}\n",
                 csv_field(unit.path), csv_field(unit.person), line.value("start_s", 0.0),
                 line.value("end_s", 0.0), csv_field(text_of(line, "movement")), verdict,
                 is_other ? "" : std::to_string(line.value("score", 0)),
                 csv_field(text_of(line, "mistake")), csv_field(reason_of(line)),
                 csv_field(unit.movement), csv_field(unit.label));
}

void append_verdicts(std::string& text, const ArchiveFolder& folder, const ArchiveUnit& unit,
                     const UnitRecord& record) {
  for (const ArchiveOutput& output : record.outputs) {
    if (output.path.find(kVerdictsEnding) == std::string::npos) continue;
    PackedLines lines(folder.out() / output.path);
    while (lines.next()) {
      const json line = json::parse(lines.line(), nullptr, false);
      if (line.is_object()) append_row(text, unit, line);
    }
  }
}

/// Without opening any: thousands of processes may ask.
std::size_t records_in(const ArchiveFolder& folder) {
  std::error_code ignored;
  std::size_t count = 0;
  for (auto entry = std::filesystem::directory_iterator(folder.records(), ignored);
       entry != std::filesystem::directory_iterator(); ++entry)
    ++count;
  return count;
}

}  // namespace

bool write_verdict_table(const ArchiveFolder& folder) {
  const auto plan = read_plan(folder);
  if (records_in(folder) < plan.size()) return false;
  const ArchiveSettings settings = read_settings(folder);
  const std::string key_with = settings_key(settings, true);
  const std::string key_without = settings_key(settings, false);
  std::string text(kHeader);
  text += '\n';
  for (const ArchiveUnit& unit : plan) {
    if (!unit.is_joined && !unit.span.is_whole()) continue;
    const auto record = record_from_json(read_if_there(folder.record(unit.id)));
    if (!record || record->settings_key != (needs_networks(unit) ? key_with : key_without))
      return false;
    if (record->is_done()) append_verdicts(text, folder, unit, *record);
  }
  write_by_rename(folder, folder.table(), text);
  return true;
}

}  // namespace kata
