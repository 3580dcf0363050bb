// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/sources.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string_view>
#include <unordered_map>

#include "kata/archive/plan.h"
#include "kata/archive/record.h"
#include "kata/core/error.h"
#include "kata/core/table_reader.h"
#include "kata/craft/read_whole_file.h"
#include "kata/session/track_reader.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestManifest = std::size_t{1} << 30U;
constexpr std::array<std::string_view, 17> kVideoEndings = {
    ".mp4", ".m4v",  ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".ts",
    ".mts", ".m2ts", ".3gp", ".wmv", ".flv", ".ogv",  ".mxf", ".vob"};

bool is_video_name(const fs::path& path) {
  std::string ending = path.extension().string();
  for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return std::ranges::find(kVideoEndings, ending) != kVideoEndings.end();
}

/// The name in the archive: as it stands where it lies below, else its whole path without the root.
std::string name_in_archive(const fs::path& written, const fs::path& file) {
  const fs::path plain = written.lexically_normal();
  const bool is_below = plain.is_relative() && !plain.empty() && *plain.begin() != "..";
  return (is_below ? plain : file.relative_path()).generic_string();
}

std::vector<ArchiveSource> tracks_of_archive(const fs::path& folder) {
  const ArchiveFolder archive(folder);
  std::vector<ArchiveSource> sources;
  for (const ArchiveUnit& unit : read_plan(archive)) {
    if (!unit.is_joined && !unit.span.is_whole()) continue;
    const auto record = record_from_json(read_if_there(archive.record(unit.id)));
    if (!record || !record->is_done()) continue;
    // JSON lines come first and hold more.
    for (const ArchiveOutput& output : record->outputs) {
      if (!is_track_name(output.path) || output.path.find(kVerdictsEnding) != std::string::npos)
        continue;
      sources.push_back({unit.path, fs::absolute(folder / output.path).lexically_normal(),
                         unit.person, unit.movement, unit.label});
      break;
    }
  }
  return sources;
}

std::vector<ArchiveSource> files_of_folder(const fs::path& folder, const fs::path& left_out,
                                           bool with_tracks) {
  std::vector<ArchiveSource> sources;
  const fs::path own = fs::weakly_canonical(left_out);
  if (fs::weakly_canonical(folder) == own) return sources;  // results are no sources
  constexpr auto kOptions = fs::directory_options::follow_directory_symlink |
                            fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator entry(folder, kOptions), end; entry != end; ++entry) {
    std::error_code ignored;
    const fs::path& path = entry->path();
    const bool is_hidden = path.filename().string().starts_with('.');
    if (entry->is_directory(ignored)) {
      if (is_hidden || fs::weakly_canonical(path, ignored) == own)
        entry.disable_recursion_pending();
      continue;
    }
    if (is_hidden || !(is_video_name(path) || (with_tracks && is_track_name(path.native()))))
      continue;
    sources.push_back({path.lexically_relative(folder).generic_string(),
                       fs::absolute(path).lexically_normal(),
                       {},
                       {},
                       {}});
  }
  std::ranges::sort(sources, {}, &ArchiveSource::path);
  return sources;
}

/// Where each column of a manifest is.
struct ManifestColumns {
  std::unordered_map<std::string, std::size_t> positions;

  std::string field(const std::vector<std::string>& fields, const char* name) const {
    const auto found = positions.find(name);
    return found == positions.end() ? std::string() : fields[found->second];
  }
};

[[noreturn]] void fail(const fs::path& manifest, std::size_t line, const std::string& what) {
  throw Error(ErrorCode::kCorrupt,
              what + " (line " + std::to_string(line) + "): " + manifest.string());
}

std::vector<std::string> names_of(std::span<const std::string_view> header) {
  std::vector<std::string> names;
  for (const std::string_view cell : header) names.push_back(plain_column_name(cell));
  return names;
}

ManifestColumns columns_of(const fs::path& manifest, const std::vector<std::string>& header) {
  ManifestColumns columns;
  for (std::size_t i = 0; i < header.size(); ++i) columns.positions.emplace(header[i], i);
  if (!columns.positions.contains("path"))
    fail(manifest, 1, "the manifest has no column path; its first line names the columns");
  return columns;
}

}  // namespace

std::vector<ArchiveSource> sources_of_folder(const fs::path& folder, const fs::path& left_out,
                                             bool with_tracks) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    throw Error(ErrorCode::kNotFound, "there is no such folder: " + folder.string());
  const bool is_archive = ArchiveFolder(folder).is_archive();
  auto sources =
      is_archive ? tracks_of_archive(folder) : files_of_folder(folder, left_out, with_tracks);
  if (!sources.empty()) return sources;
  throw Error(ErrorCode::kNotEnough,
              std::string("there is no ") + (is_archive ? "track" : "video") + " in this " +
                  (is_archive ? "archive" : "folder") + ": " + folder.string());
}

std::vector<ArchiveSource> sources_of_manifest(const fs::path& manifest) {
  const std::string text = read_whole_file(manifest, kLargestManifest);
  TableReader rows(text, [](std::span<const std::string_view> cells) {
    return std::ranges::any_of(
        cells, [](std::string_view cell) { return plain_column_name(cell) == "path"; });
  });
  std::vector<std::string> fields;
  if (rows.next()) fields = names_of(rows.cells());
  const ManifestColumns columns = columns_of(manifest, fields);
  const std::size_t count = fields.size();
  const fs::path base = fs::absolute(manifest).parent_path();
  std::vector<ArchiveSource> sources;
  std::unordered_map<std::string, std::size_t> seen;
  while (rows.next()) {
    rows.drop_blank_cells_after(count);
    fields.assign(rows.cells().begin(), rows.cells().end());
    if (fields.size() != count) {
      fail(manifest, rows.line(),
           "the row has " + std::to_string(fields.size()) + " columns instead of " +
               std::to_string(count));
    }
    const std::string written = columns.field(fields, "path");
    if (written.empty()) fail(manifest, rows.line(), "the row names no path");
    const fs::path file = (base / written).lexically_normal();
    sources.push_back({name_in_archive(written, file), file, columns.field(fields, "person"),
                       columns.field(fields, "movement"), columns.field(fields, "label")});
    const auto [earlier, is_new] = seen.emplace(sources.back().path, rows.line());
    if (!is_new)
      fail(manifest, rows.line(),
           "the row names the same path as line " + std::to_string(earlier->second));
  }
  if (sources.empty())
    throw Error(ErrorCode::kNotEnough, "the manifest names no video: " + manifest.string());
  return sources;
}

}  // namespace kata
