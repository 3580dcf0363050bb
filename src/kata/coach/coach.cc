// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/coach.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <utility>

#include "kata/coach/live_habit.h"
#include "kata/coach/live_hints.h"
#include "kata/coach/live_learner.h"
#include "kata/coach/live_match.h"
#include "kata/coach/live_movement.h"
#include "kata/coach/live_posture.h"
#include "kata/coach/live_rivals.h"
#include "kata/coach/live_sight.h"
#include "kata/coach/live_templates.h"
#include "kata/find/finder.h"
#include "kata/find/finder_tuning.h"
#include "kata/learn/judge_known.h"

namespace kata {
namespace {

/// A match is final when it has not been bettered for this long: verdicts are due 0.3 s after the
/// end.
constexpr double kSettled_s = 0.16;
/// Distances from what was taught, by course and by features, each 1 at its limit: a stretch that
/// is far by both is foreign even where neither alone would say so. Other movements resemble a
/// mistake (something small, something half done) sooner than the right thing. Once the learner's
/// habit is known, what is like it may be farther from the teacher's; what is called right and is
/// not like it must be nearer.
struct ForeignLimits {
  double to_right;
  double to_wrong;
  double by_habit;
  double to_right_unlike_habit;
};
constexpr ForeignLimits kOneMovement = {1.75, 1.35, 2.0, 1.2};
/// What most resembles a movement is another of the same craft, and the judge knows that one.
constexpr ForeignLimits kSeveralMovements = {1.75, 1.5, 1.6, 1.3};
/// Where what was taught of a kind, right or wrong, is farther than this from one another, what is
/// of that kind may be farther from it, so many times as much, up to what the right thing may be at
/// first. Not in a craft of several movements, whose limits are wider already.
constexpr double kUsualVariety = 0.4;
constexpr double kForVarietyOfRight = 0.5;
constexpr double kForVarietyOfWrong = 1.5;
/// Farther by its course alone nothing is asked about that is not the learner's habit.
constexpr double kMostCourse = 1.1;
constexpr double kKeptDurations = 2.5;
/// Share of a repetition that may also be the beginning of the next: edges are known no better.
constexpr double kMostOverlap = 0.15;
/// How far, in lengths of the repetition, its edges are tried on either side.
constexpr double kEdgeShift = 0.1;
/// What was told is remembered so long, for what is counted late must not be counted twice.
constexpr double kToldFor_s = 120;
/// Phase is told from here on; every stream resembles the first moments of something.
constexpr double kLeastPhase = 0.15;

std::shared_ptr<const KnownMovements> known_movements(const Judge& judge) {
  auto known = std::make_shared<KnownMovements>();
  for (const std::string& name : judge.movements()) {
    known->push_back(KnownMovement::learn(judge.prototypes(name), judge.wrong_prototypes(name)));
    if (known->back()) known->back()->set_limits(ForeignBank::shipped());
  }
  return known;
}

}  // namespace

struct Coach::Impl {
  Impl(std::shared_ptr<const Judge> taught, const CoachOptions& chosen)
      : judge(std::move(taught)),
        options(chosen),
        measured(live_measure(*judge)),
        sight(*judge),
        postures(measured),
        habits(judge->movements().size()),
        known(options.with_finder ? known_movements(*judge) : std::make_shared<KnownMovements>()),
        finder(known),
        learner(!options.swap_sides),
        own(judge),
        hints(known, judge->movements()) {
    LiveTemplates made = live_templates(*judge, measured);
    templates = std::move(made.templates);
    varieties = std::move(made.varieties);
    for (const LiveTemplate& one : templates)
      longest_s = std::max(longest_s, one.whole_duration_s());
    for (const auto& one : *known) longest_s = std::max(longest_s, one ? one->duration_s() : 0);
  }

