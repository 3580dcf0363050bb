// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/read_whole_file.h"

#include <fstream>
#include <system_error>

#include "kata/core/error.h"

namespace kata {
namespace fs = std::filesystem;

std::string read_whole_file(const fs::path& path, std::size_t max_bytes) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    throw Error(ErrorCode::kNotFound, "there is no such file: " + path.string());
  }
  // A pipe or device would never end.
  if (!fs::is_regular_file(path, error)) {
    throw Error(ErrorCode::kUnsupported, "this is not a file: " + path.string());
  }
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > max_bytes) {
    throw Error(ErrorCode::kUnsupported, "the file is too big (more than " +
                                             std::to_string(max_bytes >> 20U) +
                                             " MiB): " + path.string());
  }
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(error ? 0 : static_cast<std::size_t>(size), '\0');
  if (!stream || error || !stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    throw Error(ErrorCode::kIo, "the file cannot be read: " + path.string());
  }
  return bytes;
}

}  // namespace kata
