// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/judge.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kata/core/error.h"
#include "kata/learn/judge_impl.h"
#include "kata/learn/judge_known.h"

namespace kata {
namespace {

/// Between these the judge says "unsure" rather than guess. Narrow: probabilities are calibrated on
/// the persons who taught; of others, seen from elsewhere, they come out too near to one half.
constexpr double kRightFrom = 0.51;
constexpr double kWrongBelow = 0.49;

/// Below 50: how near to being right. From 50 on: how surely right, half of it by how near to the
/// nearest right repetition, so that another body's right ones are no failures.
int score_of(const Opinion& opinion) {
  if (opinion.right < 0.5) return static_cast<int>(std::lround(100 * opinion.right));
  const double nearness = std::clamp(1 - opinion.right_distance, 0.0, 1.0);
  const double sureness = 2 * opinion.right - 1;
  return static_cast<int>(std::lround(50 + 50 * sureness * (0.5 + 0.5 * nearness)));
}

VerdictKind right_or_wrong(const Opinion& opinion) {
  if (opinion.right >= kRightFrom) return VerdictKind::kCorrect;
  if (opinion.right <= kWrongBelow) return VerdictKind::kIncorrect;
  return VerdictKind::kUnsure;
}

VerdictKind kind_of(const Opinion& opinion) {
  return opinion.distance > 1 ? VerdictKind::kOther : right_or_wrong(opinion);
}

double confidence_of(const Decision& decision) {
  const Opinion& opinion = decision.opinion;
  switch (decision.kind) {
    case VerdictKind::kCorrect:
      return decision.movement_probability * opinion.right;
    case VerdictKind::kIncorrect:
      return decision.movement_probability * (1 - opinion.right);
    case VerdictKind::kUnsure:
      return decision.movement_probability * std::max(opinion.right, 1 - opinion.right);
    case VerdictKind::kOther:
      return 1 - 0.5 / std::max(opinion.distance, 1.0);
  }
  return 0;
}

const TaughtMovement* find_movement(const JudgeKnowledge& impl, std::string_view name) {
  const auto found = std::find(impl.movements.begin(), impl.movements.end(), name);
  if (found == impl.movements.end()) return nullptr;
  return &impl.taught[static_cast<std::size_t>(found - impl.movements.begin())];
}

bool has_any_part(const Series& series) {
  return std::any_of(series.values.begin(), series.values.end(),
                     [](float value) { return std::isfinite(value); });
}

bool has_hands(const std::vector<Repetition>& repetitions) {
  return std::ranges::any_of(repetitions, [](const Repetition& repetition) {
    return std::ranges::any_of(repetition.frames, [](const Landmarks& frame) {
      return frame.left_hand || frame.right_hand;
    });
  });
}

}  // namespace

Decision decide(const JudgeKnowledge& knowledge, const Series& series) {
  std::vector<double> probabilities(knowledge.movements.size(), 1.0);
  if (knowledge.which) probabilities = knowledge.which->predict(series);
  Decision decision;
  decision.movement = best_of(probabilities);
  decision.movement_probability = probabilities[decision.movement];
  decision.opinion = knowledge.taught[decision.movement].judge.judge(series);
  decision.kind = kind_of(decision.opinion);
  return decision;
}

Verdict verdict_of(const JudgeKnowledge& knowledge, const Decision& decision,
                   const PointTrack& track) {
  const Opinion& opinion = decision.opinion;
  Verdict verdict;
  verdict.kind = decision.kind;
  verdict.movement = knowledge.movements[decision.movement];
  verdict.distance = opinion.distance;
  verdict.confidence = confidence_of(decision);
  if (verdict.kind == VerdictKind::kOther) return verdict;
  verdict.score = score_of(opinion);
  if (verdict.kind != VerdictKind::kCorrect) {
    verdict.reasons =
        knowledge.taught[decision.movement].explainer.explain(track, opinion.nearest_wrong);
  }
  if (verdict.kind == VerdictKind::kIncorrect) verdict.mistake = opinion.mistake;
  return verdict;
}

Judge::Judge(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Judge::~Judge() = default;
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;

namespace {

/// What the judge makes of a repetition that is known to be one of this movement.
Decision decide_known(const JudgeKnowledge& knowledge, const Series& series,
                      std::string_view movement) {
  const auto found = std::find(knowledge.movements.begin(), knowledge.movements.end(), movement);
  KATA_CHECK(found != knowledge.movements.end(), "a movement that was not taught");
  Decision decision;
  decision.movement = static_cast<std::size_t>(found - knowledge.movements.begin());
  decision.opinion = knowledge.taught[decision.movement].judge.judge(series);
  decision.kind = right_or_wrong(decision.opinion);
  return decision;
}

/// `choose` makes a Decision of the features.
template <typename Choose>
Verdict judged(const JudgeKnowledge& knowledge, std::span<const Landmarks> frames, Choose choose) {
  Verdict verdict;
  verdict.kind = VerdictKind::kOther;
  if (frames.empty()) return verdict;
  const PointTrack track = track_from_landmarks(frames);
  const Series series = body_features(track, knowledge.plan);
  if (has_any_part(series)) verdict = verdict_of(knowledge, choose(series), track);
  verdict.start = frames.front().timestamp;
  verdict.end = frames.back().timestamp;
  return verdict;
}

}  // namespace

Verdict Judge::judge(std::span<const Landmarks> frames) const {
  return judged(*impl_, frames, [this](const Series& series) { return decide(*impl_, series); });
}

Verdict judge_known(const Judge& judge, std::span<const Landmarks> frames,
                    std::string_view movement) {
  const JudgeKnowledge& knowledge = JudgeBuilder::knowledge(judge);
  return judged(knowledge, frames,
                [&](const Series& series) { return decide_known(knowledge, series, movement); });
}

const std::vector<std::string>& Judge::movements() const { return impl_->movements; }

std::span<const Repetition> Judge::prototypes(std::string_view movement) const {
  const TaughtMovement* taught = find_movement(*impl_, movement);
  if (taught == nullptr) return {};
  return taught->prototypes;
}

std::optional<Judge> Judge::renamed(std::string_view from, std::string_view to) const {
  const auto& known = impl_->movements;
  const auto found = std::ranges::find(known, from);
  if (found == known.end() || std::ranges::find(known, to) != known.end()) return std::nullopt;
  const auto place = static_cast<std::size_t>(found - known.begin());
  Judge judge = load(save());
  judge.impl_->movements[place] = to;
  TaughtMovement& taught = judge.impl_->taught[place];
  for (auto* repetitions : {&taught.prototypes, &taught.wrong_prototypes}) {
    for (Repetition& repetition : *repetitions) repetition.movement = to;
  }
  return judge;
}

bool Judge::uses_hands() const {
  const FeaturePlan& plan = impl_->plan;
  if (plan.with_left_hand || plan.with_right_hand || plan.with_hand_paths) return true;
  return std::ranges::any_of(impl_->taught, [](const TaughtMovement& taught) {
    return has_hands(taught.prototypes) || has_hands(taught.wrong_prototypes);
  });
}

std::span<const Repetition> Judge::wrong_prototypes(std::string_view movement) const {
  const TaughtMovement* taught = find_movement(*impl_, movement);
  if (taught == nullptr) return {};
  return taught->wrong_prototypes;
}

}  // namespace kata
