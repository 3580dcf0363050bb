// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "kata/core/error.h"
#include "kata/practice/feedback_schedule.h"
#include "kata/practice/lesson_guide.h"

namespace kata {
namespace {

using ::testing::HasSubstr;

Verdict verdict_of(bool is_correct, const std::string& movement = "saw", int mark = -1) {
  Verdict verdict;
  verdict.kind = is_correct ? VerdictKind::kCorrect : VerdictKind::kIncorrect;
  verdict.movement = movement;
  verdict.score = mark >= 0 ? mark : is_correct ? 90 : 20;
  if (!is_correct) verdict.reasons = {{"right_elbow", "", 0, 1, 0.2, 0, 1}};
  return verdict;
}

/// "x" for a repetition that is told, "." for one that is not.
std::string told(FeedbackSchedule& schedule, const std::string& done) {
  std::string said;
  for (const char c : done) said += schedule.step(verdict_of(c == 'R')) ? 'x' : '.';
  return said;
}

TEST(FeedbackSchedule, EveryRepetitionIsTold) {
  FeedbackSchedule schedule({FeedbackPolicy::kEvery, 0});
  EXPECT_EQ(told(schedule, "RRWRWRRRRRRR"), "xxxxxxxxxxxx");
}

TEST(FeedbackSchedule, FadesAsTheLearnerGetsBetter) {
  FeedbackSchedule schedule;
  EXPECT_EQ(told(schedule, "RRRRWR"), "xxxxxx");
  EXPECT_EQ(told(schedule, "RRRRRR"), "xx.xx.");
  EXPECT_EQ(told(schedule, "RWRRRR"), "x.x.x.");
  EXPECT_EQ(told(schedule, "RRRRRR"), "x..x..");
  EXPECT_EQ(schedule.stage(), 3) << "never less than a third";
}

TEST(FeedbackSchedule, ComesBackWhenTheLearnerGetsWorse) {
  FeedbackSchedule schedule;
  told(schedule, "RRRRRRRRRRRR");
  EXPECT_EQ(schedule.stage(), 2);
  EXPECT_EQ(told(schedule, "RWWRRR"), "x.x.x.");
  EXPECT_EQ(schedule.stage(), 2) << "four of six: as before";
  EXPECT_EQ(told(schedule, "RWWRWR"), "x.x.x.");
  EXPECT_EQ(told(schedule, "WWWRWR"), "xx.xx.");
  EXPECT_EQ(schedule.stage(), 0);
}

TEST(FeedbackSchedule, OnlyOutsideOfTheBand) {
  FeedbackSchedule schedule({FeedbackPolicy::kBand, 60});
  EXPECT_TRUE(schedule.step(verdict_of(true, "saw", 59)));
  EXPECT_FALSE(schedule.step(verdict_of(false, "saw", 60)));
}

TEST(FeedbackSchedule, OnRequestTheNewestIsToldOnce) {
  FeedbackSchedule schedule({FeedbackPolicy::kOnRequest, 0});
  EXPECT_FALSE(schedule.request()) << "there is nothing to tell yet";
  EXPECT_EQ(told(schedule, "RW"), "..");
  EXPECT_TRUE(schedule.request());
  EXPECT_FALSE(schedule.request());
}

TEST(FeedbackSchedule, ASetIsSummed) {
  FeedbackSchedule schedule({FeedbackPolicy::kSummary, 0});
  EXPECT_EQ(told(schedule, "RWWR"), "....");
  const auto summary = schedule.end_set();
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->repetitions, 4);
  EXPECT_EQ(summary->correct, 2);
  EXPECT_DOUBLE_EQ(summary->mean_mark, 55);
  EXPECT_EQ(summary->joint, "right_elbow");
  EXPECT_EQ(summary->times, 2);
  EXPECT_FALSE(schedule.end_set()) << "the next set is empty";
}

TEST(FeedbackSchedule, AnotherMovementIsAlwaysTold) {
  FeedbackSchedule schedule({FeedbackPolicy::kSummary, 0});
  Verdict other;
  other.kind = VerdictKind::kOther;
  EXPECT_TRUE(schedule.step(other));
  EXPECT_FALSE(schedule.end_set());
}

LessonPlan two_movements() {
  LessonPlan plan;
  plan.steps = {{"saw", 3, 2, 2, 10}, {"plane", 1, 2, 2, 10}};
  plan.countdown_s = 5;
  plan.feedback.policy = FeedbackPolicy::kEvery;
  plan.closing_repetitions = 1;
  return plan;
}

/// A guide with a clock.
struct Led {
  explicit Led(LessonPlan plan) : guide(std::move(plan)) { pass(0); }
  LessonUpdate pass(double seconds, const std::vector<Verdict>& verdicts = {}) {
    now += duration_from_seconds(seconds);
    return guide.step(now, verdicts);
  }
  LessonUpdate do_one(bool is_correct, const std::string& movement = "saw") {
    return pass(1, {verdict_of(is_correct, movement)});
  }
  const LessonState& state() const { return guide.state(); }
  Timestamp now{};
  LessonGuide guide;
};

TEST(LessonGuide, CountsDownBeforeTheFirstSet) {
  Led led(two_movements());
  EXPECT_EQ(led.state().phase, LessonPhase::kCountdown);
  EXPECT_DOUBLE_EQ(led.state().left_s, 5);
  EXPECT_FALSE(led.pass(4).has_begun_phase);
  EXPECT_DOUBLE_EQ(led.state().left_s, 1);
  EXPECT_FALSE(led.do_one(true).counts) << "it ended before the set began";
  EXPECT_EQ(led.state().phase, LessonPhase::kSet);
  EXPECT_EQ(led.state().repetitions, 0);
}

TEST(LessonGuide, GoesOnWhenEnoughWereRight) {
  Led led(two_movements());
  led.pass(5);
  led.do_one(true);
  const LessonUpdate update = led.do_one(true);
  ASSERT_TRUE(update.finished_set);
  EXPECT_TRUE(update.finished_set->goes_on);
  EXPECT_EQ(led.state().phase, LessonPhase::kRest);
  EXPECT_EQ(led.state().step, 1U);
  EXPECT_TRUE(led.pass(10).has_begun_phase);
  EXPECT_EQ(led.state().phase, LessonPhase::kCountdown);
}

TEST(LessonGuide, AnotherSetWhereTooFewWereRightButNoMoreThanPlanned) {
  Led led(two_movements());
  for (int set = 1; set <= 3; ++set) {
    led.pass(led.state().left_s);
    if (led.state().phase == LessonPhase::kCountdown) led.pass(5);
    ASSERT_EQ(led.state().phase, LessonPhase::kSet);
    EXPECT_EQ(led.state().set, set);
    led.do_one(true);
    EXPECT_EQ(led.do_one(false).finished_set->goes_on, set == 3);
  }
  EXPECT_EQ(led.state().step, 1U);
}

TEST(LessonGuide, OtherMovementsDoNotCount) {
  Led led(two_movements());
  led.pass(5);
  EXPECT_FALSE(led.do_one(true, "plane").is_told[0]);
  EXPECT_EQ(led.state().repetitions, 0);
}

TEST(LessonGuide, TheClosingSetsTellNothing) {
  LessonPlan plan = two_movements();
  plan.steps.pop_back();
  Led led(plan);
  led.pass(5);
  EXPECT_TRUE(led.do_one(true).is_told[0]);
  led.do_one(true);
  led.pass(10);
  led.pass(5);
  EXPECT_FALSE(led.state().with_help);
  EXPECT_EQ(led.state().of, 1);
  const LessonUpdate last = led.do_one(false);
  EXPECT_FALSE(last.is_told[0]);
  EXPECT_FALSE(last.finished_set->with_help);
  EXPECT_EQ(led.state().phase, LessonPhase::kDone);
  EXPECT_EQ(led.guide.finished().size(), 2U);
  led.do_one(true);
  EXPECT_EQ(led.guide.finished().size(), 2U) << "a lesson that is done stays done";
}

TEST(LessonGuide, ThirtyMinutesRunByThemselves) {
  LessonPlan plan;
  for (const char* movement : {"saw", "plane", "hammer"})
    plan.steps.push_back({movement, 3, 10, 10, 30});
  Led led(plan);
  int done = 0;
  for (int i = 0; i < 30 * 60 && led.state().phase != LessonPhase::kDone; ++i) {
    const bool is_time = led.state().phase == LessonPhase::kSet && i % 4 == 0;
    std::vector<Verdict> verdicts;
    if (is_time) verdicts = {verdict_of(++done % 3 != 0, plan.steps[led.state().step].movement)};
    led.pass(1, verdicts);
  }
  EXPECT_EQ(led.state().phase, LessonPhase::kDone);
  EXPECT_EQ(led.guide.finished().size(), 3U * 3 + 3);
}

TEST(LessonPlan, SurvivesJson) {
  LessonPlan plan = two_movements();
  plan.feedback = {FeedbackPolicy::kBand, 70};
  const LessonPlan again = lesson_plan_from_json(lesson_plan_json(plan));
  EXPECT_EQ(lesson_plan_json(again), lesson_plan_json(plan));
  EXPECT_EQ(again.feedback.policy, FeedbackPolicy::kBand);
  EXPECT_EQ(again.steps[0].right_to_go_on, 2);
}

TEST(LessonPlan, ASmallerSetAsksForAsLargeAShare) {
  const LessonPlan plan =
      lesson_plan_from_json(R"({"steps":[{"movement":"saw","repetitions":5}]})");
  EXPECT_EQ(plan.steps[0].right_to_go_on, 4);
}

TEST(LessonPlan, RefusesWithTheFieldsName) {
  for (const auto& [text, word] : std::vector<std::pair<const char*, const char*>>{
           {"{", "not JSON"},
           {"[]", "must be an object"},
           {"{}", "no steps"},
           {R"({"steps":[{}]})", "step 1 names no movement"},
           {R"({"steps":[{"movement":"saw"},{"movement":"saw","sets":0}]})", "sets of step 2"},
           {R"({"steps":[{"movement":"saw","repetitions":5,"right_to_go_on":6}]})",
            "right_to_go_on"},
           {R"({"steps":[{"movement":"saw"}],"feedback":"often"})", "feedback must be"},
           {R"({"steps":[{"movement":"saw","repetition":5}]})", "no field \"repetition\""}}) {
    try {
      lesson_plan_from_json(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(word)) << text;
    }
  }
}

}  // namespace
}  // namespace kata
