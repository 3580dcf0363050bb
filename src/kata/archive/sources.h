// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kata {

/// A video or stored track that an archive is made of.
struct ArchiveSource {
  std::string path;            ///< its name in the archive: relative, with '/', never upwards
  std::filesystem::path file;  ///< absolute
  std::string person;          ///< these three as the manifest says; may be empty
  std::string movement;
  std::string label;
};

/// The videos of a folder and of those in it, by name; with `with_tracks` stored tracks too. The
/// folder `left_out` (the archive itself) is passed over, so is what begins with a dot.
///
/// Of an archive of tracks: the tracks that its records know, under the videos' names, with what
/// its manifest said. Throws Error{kNotFound} where there is nothing.
std::vector<ArchiveSource> sources_of_folder(const std::filesystem::path& folder,
                                             const std::filesystem::path& left_out,
                                             bool with_tracks);

/// The rows of a CSV with the columns path and, as wanted, person, movement and label. Relative
/// paths are the manifest's folder's; nobody looks whether the files are there.
/// Throws Error{kCorrupt} naming the line, Error{kNotFound}, or Error{kNotEnough} without a row.
std::vector<ArchiveSource> sources_of_manifest(const std::filesystem::path& manifest);

}  // namespace kata