  CoachUpdate update(const Landmarks& seen) {
    CoachUpdate result;
    const Landmarks given = options.swap_sides ? kata::mirrored(seen) : seen;
    const double now_s = seconds(given.timestamp);
    keep(given, now_s);
    find(given, now_s, result);
    const Landmarks landmarks = learner.is_mirrored() ? kata::mirrored(given) : given;
    const LivePosture posture = postures.next(landmarks);
    history.push(posture, now_s);
    history.trim(now_s - kKeptDurations * longest_s - 1);
    watch_for_matches();
    if (!rivals.empty() && is_settled(now_s)) settle(result.finished);
    result.is_mirrored = learner.is_mirrored();
    result.cannot_see = sight.step(landmarks);
    tell_foreign(result, posture, now_s);
    give_hint(result, given);
    tell_progress(result, now_s);
    return result;
  }

  void settle(std::vector<Verdict>& finished) {
    std::optional<Finding> found;
    for (const LiveMatch& match : rivals.take()) {
      std::optional<Finding> other = look_at(match);
      if (other && (!found || other->distance() < found->distance())) found = std::move(other);
    }
    if (!found) return;
    const LiveMatch& match = found->match;
    if (was_told(match.start_s, match.whole_end_s())) return;
    Verdict verdict = nearest_around(match.start_s, match.whole_end_s(), found->verdict);
    if (found->distance() > most_distance(match.movement, verdict.kind, found->is_habit)) return;
    habits[match.movement].add(std::move(found->course));
    told_until_s = match.end_s - kMostOverlap * (match.end_s - match.start_s);
    for (LiveTemplate& one : templates) one.forget_before(told_until_s);
    tell(std::move(verdict), learner.is_mirrored(), finished);
  }

  /// The stream has ended.
  void settle_finds(std::vector<Verdict>& finished) { tell_finds(finder.finish(), finished); }

  std::shared_ptr<const Judge> judge;
  CoachOptions options;
  LiveMeasure measured;
  std::vector<LiveTemplate> templates;
  std::vector<LiveVariety> varieties;  // by movement
  LiveSight sight;
  LivePostures postures;
  LiveHistory history;
  std::vector<LiveHabit> habits;  // by movement
  std::shared_ptr<const KnownMovements> known;
  Finder finder;
  LiveLearner learner;
  CraftLearner own;
  LiveHints hints;
  LiveBursts bursts;
  std::deque<Landmarks> recent;  // as given
  LiveRivals rivals;
  double longest_s = 0;
  double told_until_s = -1;

 private:
  struct Span {
    double start_s = 0;
    double end_s = 0;
  };
  std::deque<Span> told;
  std::optional<Find> nearest_of_burst;
  double seen_s = -1;

  /// A match and what the judge says of it.
  struct Finding {
    LiveMatch match;
    LiveHabit::Course course;
    std::optional<bool> is_habit;
    Verdict verdict;

    double distance() const { return match.distance + verdict.distance; }
  };

  /// Whether the stretch is near enough by the limits that foreign movements gave, where those can
  /// be measured; for movements that show no body the alignment decides alone.
  bool finder_agrees(const LiveMatch& match) const {
    const auto distance =
        finder.distance(match.movement, match.start_s, match.whole_end_s(), learner.is_mirrored());
    return !distance || *distance < FinderTuning{}.agreed;
  }

  /// Nothing where it is too far from what was taught.
  std::optional<Finding> look_at(const LiveMatch& match) const {
    Finding finding{match, LiveHabit::course(history, match.start_s, match.whole_end_s()), {}, {}};
    finding.is_habit = habits[match.movement].resembles(finding.course);
    if (!finder_agrees(match)) return std::nullopt;
    if (match.distance >= kMostCourse && !finding.is_habit.value_or(false)) return std::nullopt;
    finding.verdict =
        judge->judge(frames_between(match.start_s, match.whole_end_s(), learner.is_mirrored()));
    if (finding.verdict.kind == VerdictKind::kOther) return std::nullopt;
    return finding;
  }

