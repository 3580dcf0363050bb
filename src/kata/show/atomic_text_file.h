// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

#include "kata/show/unfinished_file.h"

namespace kata {

/// A text file that appears under its name only when finished; without finish() it never was.
class AtomicTextFile {
 public:
  /// Throws Error{kIo} when nothing can be written there.
  explicit AtomicTextFile(const std::filesystem::path& path);

  /// Throws Error{kIo} when the disk is full.
  void write(std::string_view text);
  void write_line(std::string_view line);
  void finish();

 private:
  void check() const;

  UnfinishedFile file_;
  std::ofstream stream_;
};

}  // namespace kata
