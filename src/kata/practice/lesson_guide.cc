// SPDX-License-Identifier: Apache-2.0
#include "kata/practice/lesson_guide.h"

#include <algorithm>
#include <utility>

#include "kata/core/error.h"

namespace kata {

LessonGuide::LessonGuide(LessonPlan plan) : plan_(std::move(plan)), feedback_(plan_.feedback) {
  KATA_CHECK(!plan_.steps.empty(), "a lesson has steps");
  begin_set_at(0, 1, true);
}

void LessonGuide::begin_set_at(std::size_t step, int set, bool with_help) {
  state_ = {};
  state_.step = step;
  state_.set = set;
  state_.with_help = with_help;
  state_.of = with_help ? plan_.steps[step].repetitions : plan_.closing_repetitions;
}

void LessonGuide::begin_phase(LessonPhase phase, Timestamp now, double seconds) {
  state_.phase = phase;
  state_.left_s = seconds;
  until_.reset();
  if (phase == LessonPhase::kCountdown || phase == LessonPhase::kRest)
    until_ = now + duration_from_seconds(seconds);
}

LessonUpdate LessonGuide::step(Timestamp now, const std::vector<Verdict>& verdicts) {
  LessonUpdate update;
  const LessonState before = state_;
  if (!std::exchange(has_started_, true)) {
    begin_phase(LessonPhase::kCountdown, now, plan_.countdown_s);
    update.has_begun_phase = true;
  }
  update.counts = state_.phase == LessonPhase::kSet;
  for (const Verdict& verdict : verdicts) count(verdict, update);
  if (state_.phase == LessonPhase::kSet && is_set_over()) end_set(now, update);
  if (until_ && now >= *until_) {
    if (state_.phase == LessonPhase::kRest) {
      begin_phase(LessonPhase::kCountdown, now, plan_.countdown_s);
    } else {
      begin_phase(LessonPhase::kSet, now, 0);
    }
  }
  if (until_) state_.left_s = std::max(0.0, seconds(*until_ - now));
  update.has_begun_phase = update.has_begun_phase || state_.phase != before.phase;
  return update;
}

void LessonGuide::count(const Verdict& verdict, LessonUpdate& update) {
  const bool belongs = state_.phase == LessonPhase::kSet && !is_set_over() &&
                       verdict.kind != VerdictKind::kOther &&
                       verdict.movement == plan_.steps[state_.step].movement;
  if (!belongs) {
    update.is_told.push_back(false);
    return;
  }
  ++state_.repetitions;
  state_.correct += verdict.kind == VerdictKind::kCorrect ? 1 : 0;
  const bool is_told = feedback_.step(verdict);
  update.is_told.push_back(is_told && state_.with_help);
}

void LessonGuide::end_set(Timestamp now, LessonUpdate& update) {
  const LessonStep& step = plan_.steps[state_.step];
  FinishedSet ended{state_.step, state_.set, state_.with_help,
                    feedback_.end_set().value_or(SetSummary{}), false};
  ended.goes_on =
      !state_.with_help || state_.correct >= step.right_to_go_on || state_.set >= step.sets;
  update.finished_set = ended;
  finished_.push_back(ended);
  const bool is_last_step = state_.step + 1 == plan_.steps.size();
  const bool with_help = state_.with_help;
  if (!ended.goes_on) {
    begin_set_at(state_.step, state_.set + 1, true);
  } else if (!is_last_step) {
    begin_set_at(state_.step + 1, 1, with_help);
  } else if (with_help && plan_.closing_repetitions > 0) {
    begin_set_at(0, 1, false);
  } else {
    begin_phase(LessonPhase::kDone, now, 0);
    return;
  }
  begin_phase(LessonPhase::kRest, now, step.rest_s);
}

}  // namespace kata
