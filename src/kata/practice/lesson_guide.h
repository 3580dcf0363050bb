// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "kata/core/timestamp.h"
#include "kata/practice/lesson_plan.h"

namespace kata {

enum class LessonPhase {
  kCountdown,  ///< a set is about to begin
  kSet,
  kRest,
  kDone,
};

constexpr std::string_view to_string(LessonPhase phase) {
  switch (phase) {
    case LessonPhase::kCountdown:
      return "countdown";
    case LessonPhase::kSet:
      return "set";
    case LessonPhase::kRest:
      return "rest";
    case LessonPhase::kDone:
      return "done";
  }
  return "";
}

/// Where a lesson stands.
struct LessonState {
  LessonPhase phase = LessonPhase::kCountdown;
  std::size_t step = 0;   ///< of the plan
  int set = 1;            ///< of the step, counted from 1
  bool with_help = true;  ///< false in the closing sets
  int repetitions = 0;    ///< of this set so far
  int correct = 0;
  int of = 0;         ///< repetitions of this set in all
  double left_s = 0;  ///< of a countdown or rest
};

/// A set that has ended.
struct FinishedSet {
  std::size_t step = 0;
  int set = 1;
  bool with_help = true;
  SetSummary summary;
  bool goes_on = false;  ///< enough were right, or it was the last set of the step
};

/// What happened in one step of time.
struct LessonUpdate {
  bool has_begun_phase = false;  ///< state().phase is a new one: say it
  std::vector<bool> is_told;     ///< for each verdict given: whether the learner hears of it
  bool counts = false;           ///< the verdicts given belong to a set
  std::optional<FinishedSet> finished_set;
};

/// Leads through a lesson: time and verdicts in, what to do next out. Needs no hand.
///
/// Verdicts of another movement than the set's, and those that come in a countdown or rest, do not
/// count. A set without help tells nothing.
class LessonGuide {
 public:
  explicit LessonGuide(LessonPlan plan);

  /// `now` must not go back. The verdicts are those that ended since the last call.
  LessonUpdate step(Timestamp now, const std::vector<Verdict>& verdicts);
  const LessonState& state() const { return state_; }
  const LessonPlan& plan() const { return plan_; }
  const std::vector<FinishedSet>& finished() const { return finished_; }

 private:
  void begin_phase(LessonPhase phase, Timestamp now, double seconds);
  void begin_set_at(std::size_t step, int set, bool with_help);
  void count(const Verdict& verdict, LessonUpdate& update);
  void end_set(Timestamp now, LessonUpdate& update);
  bool is_set_over() const { return state_.repetitions >= state_.of; }

  LessonPlan plan_;
  LessonState state_;
  FeedbackSchedule feedback_;
  std::optional<Timestamp> until_;  ///< of a countdown or rest
  bool has_started_ = false;
  std::vector<FinishedSet> finished_;
};

}  // namespace kata
