// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "kata/core/error.h"

namespace kata {

/// A folder of the program's own that goes when this does.
class TemporaryFolder {
 public:
  /// Throws Error{kIo} where there is no place for temporary files.
  explicit TemporaryFolder(const std::string& name) {
    std::error_code problem;
    std::string pattern =
        (std::filesystem::temp_directory_path(problem) / (name + "-XXXXXX")).string();
    if (problem || ::mkdtemp(pattern.data()) == nullptr) {
      throw Error(ErrorCode::kIo, "no temporary file can be made; is there room for it?");
    }
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace kata
