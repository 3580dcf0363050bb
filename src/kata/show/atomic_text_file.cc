// SPDX-License-Identifier: Apache-2.0
#include "kata/show/atomic_text_file.h"

#include "kata/core/error.h"

namespace kata {

AtomicTextFile::AtomicTextFile(const std::filesystem::path& path)
    : file_(path), stream_(file_.temporary(), std::ios::binary) {
  check();
}

void AtomicTextFile::write(std::string_view text) {
  stream_.write(text.data(), static_cast<std::streamsize>(text.size()));
  check();
}

void AtomicTextFile::write_line(std::string_view line) {
  write(line);
  write("\n");
}

void AtomicTextFile::finish() {
  stream_.close();
  check();
  file_.complete();
}

void AtomicTextFile::check() const {
  if (stream_.fail()) {
    throw Error(ErrorCode::kIo, "writing failed, is the disk full? " + file_.path().string());
  }
}

}  // namespace kata
