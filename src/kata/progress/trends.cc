// SPDX-License-Identifier: Apache-2.0
#include "kata/progress/trends.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

#include "kata/progress/progress_file_impl.h"

namespace kata {

/// The sums that trends need, made by the database: 100,000 repetitions are summed there, not here.
class ProgressQueries {
 public:
  explicit ProgressQueries(const ProgressFile& file) : impl_(*file.impl_) {}

  template <typename OnRow>
  void rows(const std::string& select, const std::string& rest, const ProgressFilter& filter,
            OnRow&& on_row) const {
    impl_.read([&] {
      const Conditions conditions(filter);
      sqlite::Statement query = impl_.statement(select + conditions.sql + rest);
      conditions.bind_to(query);
      while (query.step()) on_row(query);
    });
  }

 private:
  ProgressFile::Impl& impl_;
};

namespace {

constexpr const char* kFrom = " FROM repetition AS r JOIN sitting AS s ON s.id = r.sitting";
/// What the first reason says, for what has no name.
constexpr const char* kMistake =
    "coalesce(r.mistake, ''), coalesce((SELECT joint FROM reason WHERE repetition = r.id AND place "
    "= "
    "0), '')";
constexpr int kNewest = 20;  ///< repetitions that say what to drill
constexpr int kFewest = 5;   ///< fewer say nothing

using MovementKey = std::pair<std::string, std::string>;  // craft, movement

/// Trends while they are put together.
struct Found {
  std::vector<MovementTrend> trends;
  std::map<MovementKey, std::size_t> places;
  std::map<std::int64_t, SittingRecord> sittings;

  MovementTrend& at(const std::string& craft, const std::string& movement) {
    const auto [place, is_new] = places.emplace(MovementKey{craft, movement}, trends.size());
    if (is_new) {
      trends.emplace_back();
      trends.back().craft = craft;
      trends.back().movement = movement;
    }
    return trends[place->second];
  }

