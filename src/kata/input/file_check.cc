// SPDX-License-Identifier: Apache-2.0
#include "kata/input/file_check.h"

#include <fstream>
#include <string>

#include "kata/core/error.h"

namespace kata {

void check_readable_file(const std::filesystem::path& path) {
  std::error_code problem;
  const std::filesystem::file_status status = std::filesystem::status(path, problem);
  if (status.type() == std::filesystem::file_type::not_found) {
    throw Error(ErrorCode::kNotFound, "there is no such file: " + path.string());
  }
  if (std::filesystem::is_directory(status)) {
    throw Error(
        ErrorCode::kInvalidArgument,
        "this is a folder; name a video in it, or its pictures as FOLDER/*.png: " + path.string());
  }
  if (!std::ifstream(path, std::ios::binary)) {
    throw Error(ErrorCode::kIo, "there is no permission to read this file: " + path.string());
  }
  if (!std::filesystem::is_regular_file(status)) {
    throw Error(ErrorCode::kUnsupported, "this is not a regular file: " + path.string());
  }
  if (std::filesystem::file_size(path, problem) == 0) {
    throw Error(ErrorCode::kCorrupt, "the file is empty: " + path.string());
  }
}

}  // namespace kata
