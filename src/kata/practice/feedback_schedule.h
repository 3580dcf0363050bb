// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/verdict.h"

namespace kata {

/// When a learner hears about a repetition.
enum class FeedbackPolicy {
  kEvery,      ///< after every repetition
  kFading,     ///< after fewer and fewer as the learner gets better, more again when it gets worse
  kBand,       ///< only where the mark lies below a limit
  kOnRequest,  ///< when the learner asks
  kSummary,    ///< after a set, for the whole of it
};

constexpr std::string_view to_string(FeedbackPolicy policy) {
  switch (policy) {
    case FeedbackPolicy::kEvery:
      return "every";
    case FeedbackPolicy::kFading:
      return "fading";
    case FeedbackPolicy::kBand:
      return "band";
    case FeedbackPolicy::kOnRequest:
      return "request";
    case FeedbackPolicy::kSummary:
      return "summary";
  }
  return "";
}

struct FeedbackRule {
  FeedbackPolicy policy = FeedbackPolicy::kFading;
  int band_mark = 60;  ///< kBand: marks below it are told
};

/// A set in figures.
struct SetSummary {
  int repetitions = 0;
  int correct = 0;
  int incorrect = 0;
  double mean_mark = 0;
  std::string mistake;  ///< the most frequent named one; empty where none was named
  std::string joint;    ///< of the most frequent first reason; empty where no reason was given
  int times = 0;        ///< how often that was
};

/// Decides for each repetition whether it is told. The same verdicts give the same decisions.
///
/// Fading has four stages: all, two of three, half, a third of the repetitions. After each block of
/// six it goes one stage down where at least five were right, and one up where at most three were.
class FeedbackSchedule {
 public:
  explicit FeedbackSchedule(FeedbackRule rule = {}) : rule_(rule) {}

  /// Counts a repetition; true when the learner is to hear of it now.
  bool step(const Verdict& verdict);
  /// The learner asks: true when there is a repetition that was not told yet.
  bool request();
  /// Ends the set: what it came to, empty without repetitions. Under kSummary it is to be told.
  std::optional<SetSummary> end_set();

  /// 0 = all are told … 3 = a third; of kFading.
  int stage() const { return stage_; }

 private:
  bool is_told_by_fading(bool is_correct);

  FeedbackRule rule_;
  int stage_ = 0;
  int in_block_ = 0;  ///< repetitions of the block so far
  int right_in_block_ = 0;
  bool is_last_untold_ = false;
  std::vector<Verdict> set_;
};

}  // namespace kata
