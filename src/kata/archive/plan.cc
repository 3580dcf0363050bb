// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/plan.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "kata/archive/span_source.h"
#include "kata/core/csv_field.h"
#include "kata/core/error.h"
#include "kata/core/table_reader.h"
#include "kata/craft/import_reading.h"

namespace kata {
namespace {

constexpr std::string_view kHeader = "unit,kind,start_s,end_s,path,file,person,movement,label";
constexpr std::size_t kColumns = 9;
constexpr std::string_view kTracked = "tracked";
constexpr std::string_view kJoined = "joined";

ArchiveUnit unit_of(const ArchiveSource& source, const UnitSpan& span, bool is_joined) {
  return {unit_id(source.path, span, is_joined),
          source.path,
          source.file,
          source.person,
          source.movement,
          source.label,
          span,
          is_joined};
}

/// Spans of equal length near `split_s`; one of a short video, or of one that cannot be opened.
std::size_t spans_of(const ArchiveSource& source, double split_s) {
  const auto length_s = video_length_s(source.file);
  if (!length_s || *length_s < 1.5 * split_s) return 1;
  return static_cast<std::size_t>(std::lround(*length_s / split_s));
}

void add_units(const ArchiveSource& source, double split_s, std::vector<ArchiveUnit>& units) {
  const std::size_t count = spans_of(source, split_s);
  if (count <= 1) {
    units.push_back(unit_of(source, {}, false));
    return;
  }
  for (std::size_t i = 0; i < count; ++i) {
    UnitSpan span{static_cast<double>(i) * split_s, std::nullopt};
    if (i + 1 < count) span.end_s = static_cast<double>(i + 1) * split_s;
    units.push_back(unit_of(source, span, false));
  }
  units.push_back(unit_of(source, {}, true));
}

void append_row(std::string& text, const ArchiveUnit& unit) {
  fmt::format_to(std::back_inserter(text), "{},{},{:.3f},{},{},{},{},{},{}\n", unit.id,
                 unit.is_joined ? kJoined : kTracked, unit.span.start_s,
                 unit.span.end_s ? fmt::format("{:.3f}", *unit.span.end_s) : "",
                 csv_field(unit.path), csv_field(unit.file.string()), csv_field(unit.person),
                 csv_field(unit.movement), csv_field(unit.label));
}

[[noreturn]] void fail(const ArchiveFolder& folder) {
  throw Error(ErrorCode::kCorrupt,
              "the archive's plan cannot be read; plan it again: " + folder.plan().string());
}

ArchiveUnit unit_from(const std::vector<std::string>& fields, const ArchiveFolder& folder) {
  if (fields.size() != kColumns) fail(folder);
  ArchiveUnit unit{fields[0], fields[4], fields[5], fields[6],
                   fields[7], fields[8], {},        fields[1] == kJoined};
  using Kind = TableNumbers::Kind;
  TableNumbers numbers;
  const TableNumbers::Reading start = numbers.read(fields[2]);
  const TableNumbers::Reading end = numbers.read(fields[3]);
  if (start.kind != Kind::kNumber || (end.kind != Kind::kNumber && !fields[3].empty()))
    fail(folder);
  unit.span.start_s = start.value;
  if (!fields[3].empty()) unit.span.end_s = end.value;
  return unit;
}

void check_is_archive(const ArchiveFolder& folder) {
  if (folder.is_archive()) return;
  throw Error(
      ErrorCode::kNotFound,
      "this is no archive; make one with kata archive FOLDER -o OUT: " + folder.out().string());
}

}  // namespace

std::vector<ArchiveUnit> units_of(const std::vector<ArchiveSource>& sources,
                                  const ArchiveSettings& settings) {
  std::vector<ArchiveUnit> units;
  for (const ArchiveSource& source : sources) {
    if (settings.split_s) {
      add_units(source, *settings.split_s, units);
    } else {
      units.push_back(unit_of(source, {}, false));
    }
  }
  return units;
}

void write_plan(const ArchiveFolder& folder, const ArchiveSettings& settings,
                const std::vector<ArchiveUnit>& units) {
  folder.make();
  std::string text(kHeader);
  text += '\n';
  for (const ArchiveUnit& unit : units) append_row(text, unit);
  write_by_rename(folder, folder.settings(), settings_json(settings));
  write_by_rename(folder, folder.plan(), text);
}

std::vector<ArchiveUnit> read_plan(const ArchiveFolder& folder) {
  check_is_archive(folder);
  const std::string text = read_if_there(folder.plan());
  if (!text.starts_with(kHeader)) fail(folder);
  TableReader rows(text, ',');
  rows.next();
  std::vector<ArchiveUnit> units;
  while (rows.next()) {
    const std::vector<std::string> fields(rows.cells().begin(), rows.cells().end());
    units.push_back(unit_from(fields, folder));
  }
  return units;
}

ArchiveSettings read_settings(const ArchiveFolder& folder) {
  check_is_archive(folder);
  return settings_from_json(read_if_there(folder.settings()));
}

}  // namespace kata
