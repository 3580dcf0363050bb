// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/coach.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <utility>

#include "kata/coach/live_habit.h"
#include "kata/coach/live_match.h"
#include "kata/coach/live_movement.h"
#include "kata/coach/live_posture.h"
#include "kata/coach/live_rivals.h"
#include "kata/coach/live_sight.h"
#include "kata/coach/live_templates.h"

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
/// Phase is told from here on; every stream resembles the first moments of something.
constexpr double kLeastPhase = 0.15;

}  // namespace

struct Coach::Impl {
  Impl(std::shared_ptr<const Judge> taught, const CoachOptions& chosen)
      : judge(std::move(taught)),
        options(chosen),
        measured(live_measure(*judge)),
        sight(*judge),
        postures(measured),
        habits(judge->movements().size()) {
    LiveTemplates made = live_templates(*judge, measured);
    templates = std::move(made.templates);
    varieties = std::move(made.varieties);
    for (const LiveTemplate& one : templates)
      longest_s = std::max(longest_s, one.whole_duration_s());
  }

  CoachUpdate update(const Landmarks& seen) {
    CoachUpdate result;
    const Landmarks landmarks = options.swap_sides ? swapped(seen) : seen;
    const double now_s = seconds(landmarks.timestamp);
    keep(landmarks, now_s);
    const LivePosture posture = postures.next(landmarks);
    history.push(posture, now_s);
    history.trim(now_s - kKeptDurations * longest_s - 1);
    watch_for_matches();
    if (!rivals.empty() && is_settled(now_s)) settle(result.finished);
    result.cannot_see = sight.step(landmarks);
    // Of what is not seen nothing can be said, neither that it is another movement.
    result.foreign_ended = bursts.step(posture, now_s) && !result.cannot_see;
    if (result.foreign_ended) result.foreign_started = timestamp_from_seconds(bursts.began_s());
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
    Verdict verdict = nearest_around(match.start_s, match.whole_end_s(), found->verdict);
    if (found->distance() > most_distance(match.movement, verdict.kind, found->is_habit)) return;
    habits[match.movement].add(std::move(found->course));
    bursts.explain(match.start_s, match.end_s);
    told_until_s = match.end_s - kMostOverlap * (match.end_s - match.start_s);
    for (LiveTemplate& one : templates) one.forget_before(told_until_s);
    finished.push_back(std::move(verdict));
  }

  std::shared_ptr<const Judge> judge;
  CoachOptions options;
  LiveMeasure measured;
  std::vector<LiveTemplate> templates;
  std::vector<LiveVariety> varieties;  // by movement
  LiveSight sight;
  LivePostures postures;
  LiveHistory history;
  std::vector<LiveHabit> habits;  // by movement
  LiveBursts bursts;
  std::deque<Landmarks> recent;
  LiveRivals rivals;
  double longest_s = 0;
  double told_until_s = -1;

 private:
  /// A match and what the judge says of it.
  struct Finding {
    LiveMatch match;
    LiveHabit::Course course;
    std::optional<bool> is_habit;
    Verdict verdict;

    double distance() const { return match.distance + verdict.distance; }
  };

  /// Nothing where it is too far from what was taught.
  std::optional<Finding> look_at(const LiveMatch& match) const {
    Finding finding{match, LiveHabit::course(history, match.start_s, match.whole_end_s()), {}, {}};
    finding.is_habit = habits[match.movement].resembles(finding.course);
    if (match.distance >= kMostCourse && !finding.is_habit.value_or(false)) return std::nullopt;
    finding.verdict = judge->judge(frames_between(match.start_s, match.whole_end_s()));
    if (finding.verdict.kind == VerdictKind::kOther) return std::nullopt;
    return finding;
  }

  /// A left-handed learner is a right-handed one in a mirror.
  static Landmarks swapped(const Landmarks& landmarks) { return mirrored(landmarks); }

  void keep(const Landmarks& landmarks, double now_s) {
    recent.push_back(landmarks);
    recent.back().face.reset();
    while (now_s - seconds(recent.front().timestamp) > kKeptDurations * longest_s + 1)
      recent.pop_front();
  }

  std::vector<Landmarks> frames_between(double start_s, double end_s) const {
    std::vector<Landmarks> frames;
    for (const Landmarks& frame : recent) {
      const double time_s = seconds(frame.timestamp);
      if (time_s >= start_s && time_s <= end_s) frames.push_back(frame);
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
        Verdict other = judge->judge(frames_between(begin_s, until_s));
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

CoachUpdate Coach::update(const Landmarks& landmarks) { return impl_->update(landmarks); }

std::vector<Verdict> Coach::finish() {
  std::vector<Verdict> finished;
  if (!impl_->rivals.empty()) impl_->settle(finished);
  return finished;
}

}  // namespace kata
