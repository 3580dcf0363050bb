// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/core/repetition.h"
#include "kata/core/verdict.h"
#include "kata/progress/progress_file.h"

namespace kata {

/// The file of sittings that belongs to a craft: progress.db in the craft's folder.
std::filesystem::path progress_beside(const std::filesystem::path& craft);

/// Keeps one learner's sitting while it goes on.
///
/// The sitting is stored with its first repetition, each repetition when it has ended. What cannot
/// be stored stops no lesson: `problem()` says why, and nothing more is tried.
class PracticeLog {
 public:
  PracticeLog(std::filesystem::path file, std::string learner, std::string craft);
  ~PracticeLog();
  PracticeLog(const PracticeLog&) = delete;
  PracticeLog& operator=(const PracticeLog&) = delete;

  /// The stored repetition's id; empty for a movement that is not the craft's, and after a problem.
  std::optional<std::int64_t> add(const Verdict& verdict, const std::vector<Landmarks>& frames,
                                  bool with_help = true, int set = 0);
  /// What somebody said that a repetition was; empty takes it back.
  void confirm(std::int64_t repetition, std::optional<Label> label);

  int kept() const { return kept_; }
  const std::filesystem::path& file() const { return path_; }
  const std::optional<std::string>& problem() const { return problem_; }

 private:
  template <typename Work>
  void attempt(Work&& work);

  const std::filesystem::path path_;
  const std::string learner_;
  const std::string craft_;
  std::optional<ProgressFile> file_;
  std::int64_t sitting_ = 0;
  int kept_ = 0;
  std::optional<std::string> problem_;
};

}  // namespace kata