  TrendPoint& point(MovementTrend& trend, std::int64_t sitting) const {
    if (trend.points.empty() || trend.points.back().sitting.id != sitting) {
      trend.points.emplace_back();
      trend.points.back().sitting = sittings.at(sitting);
    }
    return trend.points.back();
  }
};

Practised practised_of(sqlite::Statement& query, int first) {
  return {query.column(first).integer(), query.column(first + 1).integer(),
          query.column(first + 2).integer(), query.column(first + 3).integer(),
          query.column(first + 4).real()};
}

void add_points(const ProgressQueries& queries, const ProgressFilter& filter, Found& found) {
  const std::string select =
      std::string(
          "SELECT s.craft, r.movement, s.id, r.with_help, count(*), sum(r.verdict = 0),"
          " sum(r.verdict = 1), sum(r.verdict = 2), avg(r.mark)") +
      kFrom;
  queries.rows(select, " GROUP BY s.id, r.movement, r.with_help ORDER BY s.id, min(r.id)", filter,
               [&](sqlite::Statement& query) {
                 MovementTrend& trend =
                     found.at(text_of(query.column(0)), text_of(query.column(1)));
                 TrendPoint& point = found.point(trend, query.column(2).long_integer());
                 const bool with_help = query.column(3).integer() != 0;
                 (with_help ? point.with_help : point.without_help) = practised_of(query, 4);
               });
}

void add_mistakes(const ProgressQueries& queries, const ProgressFilter& filter, Found& found) {
  std::map<std::tuple<std::string, std::string, std::string, std::string>, MistakeTrend> all;
  const std::string select =
      std::string("SELECT s.craft, r.movement, s.id, count(*), ") + kMistake + kFrom;
  queries.rows(select,
               std::string(filter.learner || filter.craft || filter.movement ? " AND" : " WHERE") +
                   " r.verdict = 1 GROUP BY s.id, r.movement, 5, 6",
               filter, [&](sqlite::Statement& query) {
                 const std::string craft = text_of(query.column(0));
                 const std::string movement = text_of(query.column(1));
                 const std::string name = text_of(query.column(4));
                 const std::string joint = name.empty() ? text_of(query.column(5)) : "";
                 if (name.empty() && joint.empty()) return;
                 const MovementTrend& trend = found.at(craft, movement);
                 MistakeTrend& mistake = all[{craft, movement, name, joint}];
                 mistake.mistake = name;
                 mistake.joint = joint;
                 mistake.times.resize(trend.points.size());
                 const auto point =
                     std::ranges::find(trend.points, query.column(2).long_integer(),
                                       [](const TrendPoint& each) { return each.sitting.id; });
                 if (point == trend.points.end()) return;
                 const int times = query.column(3).integer();
                 mistake.times[static_cast<std::size_t>(point - trend.points.begin())] += times;
                 mistake.in_all += times;
               });
  for (auto& [key, mistake] : all)
    found.at(std::get<0>(key), std::get<1>(key)).mistakes.push_back(std::move(mistake));
  for (MovementTrend& trend : found.trends)
    std::ranges::stable_sort(trend.mistakes, std::greater{}, &MistakeTrend::in_all);
}

/// SQLite takes the other columns from the row that has the extreme.
void add_extremes(const ProgressQueries& queries, const ProgressFilter& filter, Found& found) {
  for (const bool is_best : {true, false}) {
    const std::string select = std::string("SELECT s.craft, r.movement, r.id, ") +
                               (is_best ? "max(r.mark * 1e9 + r.id)" : "min(r.mark * 1e9 - r.id)") +
                               kFrom;
    queries.rows(select, " GROUP BY s.craft, r.movement", filter, [&](sqlite::Statement& query) {
      MovementTrend& trend = found.at(text_of(query.column(0)), text_of(query.column(1)));
      (is_best ? trend.best : trend.worst) = query.column(2).long_integer();
    });
  }
}

}  // namespace

std::vector<MovementTrend> trends(const ProgressFile& file, const ProgressFilter& filter) {
  const ProgressQueries queries(file);
  Found found;
  for (SittingRecord& sitting : file.sittings(filter)) {
    const std::int64_t id = sitting.id;
    found.sittings.emplace(id, std::move(sitting));
  }
  add_points(queries, filter, found);
  add_mistakes(queries, filter, found);
  add_extremes(queries, filter, found);
  return std::move(found.trends);
}

std::vector<Drill> drills(const ProgressFile& file, const ProgressFilter& filter) {
  const ProgressQueries queries(file);
  std::map<MovementKey, Drill> found;
  std::map<MovementKey, std::map<std::string, int>> mistakes;
  const std::string ranked =
      std::string(
          "SELECT craft, movement, verdict, name, joint FROM (SELECT s.craft AS craft,"
          " r.movement AS movement, r.verdict AS verdict, coalesce(r.mistake, '') AS name,"
          " coalesce((SELECT joint FROM reason WHERE repetition = r.id AND place = 0), '')"
          " AS joint, row_number() OVER (PARTITION BY s.craft, r.movement ORDER BY r.id"
          " DESC) AS age") +
      kFrom;
  queries.rows(ranked, ") WHERE age <= " + std::to_string(kNewest), filter,
               [&](sqlite::Statement& query) {
                 const MovementKey key{text_of(query.column(0)), text_of(query.column(1))};
                 Drill& drill = found[key];
                 drill.craft = key.first;
                 drill.movement = key.second;
                 ++drill.of;
                 if (query.column(2).integer() != static_cast<int>(VerdictKind::kIncorrect)) return;
                 ++drill.wrong;
                 const std::string name = text_of(query.column(3));
                 const std::string what = name.empty() ? text_of(query.column(4)) : name;
                 if (!what.empty()) ++mistakes[key][what];
               });
  std::vector<Drill> result;
  for (auto& [key, drill] : found) {
    if (drill.of < kFewest || drill.wrong == 0) continue;
    const auto& made = mistakes[key];
    const auto most =
        std::ranges::max_element(made, {}, [](const auto& each) { return each.second; });
    if (most != made.end() && 2 * most->second >= drill.wrong) drill.mistake = most->first;
    result.push_back(std::move(drill));
  }
  std::ranges::stable_sort(
      result, [](const Drill& a, const Drill& b) { return a.wrong * b.of > b.wrong * a.of; });
  return result;
}

}  // namespace kata
