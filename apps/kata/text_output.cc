// SPDX-License-Identifier: Apache-2.0
#include "text_output.h"

#include <fmt/core.h>

#include "standard_streams.h"

namespace kata {

TextOutput::TextOutput(const std::optional<std::string>& path, bool keeps_part)
    : is_stdout_(path == "-"), keeps_part_(keeps_part) {
  if (path && !is_stdout_) file_ = std::make_unique<AtomicTextFile>(*path);
}

bool TextOutput::is_good() const {
  return !failure_ && !(is_stdout_ && standard_output_failure() != 0);
}

void TextOutput::write_line(std::string_view line) {
  if (is_stdout_) {
    fmt::print("{}\n", line);
    std::fflush(stdout);
  }
  if (!file_ || failure_) return;
  try {
    file_->write_line(line);
  } catch (const Error& error) {
    failure_ = error;
  }
}

void TextOutput::finish() {
  if (!file_) return;
  if (!failure_) return file_->finish();
  if (keeps_part_) file_->finish_with_whole_lines();
  throw Error(*failure_);
}

}  // namespace kata
