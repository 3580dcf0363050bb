// SPDX-License-Identifier: Apache-2.0
#include "kata/progress/trends.h"

#include <algorithm>
#include <functional>
#include <map>
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

using MovementKey = std::pair<std::string, std::string>;  // craft, movement

constexpr const char* kFrom = " FROM repetition AS r JOIN sitting AS s ON s.id = r.sitting";
constexpr int kNewest = 20;  ///< repetitions that say what to drill
constexpr int kFewest = 5;   ///< fewer say nothing
/// A mark and an id in one number, to find the extreme with its repetition in one pass.
constexpr std::int64_t kIds = 1'000'000'000'000;

/// Repetitions of one sitting and movement that are alike in all that a trend tells apart.
struct Alike {
  std::string craft;
  std::string movement;
  std::int64_t sitting = 0;
  bool with_help = true;
  VerdictKind verdict = VerdictKind::kUnsure;
  std::string mistake;
  std::string joint;  ///< only where the mistake has no name
  int count = 0;
  std::int64_t marks = 0;    ///< their sum
  std::int64_t highest = 0;  ///< mark × kIds + id; the newest of equals
  std::int64_t lowest = 0;   ///< mark × kIds − id
};

std::vector<Alike> alike(const ProgressQueries& queries, const ProgressFilter& filter) {
  const std::string ids = std::to_string(kIds);
  const std::string select =
      "SELECT s.craft, r.movement, s.id, r.with_help, r.verdict, coalesce(r.mistake, ''),"
      " CASE WHEN r.mistake IS NULL THEN coalesce(r.joint, '') ELSE '' END, count(*), sum(r.mark),"
      " max(r.mark * " +
      ids + " + r.id), min(r.mark * " + ids + " - r.id)" + kFrom;
  std::vector<Alike> found;
  queries.rows(select, " GROUP BY s.id, 2, 4, 5, 6, 7 ORDER BY s.id, min(r.id)", filter,
               [&](sqlite::Statement& query) {
                 found.push_back({text_of(query.column(0)), text_of(query.column(1)),
                                  query.column(2).long_integer(), query.column(3).integer() != 0,
                                  static_cast<VerdictKind>(query.column(4).integer()),
                                  text_of(query.column(5)), text_of(query.column(6)),
                                  query.column(7).integer(), query.column(8).long_integer(),
                                  query.column(9).long_integer(), query.column(10).long_integer()});
               });
  return found;
}

/// A trend while it is put together.
struct Growing {
  MovementTrend trend;
  std::map<std::pair<std::string, std::string>, MistakeTrend> mistakes;  // name, joint
  std::int64_t highest = -1;
  std::int64_t lowest = 200 * kIds;
};

void add_to(Practised& practised, const Alike& one) {
  const double marks = practised.mean_mark * practised.repetitions + static_cast<double>(one.marks);
  practised.repetitions += one.count;
  practised.mean_mark = marks / practised.repetitions;
  practised.correct += one.verdict == VerdictKind::kCorrect ? one.count : 0;
  practised.incorrect += one.verdict == VerdictKind::kIncorrect ? one.count : 0;
  practised.unsure += one.verdict == VerdictKind::kUnsure ? one.count : 0;
}

void add_to(Growing& growing, const Alike& one, const SittingRecord& sitting) {
  std::vector<TrendPoint>& points = growing.trend.points;
  if (points.empty() || points.back().sitting.id != one.sitting)
    points.push_back({sitting, {}, {}});
  add_to(one.with_help ? points.back().with_help : points.back().without_help, one);
  growing.highest = std::max(growing.highest, one.highest);
  growing.lowest = std::min(growing.lowest, one.lowest);
  const bool is_told = !one.mistake.empty() || !one.joint.empty();
  if (one.verdict != VerdictKind::kIncorrect || !is_told) return;
  MistakeTrend& mistake = growing.mistakes[{one.mistake, one.joint}];
  mistake.mistake = one.mistake;
  mistake.joint = one.joint;
  mistake.times.resize(points.size());
  mistake.times.back() += one.count;
  mistake.in_all += one.count;
}

