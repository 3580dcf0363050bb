// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "kata/archive/archive_folder.h"
#include "kata/craft/sha256.h"

namespace kata {

/// One file of results, as its record knows it.
struct ArchiveOutput {
  std::string path;  ///< under the archive's folder
  std::uintmax_t bytes = 0;
  std::string sha256;
};

/// A file that is written in the archive's scratch folder and takes its name when it is complete.
///
/// The bytes hang on nothing but what is written: no time, no name is packed in. Every call throws
/// StorageProblem when the disk is full or may not be written.
class ResultFile {
 public:
  ResultFile(const ArchiveFolder& folder, std::filesystem::path path, bool is_packed);
  ~ResultFile();  ///< without publish(): the scratch file is removed
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;

  void write(std::string_view text);
  void write_line(std::string_view line);
  /// Everything is on the disk now.
  ArchiveOutput finish();
  /// The file gets its name, over one that was there.
  void publish();

 private:
  struct Packer;
  void pack(std::string_view text, bool is_end);
  void store(std::string_view bytes);
  void flush();
  [[noreturn]] void fail(const char* what) const;

  std::filesystem::path out_;
  std::filesystem::path path_;
  std::filesystem::path scratch_;
  int file_ = -1;
  bool is_published_ = false;
  std::unique_ptr<Packer> packer_;
  std::string buffer_;
  std::uintmax_t bytes_ = 0;
  Sha256 hash_;
};

}  // namespace kata
