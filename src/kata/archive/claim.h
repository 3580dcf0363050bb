// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "kata/archive/archive_folder.h"

namespace kata {

/// Says that a process works on a unit, for those who ask how far an archive is. It keeps nobody
/// from the same unit. Renewed while work goes on, removed when it ends.
class Claim {
 public:
  Claim(const ArchiveFolder& folder, const std::string& unit);
  ~Claim();
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

  /// Call often; writes at most once in a few seconds.
  void renew(std::int64_t frames);

 private:
  void write(std::int64_t frames) const noexcept;

  std::filesystem::path path_;
  std::chrono::steady_clock::time_point written_;
};

/// A unit that a process works on now, as far as can be seen from here.
struct RunningUnit {
  std::string unit;
  std::string host;
  std::int64_t pid = 0;
  std::int64_t frames = 0;
};

/// Of this machine: what lives. Of others: what was renewed within the last minute.
std::vector<RunningUnit> running_units(const ArchiveFolder& folder);

/// Removes claims and scratch files that processes left behind which were killed on this machine,
/// and those of others that nobody has touched for a day.
void clear_left_behind(const ArchiveFolder& folder);

}  // namespace kata
