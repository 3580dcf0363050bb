// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace kata {

/// Walks through the lines of a text file, which may be packed by gzip, in constant memory.
///
/// Empty lines are passed over but counted; \r\n ends a line too; a byte order mark is skipped.
class PackedLines {
 public:
  /// Throws Error{kNotFound} or {kIo}.
  explicit PackedLines(std::filesystem::path path);
  ~PackedLines();
  PackedLines(const PackedLines&) = delete;
  PackedLines& operator=(const PackedLines&) = delete;

  /// False at the end. Throws Error{kCorrupt} for a damaged or torn gzip file and for a line that
  /// is longer than kLongestLine, Error{kIo} when reading fails.
  bool next();
  std::string_view line() const { return line_; }  ///< until the next next()
  std::size_t number() const { return number_; }   ///< from 1

  /// Bytes; a frame with a face takes about 20,000.
  static constexpr std::size_t kLongestLine = std::size_t{1} << 20U;

 private:
  struct File;
  bool fill();
  [[noreturn]] void fail_reading() const;

  std::filesystem::path path_;
  std::unique_ptr<File> file_;
  std::string buffer_;
  std::size_t begin_ = 0;  ///< of what is not read yet
  std::string_view line_;
  std::size_t number_ = 0;
  bool is_at_end_ = false;
};

}  // namespace kata
