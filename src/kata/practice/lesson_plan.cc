// SPDX-License-Identifier: Apache-2.0
#include "kata/practice/lesson_plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "kata/core/error.h"

namespace kata {
namespace {

using nlohmann::json;

constexpr std::size_t kMostSteps = 100;
constexpr std::size_t kMostBytes = 1 << 20;

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::kInvalidArgument, "this is no lesson: " + what);
}

const json& need_object(const json& value, const std::string& where,
                        std::initializer_list<std::string_view> known) {
  if (!value.is_object()) refuse(where + " must be an object");
  for (const auto& [name, unused] : value.items()) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      refuse(fmt::format("{} has no field \"{}\"", where, name));
  }
  return value;
}

double number_in(const json& object, const std::string& where, const char* name, double otherwise,
                 double least, double most) {
  if (!object.contains(name)) return otherwise;
  const json& value = object[name];
  if (!value.is_number() || value.get<double>() < least || value.get<double>() > most)
    refuse(fmt::format("{} of {} must be a number from {} to {}", name, where, least, most));
  return value.get<double>();
}

int whole_in(const json& object, const std::string& where, const char* name, int otherwise,
             int least, int most) {
  if (object.contains(name) && !object[name].is_number_integer())
    refuse(fmt::format("{} of {} must be a whole number", name, where));
  return static_cast<int>(number_in(object, where, name, otherwise, least, most));
}

LessonStep step_from(const json& value, std::size_t number) {
  const std::string where = fmt::format("step {}", number);
  need_object(value, where, {"movement", "sets", "repetitions", "right_to_go_on", "rest_s"});
  LessonStep step;
  if (!value.contains("movement") || !value["movement"].is_string() ||
      value["movement"].get<std::string>().empty())
    refuse(where + " names no movement");
  step.movement = value["movement"];
  step.sets = whole_in(value, where, "sets", step.sets, 1, 100);
  step.repetitions = whole_in(value, where, "repetitions", step.repetitions, 1, 1000);
  const int usual = (8 * step.repetitions + 9) / 10;  // as the default's 8 of 10
  step.right_to_go_on = whole_in(value, where, "right_to_go_on", usual, 0, step.repetitions);
  step.rest_s = number_in(value, where, "rest_s", step.rest_s, 0, 3600);
  return step;
}

FeedbackRule rule_from(const json& plan) {
  FeedbackRule rule;
  rule.band_mark = whole_in(plan, "the lesson", "band_mark", rule.band_mark, 0, 100);
  if (!plan.contains("feedback")) return rule;
  for (const FeedbackPolicy policy :
       {FeedbackPolicy::kEvery, FeedbackPolicy::kFading, FeedbackPolicy::kBand,
        FeedbackPolicy::kOnRequest, FeedbackPolicy::kSummary}) {
    if (plan["feedback"] != std::string(to_string(policy))) continue;
    rule.policy = policy;
    return rule;
  }
  refuse("feedback must be every, fading, band, request or summary");
}

}  // namespace

LessonPlan lesson_plan_from_json(std::string_view text) {
  if (text.size() > kMostBytes) refuse("it is larger than 1 MiB");
  const json parsed = json::parse(text, nullptr, false);
  if (parsed.is_discarded()) refuse("it is not JSON");
  need_object(parsed, "the lesson",
              {"steps", "countdown_s", "feedback", "band_mark", "closing_repetitions"});
  LessonPlan plan;
  if (!parsed.contains("steps") || !parsed["steps"].is_array() || parsed["steps"].empty())
    refuse("it has no steps");
  if (parsed["steps"].size() > kMostSteps) refuse("it has more than 100 steps");
  for (const json& step : parsed["steps"])
    plan.steps.push_back(step_from(step, plan.steps.size() + 1));
  plan.countdown_s = number_in(parsed, "the lesson", "countdown_s", plan.countdown_s, 0, 60);
  plan.feedback = rule_from(parsed);
  plan.closing_repetitions =
      whole_in(parsed, "the lesson", "closing_repetitions", plan.closing_repetitions, 0, 1000);
  return plan;
}

std::string lesson_plan_json(const LessonPlan& plan) {
  json steps = json::array();
  for (const LessonStep& step : plan.steps) {
    steps.push_back({{"movement", step.movement},
                     {"sets", step.sets},
                     {"repetitions", step.repetitions},
                     {"right_to_go_on", step.right_to_go_on},
                     {"rest_s", step.rest_s}});
  }
  const json whole = {{"steps", std::move(steps)},
                      {"countdown_s", plan.countdown_s},
                      {"feedback", std::string(to_string(plan.feedback.policy))},
                      {"band_mark", plan.feedback.band_mark},
                      {"closing_repetitions", plan.closing_repetitions}};
  return whole.dump();
}

}  // namespace kata
