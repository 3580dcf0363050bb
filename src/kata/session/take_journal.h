// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/session/teach.h"

namespace kata {

/// A take that was being recorded when the program ended, as far as it got.
struct InterruptedTake {
  std::filesystem::path path;
  std::string craft;  ///< its id
  Lesson lesson;
  std::string recorded_at;  ///< ISO 8601, UTC
  std::vector<Landmarks> frames;
};

/// A take on disk while it is recorded, frame by frame, so that neither a crash nor a closed
/// browser loses it.
///
/// The file stays until discard(); what is left over when the program starts anew is an
/// InterruptedTake. A file that a running program writes is locked and is none.
class TakeJournal {
 public:
  /// Throws Error{kIo}.
  TakeJournal(const std::filesystem::path& folder, std::string_view craft, const Lesson& lesson,
              std::string_view recorded_at);
  ~TakeJournal();
  TakeJournal(const TakeJournal&) = delete;
  TakeJournal& operator=(const TakeJournal&) = delete;

  const std::string& recorded_at() const { return recorded_at_; }
  /// Throws Error{kIo} when the disk is full.
  void add(const Landmarks& frame);
  /// The take was stored, or is not wanted.
  void discard();

 private:
  std::string recorded_at_;
  std::filesystem::path path_;
  int file_ = -1;
};

/// What an earlier program left in the folder. A damaged end is cut off, never an error.
std::vector<InterruptedTake> interrupted_takes(const std::filesystem::path& folder);

}  // namespace kata
