// SPDX-License-Identifier: Apache-2.0
#include "read_text_file.h"

#include <zlib.h>

#include <memory>

#include "kata/core/error.h"

namespace kata {

std::string read_text_file(const std::filesystem::path& path) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 30;  // a hostile archive may unpack to more
  constexpr std::size_t kBlock = 1 << 16;
  if (!std::filesystem::is_regular_file(path)) {
    throw Error(ErrorCode::kNotFound, "there is no such file: " + path.string());
  }
  // gzread reads plain files as they are.
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) throw Error(ErrorCode::kIo, "the file cannot be opened: " + path.string());
  std::string text;
  std::string block(kBlock, '\0');
  while (true) {
    const int count = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()));
    if (count < 0) throw Error(ErrorCode::kCorrupt, "the file is damaged: " + path.string());
    if (count == 0) break;
    text.append(block, 0, static_cast<std::size_t>(count));
    if (text.size() > kMostBytes) {
      throw Error(ErrorCode::kUnsupported,
                  "the file is larger than 1 GB unpacked: " + path.string());
    }
  }
  int error = Z_OK;
  gzerror(file.get(), &error);
  if (error != Z_OK && error != Z_STREAM_END) {
    throw Error(ErrorCode::kCorrupt, "the file ends too early: " + path.string());
  }
  return text;
}

}  // namespace kata
