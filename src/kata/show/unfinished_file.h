// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "kata/show/output_place.h"

namespace kata {

/// A place beside `path` to write to until the file is complete; then it takes the name.
///
/// Nobody ever sees half a file under `path`, and a file that was there before stays until then. A
/// link stays a link: what it leads to is replaced. A pipe or a device is written to directly.
class UnfinishedFile {
 public:
  /// Throws Error{kIo} with one sentence when nothing can be written there; makes the empty file.
  explicit UnfinishedFile(const std::filesystem::path& path);
  ~UnfinishedFile();  ///< without complete(): the unfinished file is removed
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  const std::filesystem::path& path() const { return place_.name; }      ///< the name in the end
  const std::filesystem::path& temporary() const { return temporary_; }  ///< where it lies now
  bool is_stream() const { return place_.is_stream; }
  /// Opens what is to be written now; the caller closes it. Throws Error{kIo}.
  int open() const;
  /// Gives the file its name. Throws Error{kIo}.
  void complete();

 private:
  void make_like_the_old_one() const;
  bool copy_into_place() const;

  OutputPlace place_;
  std::filesystem::path temporary_;  ///< of a stream: what it is
  bool is_open_ = false;
};

}  // namespace kata
