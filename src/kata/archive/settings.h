// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "kata/landmark/landmarker.h"
#include "kata/session/sitting.h"

namespace kata {

/// What is made of each video. Everything that could change a result is in here.
struct ArchiveSettings {
  LandmarkerOptions landmarker;  ///< model, mode and face count; threads change no result
  bool with_jsonl = true;
  bool with_csv = false;
  bool is_packed = false;                      ///< results are packed by gzip
  std::optional<std::filesystem::path> craft;  ///< watched with this craft; absolute
  bool swap_sides = false;
  Strategy strategy = Strategy::kRepetitions;
  std::optional<double> split_s;                ///< longer videos are units of this length
  std::string craft_sha256;                     ///< found out by complete()
  std::string version;                          ///< of the program
  std::map<std::string, std::string> networks;  ///< SHA-256 of each file, by name
};

/// Fills in the hashes of craft and networks, of these only where they are needed. Throws Error for
/// a file that is not there.
void complete(ArchiveSettings& settings, bool needs_networks);

std::string settings_json(const ArchiveSettings& settings);
/// Throws Error{kCorrupt}.
ArchiveSettings settings_from_json(const std::string& text);

/// One word for everything that decides about the results of a unit; equal words, equal results.
/// `needs_networks` is false for stored tracks.
std::string settings_key(const ArchiveSettings& settings, bool needs_networks);

/// The SHA-256 of a file, in pieces. Throws Error{kNotFound} or {kIo}.
std::string file_sha256(const std::filesystem::path& path);

}  // namespace kata
