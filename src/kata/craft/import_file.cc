// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/import_file.h"

#include <cmath>

#include "kata/core/error.h"
#include "kata/craft/formats.h"
#include "kata/craft/import_csv.h"
#include "kata/craft/read_whole_file.h"
#include "kata/craft/sha256.h"

namespace kata {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20U;

ImportCandidate candidate_of(const fs::path& path) {
  std::error_code unknown;
  if (fs::is_directory(path, unknown)) return {path, true, {}};
  return {path, false, read_whole_file(path, kMaxFileBytes)};
}

const ImportFormat& format_of(const ImportCandidate& candidate) {
  for (const ImportFormat& format : import_formats()) {
    if (format.recognises(candidate)) return format;
  }
  std::string known;
  for (const ImportFormat& format : import_formats()) {
    known += (known.empty() ? "" : "; ") + std::string(format.description);
  }
  std::string why;
  if (!candidate.is_folder) why = "; " + described_first_row(candidate);
  throw Error(ErrorCode::kUnsupported, "this is none of the formats that can be imported (" +
                                           known + ")" + why + ": " + candidate.path.string());
}

bool was_imported(const Craft& craft, const std::string& sha256) {
  for (const ImportRecord& record : craft.imports()) {
    if (record.sha256 == sha256) return true;
  }
  return false;
}

std::string name_without_path(const fs::path& path) {
  return fs::absolute(path).lexically_normal().filename().string();
}

void store(Craft& craft, ImportReading& reading, const ImportRecord& record,
           const ImportOptions& options) {
  Take take;
  take.person = options.person;
  take.source = record.source;
  take.recorded_at = options.imported_at;
  take.frame_rate_hz = options.frame_rate_hz;
  take.is_mirrored = options.is_mirrored;
  craft.add_import(record, take, reading.repetitions);
  for (const ImportedRepetition& imported : reading.repetitions) {
    const bool is_correct = imported.repetition.label == Label::kCorrect;
    ++(is_correct ? reading.report.correct : reading.report.incorrect);
  }
}

}  // namespace

void ImportOptions::validate() const {
  if (!std::isfinite(frame_rate_hz) || frame_rate_hz <= 0 || frame_rate_hz > 10'000) {
    throw Error(ErrorCode::kInvalidArgument, "the frame rate must be above 0 and at most 10000");
  }
}

std::string to_string(const ImportProblem& problem) {
  std::string text = problem.file.string();
  if (problem.line > 0) text += ":" + std::to_string(problem.line);
  if (problem.column > 0)
    text += (problem.line > 0 ? ":" : ":value ") + std::to_string(problem.column);
  text += ": " + problem.what;
  return problem.column_name.empty() ? text : text + " (column " + problem.column_name + ")";
}

ImportReport import_file(Craft& craft, const fs::path& path, const ImportOptions& options) {
  options.validate();
  try {
    const ImportCandidate candidate = candidate_of(path);
    const ImportFormat& format = format_of(candidate);
    ImportReading reading = format.read(candidate, options);
    reading.report.format = format.name;
    for (ImportProblem& problem : reading.report.problems) {
      if (problem.file.empty()) problem.file = path;
    }
    if (reading.report.problem_count > 0) return reading.report;
    if (!candidate.is_folder) {
      Sha256 hash;
      hash.add(candidate.content);
      reading.sha256 = hash.finish();
    }
    reading.report.was_imported_before = was_imported(craft, reading.sha256);
    if (reading.report.was_imported_before) return reading.report;
    if (reading.repetitions.empty()) {
      throw Error(ErrorCode::kNotEnough, "no repetition is in this file: " + path.string());
    }
    store(craft, reading, {reading.sha256, name_without_path(path), options.imported_at}, options);
    return reading.report;
  } catch (const fs::filesystem_error&) {
    throw Error(ErrorCode::kIo, "the folder cannot be read: " + path.string());
  }
}

}  // namespace kata
