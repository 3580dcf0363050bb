// SPDX-License-Identifier: Apache-2.0
#include "kata/session/sitting.h"

#include <algorithm>
#include <utility>

namespace kata {
namespace {

constexpr std::size_t kStripLength = 10;

std::string hint_for(const CoachUpdate& update, const std::vector<Verdict>& verdicts) {
  if (update.cannot_see) return update.cannot_see->advice;
  if (verdicts.empty()) return {};
  const Verdict& last = verdicts.back();
  return last.kind == VerdictKind::kIncorrect && !last.reasons.empty() ? last.reasons.front().text
                                                                       : std::string();
}

std::vector<VerdictKind> last_kinds(const std::vector<Verdict>& verdicts) {
  const std::size_t count = std::min(verdicts.size(), kStripLength);
  std::vector<VerdictKind> kinds;
  for (std::size_t i = verdicts.size() - count; i < verdicts.size(); ++i) {
    kinds.push_back(verdicts[i].kind);
  }
  return kinds;
}

}  // namespace

Sitting::Sitting(std::shared_ptr<const Judge> judge, const SittingOptions& options)
    : judge_(std::move(judge)), options_(options), coach_(judge_, {options.swap_sides}) {}

std::vector<Verdict> Sitting::step(const Landmarks& landmarks) {
  landmarks_ = landmarks;
  update_ = coach_.update(landmarks);
  count(update_.finished);
  return update_.finished;
}

std::vector<Verdict> Sitting::finish() {
  std::vector<Verdict> verdicts = coach_.finish();
  count(verdicts);
  return verdicts;
}

void Sitting::reset_tally() {
  tally_ = {};
  verdicts_.clear();
}

void Sitting::count(const std::vector<Verdict>& verdicts) {
  for (const Verdict& verdict : verdicts) {
    verdicts_.push_back(verdict);
    switch (verdict.kind) {
      case VerdictKind::kCorrect:
        ++tally_.correct;
        break;
      case VerdictKind::kIncorrect:
        ++tally_.incorrect;
        break;
      case VerdictKind::kUnsure:
        ++tally_.unsure;
        break;
      case VerdictKind::kOther:
        ++tally_.other;
        break;
    }
  }
  tally_.repetitions = tally_.correct + tally_.incorrect + tally_.unsure;
}

OverlayScene Sitting::scene() const {
  OverlayScene scene;
  scene.landmarks = landmarks_;
  scene.phase = update_.movement ? update_.phase : -1;
  scene.with_score = true;
  scene.correct = tally_.correct;
  scene.incorrect = tally_.incorrect;
  scene.recent = last_kinds(verdicts_);
  scene.hint = hint_for(update_, verdicts_);
  if (!verdicts_.empty()) scene.verdict = verdicts_.back();
  if (update_.movement) {
    scene.movement = *update_.movement;
  } else if (!verdicts_.empty()) {
    scene.movement = verdicts_.back().movement;
  } else if (judge_->movements().size() == 1) {
    scene.movement = judge_->movements().front();
  }
  if (scene.verdict) {
    for (const Reason& reason : scene.verdict->reasons) {
      scene.joint_errors.emplace_back(reason.joint, std::min(1.0, reason.weight * 2));
    }
  }
  return scene;
}

}  // namespace kata
