// SPDX-License-Identifier: Apache-2.0
#include "text_output.h"

#include <cstdio>

#include "kata/core/error.h"

namespace kata {

TextOutput::TextOutput(const std::optional<std::string>& path) : is_stdout_(path == "-") {
  if (path && !is_stdout_) file_ = std::make_unique<AtomicTextFile>(*path);
}

void TextOutput::write_line(std::string_view line) {
  if (file_) file_->write_line(line);
  if (!is_stdout_) return;
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
  if (std::fflush(stdout) != 0) {
    throw Error(ErrorCode::kIo, "the program that reads the JSON lines has gone; stopped");
  }
}

void TextOutput::finish() {
  if (file_) file_->finish();
}

}  // namespace kata
