// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kata/archive/archive_unit.h"
#include "kata/archive/result_file.h"
#include "kata/archive/settings.h"

namespace kata {

/// What a source file is like from outside: while it stays so, its content is taken to stay too.
struct FileLook {
  std::uintmax_t bytes = 0;
  std::int64_t modified_ns = 0;

  bool operator==(const FileLook&) const = default;
};
/// Empty for what is not there.
std::optional<FileLook> look_at(const std::filesystem::path& file);

/// What became of a unit. It is complete when its record lies in the archive.
struct UnitRecord {
  std::string unit;
  std::string path;
  UnitSpan span;
  std::string failure;  ///< one sentence; empty: done
  std::string settings_key;
  std::string version;
  std::map<std::string, std::string> networks;  ///< none for stored tracks
  std::string source_sha256;                    ///< empty where the file could not be read
  FileLook source;
  std::vector<ArchiveOutput> outputs;
  std::int64_t frames = 0;
  std::int64_t frames_with_pose = 0;
  std::int64_t frames_with_left_hand = 0;
  std::int64_t frames_with_right_hand = 0;
  int verdicts = 0;
  double seconds = 0;  ///< of work
  std::string host;
  std::string finished_at;  ///< ISO 8601, UTC
  std::vector<std::string> warnings;

  bool is_done() const { return failure.empty(); }
};

std::string record_json(const UnitRecord& record);
/// Empty for a text that is no record: it counts as not there.
std::optional<UnitRecord> record_from_json(const std::string& text);

/// Whether the record says that the unit need not be done again: same settings, same source, and
/// the results are there. A failure fits too: it would fail again.
bool fits(const UnitRecord& record, const ArchiveUnit& unit, const ArchiveSettings& settings,
          const ArchiveFolder& folder);

}  // namespace kata
