// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/craft_learner.h"

#include <algorithm>
#include <utility>

#include "kata/learn/judge_impl.h"

namespace kata {
namespace {

/// Between these a verdict on a known learner is "unsure": as likely the other way.
constexpr double kRightFrom = 0.55;
constexpr double kWrongBelow = 0.45;
/// Of so many repetitions, the newest, the frames are kept; older ones stay as they were confirmed.
constexpr std::size_t kKeptRepetitions = 200;

VerdictKind kind_of(double right) {
  if (right >= kRightFrom) return VerdictKind::kCorrect;
  return right <= kWrongBelow ? VerdictKind::kIncorrect : VerdictKind::kUnsure;
}

std::optional<std::size_t> place_of(const JudgeKnowledge& knowledge, std::string_view movement) {
  const auto found = std::ranges::find(knowledge.movements, movement);
  if (found == knowledge.movements.end()) return std::nullopt;
  return static_cast<std::size_t>(found - knowledge.movements.begin());
}

}  // namespace

CraftLearner::CraftLearner(std::shared_ptr<const Judge> judge) : judge_(std::move(judge)) {
  begin();
}

void CraftLearner::begin() {
  learners_.clear();
  for (const TaughtMovement& taught : JudgeBuilder::knowledge(*judge_).taught)
    learners_.emplace_back(taught.judge.learner_tuning());
}

Verdict CraftLearner::revise(Verdict verdict, std::span<const Landmarks> frames) {
  const JudgeKnowledge& knowledge = JudgeBuilder::knowledge(*judge_);
  const auto movement = place_of(knowledge, verdict.movement);
  if (verdict.kind == VerdictKind::kOther || !movement || frames.empty()) return verdict;
  counted_.push_back({*movement, {}, {}, {frames.begin(), frames.end()}});
  if (counted_.size() > kKeptRepetitions)
    counted_[counted_.size() - kKeptRepetitions - 1].frames = {};
  const MovementJudge& judge = knowledge.taught[*movement].judge;
  const PointTrack track = track_from_landmarks(frames);
  const Series series = body_features(track, knowledge.plan);
  const std::optional<Measured> measured = judge.measure(series);
  if (!measured) return verdict;
  Decision decision{*movement, 1, judge.judge(series), VerdictKind::kUnsure};
  decision.opinion.right = learners_[*movement].right(*measured);
  decision.kind = kind_of(decision.opinion.right);
  counted_.back().place = learners_[*movement].add(*measured);
  Verdict revised = verdict_of(knowledge, decision, track);
  revised.start = verdict.start;
  revised.end = verdict.end;
  revised.distance = verdict.distance;
  return revised;
}

bool CraftLearner::confirm(std::size_t number, std::optional<Label> label) {
  if (number < 1 || number > counted_.size()) return false;
  Counted& counted = counted_[number - 1];
  counted.label = label;
  if (counted.place) learners_[counted.movement].confirm(*counted.place, label);
  return true;
}

std::optional<Label> CraftLearner::confirmed(std::size_t number) const {
  if (number < 1 || number > counted_.size()) return std::nullopt;
  return counted_[number - 1].label;
}

std::optional<Repetition> CraftLearner::repetition(std::size_t number) const {
  if (number < 1 || number > counted_.size() || counted_[number - 1].frames.empty())
    return std::nullopt;
  const Counted& counted = counted_[number - 1];
  Repetition repetition;
  repetition.movement = judge_->movements()[counted.movement];
  repetition.label = counted.label.value_or(Label::kCorrect);
  repetition.frames = counted.frames;
  return repetition;
}

void CraftLearner::remember(const Repetition& confirmed) {
  const JudgeKnowledge& knowledge = JudgeBuilder::knowledge(*judge_);
  const auto movement = place_of(knowledge, confirmed.movement);
  if (!movement || confirmed.frames.empty()) return;
  const Series series = body_features(track_from_landmarks(confirmed.frames), knowledge.plan);
  const auto measured = knowledge.taught[*movement].judge.measure(series);
  if (measured) learners_[*movement].add(*measured, confirmed.label);
  remembered_.push_back(confirmed);
}

void CraftLearner::forget() {
  begin();
  for (Counted& counted : counted_) counted.place.reset();
  for (const Repetition& one : std::exchange(remembered_, {})) remember(one);
}

}  // namespace kata
