// SPDX-License-Identifier: Apache-2.0
#include "kata/session/practice_log.h"

#include <utility>

#include "kata/core/error.h"
#include "kata/session/utc_now.h"

namespace kata {

std::filesystem::path progress_beside(const std::filesystem::path& craft) {
  return craft.parent_path() / "progress.db";
}

PracticeLog::PracticeLog(std::filesystem::path file, std::string learner, std::string craft)
    : path_(std::move(file)), learner_(std::move(learner)), craft_(std::move(craft)) {}

PracticeLog::~PracticeLog() {
  if (file_) attempt([&] { file_->end_sitting(sitting_, utc_now()); });
}

template <typename Work>
void PracticeLog::attempt(Work&& work) {
  if (problem_) return;
  try {
    work();
  } catch (const Error& error) {
    problem_ = error.what();
  }
}

std::optional<std::int64_t> PracticeLog::add(const Verdict& verdict,
                                             const std::vector<Landmarks>& frames, bool with_help,
                                             int set) {
  if (verdict.kind == VerdictKind::kOther) return std::nullopt;
  std::optional<std::int64_t> id;
  attempt([&] {
    if (!file_) {
      ProgressFile file = ProgressFile::open(path_, ProgressFile::Access::kWrite);
      sitting_ = file.begin_sitting({0, learner_, craft_, utc_now(), ""});
      file_ = std::move(file);
    }
    PractisedRepetition repetition;
    repetition.verdict = verdict;
    repetition.with_help = with_help;
    repetition.set = set;
    repetition.frames = frames;
    id = file_->add(sitting_, repetition);
    ++kept_;
  });
  return id;
}

void PracticeLog::confirm(std::int64_t repetition, std::optional<Label> label) {
  if (!file_) return;
  attempt([&] { file_->confirm(repetition, label); });
}

}  // namespace kata
