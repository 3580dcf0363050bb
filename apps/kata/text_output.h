// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kata {

/// Lines of text to a file that appears under its name only when finished, or to stdout for "-".
class TextOutput {
 public:
  /// An empty path takes lines and forgets them. Throws Error when the place cannot be written.
  explicit TextOutput(const std::optional<std::string>& path);
  ~TextOutput();
  TextOutput(const TextOutput&) = delete;
  TextOutput& operator=(const TextOutput&) = delete;

  bool is_wanted() const { return file_ != nullptr; }
  /// On stdout the line is flushed: others may be listening. Throws Error{kIo}.
  void write_line(std::string_view line);
  void finish();

 private:
  std::filesystem::path path_;
  std::filesystem::path unfinished_path_;
  std::FILE* file_ = nullptr;
};

}  // namespace kata
