// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace kata {

/// A span of a video's time; the end itself is outside, none is the video's end.
struct UnitSpan {
  double start_s = 0;
  std::optional<double> end_s;

  bool is_whole() const { return start_s == 0 && !end_s; }
};

/// One piece of work: a video, or a span of a long one.
struct ArchiveUnit {
  std::string id;              ///< 16 hexadecimal digits, of path and span
  std::string path;            ///< its name in the archive: relative, with '/'
  std::filesystem::path file;  ///< where the video or track lies, absolute
  std::string person;          ///< these three as the manifest says; may be empty
  std::string movement;
  std::string label;
  UnitSpan span;
  bool is_joined = false;  ///< the whole of a video whose spans are units of their own
};

/// A stored track needs none.
bool needs_networks(const ArchiveUnit& unit);

/// The same for the same path and span on every machine.
std::string unit_id(const std::string& path, const UnitSpan& span, bool is_joined);

}  // namespace kata
