// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/repetition.h"

namespace kata {

/// One repetition as a teacher marked it by hand; what is empty the take's lesson says.
struct Mark {
  bool is_in_frames = false;  ///< start and end are numbers of frames, else seconds of the video
  double start = 0;
  double end = 0;
  std::optional<std::string> movement;
  std::optional<Label> label;
  std::optional<std::string> mistake;
  std::size_t line = 0;  ///< in the file, from 1
};

/// Reads marks from CSV with a header (docs/formats.md): start_s, end_s or start_frame, end_frame,
/// and as wanted label, mistake, movement. Throws Error naming file, line and column.
std::vector<Mark> read_marks(const std::filesystem::path& path);
std::vector<Mark> marks_from_csv(std::string_view text, const std::string& name);

/// Whether every mark says itself whether it is right or wrong.
bool have_labels(std::span<const Mark> marks);

}  // namespace kata
