// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/window_coach.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kata {
namespace {

/// How long the past counts: single frames that are judged otherwise change nothing.
constexpr double kMemory_s = 0.4;
/// Nearest windows come once a period, and periods differ.
constexpr double kPeriods = 1.2;
/// Another verdict must outweigh so much, and the standing one fall below the other limit.
constexpr double kEnter = 0.6;
constexpr double kLeave = 0.35;
/// Frames further apart than this do not belong to one movement.
constexpr double kLongestGap_s = 1.0;

std::size_t place_of(VerdictKind kind) { return static_cast<std::size_t>(kind); }

double taught_period_s(const Judge& judge) {
  std::vector<double> durations_s;
  for (const std::string& movement : judge.movements()) {
    for (const Repetition& repetition : judge.prototypes(movement)) {
      durations_s.push_back(duration_s(repetition.frames));
    }
  }
  if (durations_s.empty()) return 1;
  const auto middle = durations_s.begin() + static_cast<std::ptrdiff_t>(durations_s.size() / 2);
  std::nth_element(durations_s.begin(), middle, durations_s.end());
  return *middle;
}

}  // namespace

WindowCoach::WindowCoach(std::shared_ptr<const Judge> judge, const WindowOptions& options)
    : judge_(std::move(judge)),
      options_(options),
      sight_(*judge_),
      period_s_(taught_period_s(*judge_)),
      weights_(4, 0.0) {}

CoachUpdate WindowCoach::update(const Landmarks& seen) {
  CoachUpdate result;
  const Landmarks landmarks = options_.swap_sides ? mirrored(seen) : seen;
  const double passed_s =
      window_.empty() ? 0 : seconds(landmarks.timestamp - window_.back().timestamp);
  if (passed_s > kLongestGap_s) window_.clear();
  keep(landmarks);
  result.cannot_see = sight_.step(landmarks);
  if (result.cannot_see || !is_full()) {
    std::fill(weights_.begin(), weights_.end(), 0.0);
    judged_.clear();
    end_stretch(result.finished);
    return result;
  }
  const std::vector<Landmarks> frames(window_.begin(), window_.end());
  const Verdict verdict = nearest_of_the_period(judge_->judge(frames));
  weigh(verdict, passed_s);
  change_to(verdict, landmarks.timestamp, result.finished);
  result.standing = standing_;
  return result;
}

void WindowCoach::keep(const Landmarks& landmarks) {
  window_.push_back(landmarks);
  window_.back().face.reset();
  while (window_.size() > options_.frames &&
         seconds(landmarks.timestamp - window_[1].timestamp) >= period_s_) {
    window_.pop_front();
  }
}

bool WindowCoach::is_full() const {
  return window_.size() >= options_.frames &&
         seconds(window_.back().timestamp - window_.front().timestamp) >= 0.9 * period_s_;
}

Verdict WindowCoach::nearest_of_the_period(Verdict newest) {
  const Timestamp now = newest.end;
  judged_.push_back(std::move(newest));
  while (seconds(now - judged_.front().end) > kPeriods * period_s_) judged_.pop_front();
  const auto nearer = [](const Verdict& a, const Verdict& b) {
    const bool a_is_other = a.kind == VerdictKind::kOther;
    const bool b_is_other = b.kind == VerdictKind::kOther;
    return a_is_other != b_is_other ? b_is_other : a.distance < b.distance;
  };
  return *std::min_element(judged_.begin(), judged_.end(), nearer);
}

void WindowCoach::weigh(const Verdict& verdict, double seconds_passed) {
  const double share = 1 - std::exp(-seconds_passed / kMemory_s);
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const double now = i == place_of(verdict.kind) ? 1 : 0;
    weights_[i] += share * (now - weights_[i]);
  }
}

void WindowCoach::change_to(const Verdict& verdict, Timestamp now, std::vector<Verdict>& finished) {
  const bool is_same =
      standing_ && standing_->kind == verdict.kind && standing_->movement == verdict.movement;
  if (is_same) {  // the newest figures and reasons of the same verdict
    const Timestamp start = standing_->start;
    standing_ = verdict;
    standing_->start = start;
    return;
  }
  if (standing_) standing_->end = now;
  if (weights_[place_of(verdict.kind)] < kEnter) return;
  if (standing_ && standing_->kind != verdict.kind && weights_[place_of(standing_->kind)] > kLeave)
    return;
  end_stretch(finished);
  standing_ = verdict;
  standing_->start = now;
}

void WindowCoach::end_stretch(std::vector<Verdict>& finished) {
  if (standing_ && standing_->kind != VerdictKind::kOther) finished.push_back(*standing_);
  standing_.reset();
}

std::vector<Verdict> WindowCoach::finish() {
  std::vector<Verdict> finished;
  end_stretch(finished);
  return finished;
}

}  // namespace kata
