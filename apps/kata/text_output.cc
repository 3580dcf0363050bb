// SPDX-License-Identifier: Apache-2.0
#include "text_output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "kata/core/error.h"

namespace kata {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw Error(ErrorCode::kIo, "cannot write, " + std::string(std::strerror(errno)) +
                                  "; choose another place or free some space: " + path.string());
}

}  // namespace

TextOutput::TextOutput(const std::optional<std::string>& path) {
  if (!path) return;
  path_ = *path;
  if (*path == "-") {
    file_ = stdout;
    return;
  }
  unfinished_path_ = path_.string() + "." + std::to_string(getpid()) + ".part";
  if (std::filesystem::is_directory(path_)) errno = EISDIR;
  if (!std::filesystem::is_directory(path_)) file_ = std::fopen(unfinished_path_.c_str(), "w");
  if (file_ == nullptr) fail(path_);
}

TextOutput::~TextOutput() {
  if (file_ == nullptr || file_ == stdout) return;
  std::fclose(file_);
  std::error_code ignored;
  std::filesystem::remove(unfinished_path_, ignored);
}

void TextOutput::write_line(std::string_view line) {
  if (file_ == nullptr) return;
  const bool is_written = std::fwrite(line.data(), 1, line.size(), file_) == line.size() &&
                          std::fputc('\n', file_) != EOF &&
                          (file_ != stdout || std::fflush(file_) == 0);
  if (!is_written) fail(path_);
}

void TextOutput::finish() {
  if (file_ == nullptr || file_ == stdout) return;
  const bool is_flushed = std::fflush(file_) == 0;
  const bool is_closed = std::fclose(file_) == 0;
  file_ = nullptr;
  std::error_code error;
  if (is_flushed && is_closed) std::filesystem::rename(unfinished_path_, path_, error);
  if (!is_flushed || !is_closed || error) {
    std::error_code ignored;
    std::filesystem::remove(unfinished_path_, ignored);
    fail(path_);
  }
}

}  // namespace kata
