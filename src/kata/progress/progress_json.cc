// SPDX-License-Identifier: Apache-2.0
#include "kata/progress/progress_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace kata {
namespace {

using nlohmann::json;

json json_of(const Practised& practised) {
  return {{"repetitions", practised.repetitions},
          {"correct", practised.correct},
          {"incorrect", practised.incorrect},
          {"unsure", practised.unsure},
          {"mean_mark", std::round(10 * practised.mean_mark) / 10}};
}

json json_of(const TrendPoint& point) {
  return {{"sitting", point.sitting.id},
          {"learner", point.sitting.learner},
          {"started_at", point.sitting.started_at},
          {"with_help", json_of(point.with_help)},
          {"without_help", json_of(point.without_help)}};
}

json json_of(const MovementTrend& trend) {
  json points = json::array();
  for (const TrendPoint& point : trend.points) points.push_back(json_of(point));
  json mistakes = json::array();
  for (const MistakeTrend& mistake : trend.mistakes) {
    mistakes.push_back({{"mistake", mistake.mistake},
                        {"joint", mistake.joint},
                        {"times", mistake.times},
                        {"in_all", mistake.in_all}});
  }
  return {{"craft", trend.craft},
          {"movement", trend.movement},
          {"points", std::move(points)},
          {"mistakes", std::move(mistakes)},
          {"best", trend.best ? json(*trend.best) : json()},
          {"worst", trend.worst ? json(*trend.worst) : json()}};
}

}  // namespace

std::string progress_json(const ProgressFile& file, const ProgressFilter& filter) {
  json movements = json::array();
  for (const MovementTrend& trend : trends(file, filter)) movements.push_back(json_of(trend));
  json next = json::array();
  for (const Drill& drill : drills(file, filter)) {
    next.push_back({{"craft", drill.craft},
                    {"movement", drill.movement},
                    {"mistake", drill.mistake},
                    {"wrong", drill.wrong},
                    {"of", drill.of}});
  }
  const json whole = {{"learners", file.learners()},
                      {"movements", std::move(movements)},
                      {"drills", std::move(next)}};
  return whole.dump();
}

}  // namespace kata
