// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kata/progress/progress_records.h"

namespace kata {

/// A file of sittings (progress.db). Every change is committed when the call returns; a crash loses
/// at most the call under way. All calls throw Error as those of Craft do. Several programs may
/// have it open.
class ProgressFile {
 public:
  enum class Access { kRead, kWrite };
  /// For writing the file is made if it is not there.
  static ProgressFile open(const std::filesystem::path& path, Access access);
  ~ProgressFile();
  ProgressFile(ProgressFile&&) noexcept;
  ProgressFile& operator=(ProgressFile&&) noexcept;

  /// Ids are ignored, the new ones returned. Error{kInvalidArgument} for names that are too long or
  /// hold control characters.
  std::int64_t begin_sitting(const SittingRecord& sitting);
  void end_sitting(std::int64_t sitting, const std::string& ended_at);
  /// Error{kInvalidArgument} for a movement that is not the craft's (VerdictKind::kOther).
  std::int64_t add(std::int64_t sitting, const PractisedRepetition& repetition);
  /// Empty takes a confirmation back. Error{kNotFound}.
  void confirm(std::int64_t repetition, std::optional<Label> label);

  /// Oldest first.
  std::vector<SittingRecord> sittings(const ProgressFilter& filter = {}) const;
  /// Without frames; the time at which each sitting began is that of `sittings()`. Oldest first.
  std::vector<PractisedRepetition> repetitions(const ProgressFilter& filter = {}) const;
  /// With frames. Error{kNotFound}.
  PractisedRepetition repetition(std::int64_t id) const;
  /// The newest confirmed repetitions of one learner and movement with their frames, oldest first.
  std::vector<PractisedRepetition> confirmed(const ProgressFilter& filter, std::size_t most) const;
  /// Names, with the nameless one ("") where it has sittings.
  std::vector<std::string> learners() const;

  /// Deletes every sitting of one learner; what was stored is overwritten. The number of sittings.
  int delete_learner(const std::string& learner);

 private:
  friend class ProgressQueries;
  struct Impl;
  explicit ProgressFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
