// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "kata/archive/archive_folder.h"
#include "kata/archive/archive_unit.h"
#include "kata/archive/settings.h"
#include "kata/archive/sources.h"

namespace kata {

/// How the files of results end, behind the video's own name.
inline constexpr std::string_view kLinesEnding = ".jsonl";
inline constexpr std::string_view kTableEnding = ".csv";
inline constexpr std::string_view kVerdictsEnding = ".verdicts";

/// The units of these sources. With `split_s` a video that is longer is cut into spans of about
/// that length, and a unit more joins them; for that each video is opened.
std::vector<ArchiveUnit> units_of(const std::vector<ArchiveSource>& sources,
                                  const ArchiveSettings& settings);

/// Stores what is to be done, over an earlier plan; records of before stay. Throws StorageProblem.
void write_plan(const ArchiveFolder& folder, const ArchiveSettings& settings,
                const std::vector<ArchiveUnit>& units);

/// Throws Error{kNotFound} for a folder that is no archive, Error{kCorrupt} for a damaged one.
std::vector<ArchiveUnit> read_plan(const ArchiveFolder& folder);
ArchiveSettings read_settings(const ArchiveFolder& folder);

}  // namespace kata