MovementTrend finished(Growing&& growing) {
  MovementTrend trend = std::move(growing.trend);
  for (auto& [key, mistake] : growing.mistakes) {
    mistake.times.resize(trend.points.size());
    trend.mistakes.push_back(std::move(mistake));
  }
  std::ranges::stable_sort(trend.mistakes, std::greater{}, &MistakeTrend::in_all);
  trend.best = growing.highest % kIds;
  trend.worst = (kIds - growing.lowest % kIds) % kIds;
  return trend;
}

struct Newest {
  VerdictKind verdict = VerdictKind::kUnsure;
  std::string mistake;  ///< its name, else the joint
};

std::vector<Newest> newest(const ProgressQueries& queries, const ProgressFilter& filter) {
  std::vector<Newest> found;
  queries.rows(std::string("SELECT r.verdict, coalesce(r.mistake, r.joint, '')") + kFrom,
               " ORDER BY r.id DESC LIMIT " + std::to_string(kNewest), filter,
               [&](sqlite::Statement& query) {
                 found.push_back({static_cast<VerdictKind>(query.column(0).integer()),
                                  text_of(query.column(1))});
               });
  return found;
}

Drill drill_of(const std::vector<Newest>& repetitions) {
  Drill drill;
  drill.of = static_cast<int>(repetitions.size());
  std::map<std::string, int> made;
  for (const Newest& one : repetitions) {
    if (one.verdict != VerdictKind::kIncorrect) continue;
    ++drill.wrong;
    if (!one.mistake.empty()) ++made[one.mistake];
  }
  const auto most =
      std::ranges::max_element(made, {}, [](const auto& each) { return each.second; });
  if (most != made.end() && 2 * most->second >= drill.wrong) drill.mistake = most->first;
  return drill;
}

std::vector<MovementKey> movements_of(const ProgressQueries& queries,
                                      const ProgressFilter& filter) {
  std::vector<MovementKey> found;
  queries.rows(std::string("SELECT DISTINCT s.craft, r.movement") + kFrom, " ORDER BY 1, 2", filter,
               [&](sqlite::Statement& query) {
                 found.emplace_back(text_of(query.column(0)), text_of(query.column(1)));
               });
  return found;
}

}  // namespace

std::vector<MovementTrend> trends(const ProgressFile& file, const ProgressFilter& filter) {
  std::map<std::int64_t, SittingRecord> sittings;
  for (SittingRecord& sitting : file.sittings(filter)) {
    const std::int64_t id = sitting.id;
    sittings.emplace(id, std::move(sitting));
  }
  std::vector<Growing> growing;
  std::map<MovementKey, std::size_t> places;
  for (const Alike& one : alike(ProgressQueries(file), filter)) {
    const auto [place, is_new] =
        places.emplace(MovementKey{one.craft, one.movement}, growing.size());
    if (is_new) {
      growing.emplace_back();
      growing.back().trend.craft = one.craft;
      growing.back().trend.movement = one.movement;
    }
    add_to(growing[place->second], one, sittings.at(one.sitting));
  }
  std::vector<MovementTrend> result;
  for (Growing& each : growing) result.push_back(finished(std::move(each)));
  return result;
}

std::vector<Drill> drills(const ProgressFile& file, const ProgressFilter& filter) {
  const ProgressQueries queries(file);
  std::vector<Drill> result;
  for (const auto& [craft, movement] : movements_of(queries, filter)) {
    Drill drill = drill_of(newest(queries, {filter.learner, craft, movement}));
    drill.craft = craft;
    drill.movement = movement;
    if (drill.of >= kFewest && drill.wrong > 0) result.push_back(std::move(drill));
  }
  std::ranges::stable_sort(
      result, [](const Drill& a, const Drill& b) { return a.wrong * b.of > b.wrong * a.of; });
  return result;
}

}  // namespace kata
