// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "kata/craft/craft_size.h"

namespace kata {

/// What a studio takes in at most: bytes.
inline constexpr std::uint64_t kLargestImport = kLargestCraft;

/// A craft file that comes in piece by piece, on disk and not in memory.
///
/// Lies under a hidden name until the studio takes it over; otherwise nothing of it is left.
/// Pieces are given one after the other, from any thread.
class IncomingCraft {
 public:
  /// Throws Error{kIo} when nothing can be written in the folder.
  explicit IncomingCraft(const std::filesystem::path& folder);
  ~IncomingCraft();
  IncomingCraft(const IncomingCraft&) = delete;
  IncomingCraft& operator=(const IncomingCraft&) = delete;

  /// Throws Error{kCorrupt} as soon as it cannot become a craft, {kInvalidArgument} when it grows
  /// too large, {kIo} when the disk is full.
  void add(std::span<const char> piece);
  /// All pieces are there. Throws Error{kIo}.
  void close();

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size() const { return size_; }

 private:
  std::filesystem::path path_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace kata