  void find(const Landmarks& given, double now_s, CoachUpdate& result) {
    const CourseFrame frame = course_frame(given);
    if (frame.has_body || seen_s < 0) seen_s = now_s;
    const bool was_mirrored = learner.is_mirrored();
    if (now_s - seen_s > FinderTuning{}.forget_person_s) {
      finder.forget();
      learner.forget();
      own.forget();
    }
    tell_finds(finder.step(frame), result.finished);
    if (learner.is_mirrored() == was_mirrored) return;
    turn_round(now_s);
    if (learner.is_mirrored()) result.hint = hints.turned_round(now_s);
  }

  /// Of what is not seen nothing can be said, neither that it is another movement.
  void tell_foreign(CoachUpdate& result, const LivePosture& posture, double now_s) {
    const double began_s = bursts.began_s();
    result.foreign_ended = bursts.step(posture, now_s) && !result.cannot_see;
    if (bursts.began_s() != began_s) nearest_of_burst.reset();
    const auto& nearest = finder.nearest_now()[learner.is_mirrored() ? 1 : 0];
    if (nearest && (!nearest_of_burst || nearest->distance < nearest_of_burst->distance))
      nearest_of_burst = nearest;
    if (!result.foreign_ended) return;
    result.foreign_started = timestamp_from_seconds(bursts.began_s());
    if (!nearest_of_burst) return;
    result.foreign_distance = nearest_of_burst->distance;
    result.foreign_nearest = judge->movements()[nearest_of_burst->movement];
  }

  void give_hint(CoachUpdate& result, const Landmarks& given) {
    if (result.hint) return;
    result.hint = hints.step({course_frame(given), finder.nearest_now(), bursts.is_moving(),
                              result.cannot_see.has_value()});
  }

  void tell_finds(const std::vector<Find>& finds, std::vector<Verdict>& finished) {
    for (const Find& one : finds) {
      if (!learner.may_count(one)) continue;
      Verdict verdict = verdict_of(one);
      if (verdict.kind == VerdictKind::kOther) continue;
      for (JudgedFind& found : learner.add({one, std::move(verdict)}))
        tell_find(std::move(found), finished);
    }
  }

  void tell_find(JudgedFind found, std::vector<Verdict>& finished) {
    const Find& one = found.find;
    if (was_told(one.start_s, one.end_s)) return;
    const double until_s = one.end_s - kMostOverlap * (one.end_s - one.start_s);
    told_until_s = std::max(told_until_s, until_s);
    for (LiveTemplate& each : templates) each.forget_before(told_until_s);
    tell(std::move(found.verdict), one.is_mirrored, finished);
  }

  Verdict verdict_of(const Find& find) const {
    return judge_known(*judge, frames_between(find.start_s, find.end_s, find.is_mirrored),
                       judge->movements()[find.movement]);
  }

  bool was_told(double start_s, double end_s) const {
    return std::any_of(told.begin(), told.end(), [&](const Span& one) {
      const double both_s = std::min(end_s, one.end_s) - std::max(start_s, one.start_s);
      return both_s > kMostOverlap * std::min(end_s - start_s, one.end_s - one.start_s);
    });
  }

  void tell(Verdict verdict, bool in_mirror, std::vector<Verdict>& finished) {
    const Span span{seconds(verdict.start), seconds(verdict.end)};
    bursts.explain(span.start_s, span.end_s);
    hints.told(span.end_s);
    told.push_back(span);
    while (told.front().end_s < span.end_s - kToldFor_s) told.pop_front();
    if (options.with_learner) {
      verdict = own.revise(std::move(verdict), frames_between(span.start_s, span.end_s, in_mirror));
    }
    finished.push_back(std::move(verdict));
  }

  /// Sides change: what was aligned so far was aligned with the wrong one.
  void turn_round(double now_s) {
    rivals = {};
    postures = LivePostures(measured);
    history = {};
    told_until_s = now_s;
    for (LiveTemplate& one : templates) one.forget_before(now_s);
  }

