// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "kata/core/error.h"

namespace kata {

/// Where everything lies in an archive's folder. Results lie under the videos' own names; what
/// Kata keeps for itself lies in `.archive`.
class ArchiveFolder {
 public:
  explicit ArchiveFolder(std::filesystem::path out) : out_(std::move(out)) {}

  const std::filesystem::path& out() const { return out_; }
  std::filesystem::path state() const { return out_ / ".archive"; }
  std::filesystem::path plan() const { return state() / "plan.csv"; }
  std::filesystem::path settings() const { return state() / "settings.json"; }
  std::filesystem::path records() const { return state() / "records"; }
  std::filesystem::path record(const std::string& unit) const {
    return records() / (unit + ".json");
  }
  std::filesystem::path hashes() const { return state() / "hashes"; }
  std::filesystem::path claims() const { return state() / "running"; }
  std::filesystem::path scratch() const { return state() / "scratch"; }
  std::filesystem::path table() const { return out_ / "verdicts.csv"; }

  bool is_archive() const;
  /// Makes the folders. Throws Error{kIo} with one sentence.
  void make() const;

 private:
  std::filesystem::path out_;
};

/// Nothing can be stored in the archive (a full disk, no permission): work must stop. Unlike other
/// errors it says nothing about the video.
class StorageProblem : public Error {
 public:
  explicit StorageProblem(const std::string& message) : Error(ErrorCode::kIo, message) {}
};

/// This machine's name, safe in file names.
std::string host_name();

/// Writes a small file so that it appears whole or not at all, and is there after a power cut.
/// Throws StorageProblem.
void write_by_rename(const ArchiveFolder& folder, const std::filesystem::path& path,
                     std::string_view text);

/// The text of a small file; empty where it is not there.
std::string read_if_there(const std::filesystem::path& path);

}  // namespace kata
