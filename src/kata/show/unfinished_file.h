// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace kata {

/// A place beside `path` to write to until the file is complete; then it takes the name.
///
/// Nobody ever sees half a file under `path`, and a file that was there before stays until then.
class UnfinishedFile {
 public:
  /// Throws Error{kIo} with one sentence when nothing can be written there; makes the empty file.
  explicit UnfinishedFile(const std::filesystem::path& path);
  ~UnfinishedFile();  ///< without complete(): the unfinished file is removed
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  const std::filesystem::path& path() const { return path_; }            ///< the name in the end
  const std::filesystem::path& temporary() const { return temporary_; }  ///< where to write now
  /// Gives the file its name. Throws Error{kIo}.
  void complete();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  bool is_open_ = false;
};

}  // namespace kata
