// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "kata/craft/craft.h"

namespace kata {

/// What a file does not say itself.
struct ImportOptions {
  std::optional<std::string> movement;  ///< for formats without a name for it
  Label label = Label::kCorrect;        ///< for formats without right and wrong
  std::optional<std::string> mistake;   ///< name of what is wrong in the incorrect ones
  std::string person;
  double frame_rate_hz = 30;  ///< the prototype's formats have no times
  bool is_mirrored = false;
  bool is_one_repetition = false;  ///< a track is one repetition; otherwise it is cut
  std::string imported_at;         ///< ISO 8601, UTC

  /// Throws Error{kInvalidArgument}.
  void validate() const;
};

/// One place in a file that cannot be read.
struct ImportProblem {
  std::filesystem::path file;
  std::size_t line = 0;    ///< from 1; 0 where the format has none
  std::size_t column = 0;  ///< from 1; 0 = the whole line
  std::string what;
  std::string column_name = {};  ///< as the header has it; empty without
};

/// Repetitions whose rows lie in several places of the file, because it was sorted by another
/// column or because files were put together.
struct ScatteredRows {
  std::size_t repetitions = 0;  ///< how many
  std::string name;             ///< of the first: movement and number
  std::size_t first_line = 0;   ///< where its first rows end
  std::size_t again_line = 0;   ///< where they go on
  bool were_joined = false;     ///< sorted frame by frame; else each place is one repetition
};

/// What became of one file. Nothing of it was stored when it has problems or was imported before.
struct ImportReport {
  std::string format;
  int correct = 0;
  int incorrect = 0;
  std::size_t frames = 0;
  std::size_t padding_frames = 0;     ///< all zeros, dropped
  std::size_t empty_repetitions = 0;  ///< all zeros, dropped
  std::size_t incomplete_parts = 0;   ///< hands and faces of which a frame lacks points: not seen
  ScatteredRows scattered;
  bool was_imported_before = false;
  std::vector<ImportProblem> problems;  ///< at most kMaxReportedProblems
  std::size_t problem_count = 0;

  int repetitions() const { return correct + incorrect; }
};
inline constexpr std::size_t kMaxReportedProblems = 10;

/// "FILE:LINE:COLUMN: what (column NAME)", as compilers write it.
std::string to_string(const ImportProblem& problem);

/// Imports one file or folder in one of the formats of formats.cc, all or nothing.
///
/// Throws Error for what is not there, cannot be read or is in no known format.
ImportReport import_file(Craft& craft, const std::filesystem::path& path,
                         const ImportOptions& options = {});

}  // namespace kata
