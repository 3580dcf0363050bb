// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "kata/show/unfinished_file.h"

namespace kata {

/// Text to a file that appears under its name only when finished, without finish() it never was;
/// to a pipe, a device or the standard output ("-") line by line, because others are listening.
class AtomicTextFile {
 public:
  /// Throws Error{kIo} when nothing can be written there.
  explicit AtomicTextFile(const std::filesystem::path& path);
  ~AtomicTextFile();

  /// Throws Error{kIo} when the disk is full.
  void write(std::string_view text);
  void write_line(std::string_view line);
  void finish();
  /// Completes the file with the lines that are whole, after a failure too; none: no file.
  void finish_with_whole_lines();

 private:
  void flush();
  void close();

  UnfinishedFile file_;
  int descriptor_;
  std::string waiting_;
  std::int64_t written_ = 0;
  std::int64_t whole_ = 0;  ///< of these, up to the end of the last line
  bool has_failed_ = false;
};

}  // namespace kata