  void keep(const Landmarks& landmarks, double now_s) {
    recent.push_back(landmarks);
    recent.back().face.reset();
    while (now_s - seconds(recent.front().timestamp) > kKeptDurations * longest_s + 1)
      recent.pop_front();
  }

  std::vector<Landmarks> frames_between(double start_s, double end_s, bool in_mirror) const {
    std::vector<Landmarks> frames;
    for (const Landmarks& frame : recent) {
      const double time_s = seconds(frame.timestamp);
      if (time_s < start_s || time_s > end_s) continue;
      frames.push_back(in_mirror ? kata::mirrored(frame) : frame);
    }
    return frames;
  }

  /// Where a live match begins and ends is known less well than in a take; what is cut off or added
  /// looks like a mistake. So the edges count that make it most like anything taught.
  Verdict nearest_around(double start_s, double end_s, Verdict nearest) const {
    const double shift_s = kEdgeShift * (end_s - start_s);
    for (const double begin_s : {start_s - shift_s, start_s, start_s + shift_s}) {
      for (const double until_s : {end_s - shift_s, end_s, end_s + shift_s}) {
        if (begin_s == start_s && until_s == end_s) continue;
        Verdict other = judge->judge(frames_between(begin_s, until_s, learner.is_mirrored()));
        if (other.distance < nearest.distance) nearest = std::move(other);
      }
    }
    return nearest;
  }

  double most_distance(std::size_t movement, VerdictKind kind, std::optional<bool> is_habit) const {
    const bool is_one_movement = judge->movements().size() == 1;
    const ForeignLimits& limits = is_one_movement ? kOneMovement : kSeveralMovements;
    if (is_habit.value_or(false)) return limits.by_habit;
    const bool is_right = kind == VerdictKind::kCorrect;
    const double of_right = is_habit.has_value() ? limits.to_right_unlike_habit : limits.to_right;
    const double limit = is_right ? of_right : limits.to_wrong;
    if (!is_one_movement) return limit;
    const LiveVariety& variety = varieties[movement];
    const double more = is_right ? kForVarietyOfRight * (variety.right - kUsualVariety)
                                 : kForVarietyOfWrong * (variety.wrong - kUsualVariety);
    return std::min(limit + std::max(0.0, more), limits.to_right);
  }

  bool is_settled(double now_s) const {
    const LiveMatch& nearest = rivals.nearest();
    if (now_s - nearest.end_s < kSettled_s) return false;
    return std::none_of(templates.begin(), templates.end(),
                        [&](const LiveTemplate& one) { return one.may_better(nearest); });
  }

  void watch_for_matches() {
    for (LiveTemplate& one : templates) {
      const auto match = one.step(history);
      if (match && match->start_s >= told_until_s) rivals.add(*match);
    }
  }

  void tell_progress(CoachUpdate& result, double now_s) const {
    double best = 1;
    for (const LiveTemplate& one : templates) {
      const auto progress = one.progress();
      const bool is_plausible = progress.phase >= kLeastPhase && progress.start_s > told_until_s &&
                                now_s - progress.start_s > kLeastPhase * one.whole_duration_s();
      if (!is_plausible || progress.distance >= best) continue;
      best = progress.distance;
      result.movement = judge->movements()[one.movement()];
      result.phase = progress.phase;
    }
  }
};

Coach::Coach(std::shared_ptr<const Judge> judge, const CoachOptions& options)
    : impl_(std::make_unique<Impl>(std::move(judge), options)) {}
Coach::~Coach() = default;
Coach::Coach(Coach&&) noexcept = default;
Coach& Coach::operator=(Coach&&) noexcept = default;

CraftLearner& Coach::own() { return impl_->own; }

CoachUpdate Coach::update(const Landmarks& landmarks) { return impl_->update(landmarks); }

std::vector<Verdict> Coach::finish() {
  std::vector<Verdict> finished;
  impl_->settle_finds(finished);
  if (!impl_->rivals.empty()) impl_->settle(finished);
  return finished;
}

}  // namespace kata
