// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <zlib.h>

#include <filesystem>
#include <memory>
#include <string>

#include "kata/core/error.h"

namespace kata::bench {

/// The whole of a file of ours, unpacked where it is gzip.
inline std::string read_gzip_text(const std::filesystem::path& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) throw Error(ErrorCode::kNotFound, "there is no such file: " + path.string());
  std::string text;
  std::string block(1 << 16, '\0');
  for (int count = 1; count > 0;) {
    count = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()));
    if (count < 0) throw Error(ErrorCode::kCorrupt, "the file is damaged: " + path.string());
    text.append(block, 0, static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace kata::bench
