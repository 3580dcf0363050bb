// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/craft/packed_lines.h"
#include "kata/craft/track_csv.h"

namespace kata {

/// Whether a file's name is that of a stored track: .jsonl or .csv, also packed (.gz).
bool is_track_name(std::string_view path);

/// Reads what `kata track --jsonl` or `--csv` has stored, frame by frame.
class TrackReader {
 public:
  /// Throws Error for a file that is not there or is no track.
  explicit TrackReader(std::filesystem::path path);

  /// The next frame with its own time and picture size; empty at the end. Times rise strictly.
  /// Throws Error{kCorrupt} naming the line that is damaged.
  std::optional<Landmarks> next();

 private:
  Landmarks read_line();

  std::filesystem::path path_;
  PackedLines lines_;
  std::optional<TrackCsv> csv_;
  std::optional<Timestamp> last_;
};

/// The whole of a track; empty where it has no frame.
std::vector<Landmarks> read_track(const std::filesystem::path& path);

}  // namespace kata
