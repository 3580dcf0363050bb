// SPDX-License-Identifier: Apache-2.0
#include "kata/session/sitting.h"

#include <algorithm>
#include <utility>

#include "kata/session/sides.h"
#include "kata/show/hint_words.h"

namespace kata {
namespace {

constexpr std::size_t kStripLength = 10;
/// Longer repetitions are reported by their last part.
constexpr Duration kKeptFrames = std::chrono::seconds(30);
/// The end of a movement is noticed before a repetition in it is certain.
constexpr Duration kOtherPatience = std::chrono::milliseconds(600);
/// A new verdict is read before anything else takes its place.
constexpr Duration kFresh = std::chrono::seconds(2);
/// A hint is a sentence, and the learner is at work.
constexpr Duration kHintStands = std::chrono::seconds(7);

std::variant<Coach, WindowCoach> make_coach(const std::shared_ptr<const Judge>& judge,
                                            const SittingOptions& options) {
  if (options.strategy == Strategy::kWindow) return WindowCoach(judge, {options.swap_sides});
  return Coach(judge, {options.swap_sides});
}

std::string hint_for(const std::optional<CannotSee>& cannot_see, const std::optional<Hint>& hint,
                     const std::optional<Verdict>& verdict) {
  if (cannot_see) return cannot_see->advice;
  if (hint) return hint_text(*hint);
  const bool has_reason =
      verdict && verdict->kind == VerdictKind::kIncorrect && !verdict->reasons.empty();
  return has_reason ? verdict->reasons.front().text : std::string();
}

std::vector<VerdictKind> last_kinds(const std::vector<Verdict>& verdicts) {
  const std::size_t count = std::min(verdicts.size(), kStripLength);
  std::vector<VerdictKind> kinds;
  for (std::size_t i = verdicts.size() - count; i < verdicts.size(); ++i) {
    kinds.push_back(verdicts[i].kind);
  }
  return kinds;
}

void add_to(Tally& tally, VerdictKind kind) {
  tally.correct += kind == VerdictKind::kCorrect ? 1 : 0;
  tally.incorrect += kind == VerdictKind::kIncorrect ? 1 : 0;
  tally.unsure += kind == VerdictKind::kUnsure ? 1 : 0;
  tally.other += kind == VerdictKind::kOther ? 1 : 0;
  tally.repetitions = tally.correct + tally.incorrect + tally.unsure;
}

Verdict other_verdict(const CoachUpdate& update, Timestamp now) {
  Verdict verdict;
  verdict.kind = VerdictKind::kOther;
  verdict.start = update.foreign_started;
  verdict.end = now;
  verdict.distance = update.foreign_distance;
  verdict.movement = update.foreign_nearest;
  return verdict;
}

}  // namespace

Sitting::Sitting(std::shared_ptr<const Judge> judge, const SittingOptions& options)
    : judge_(std::move(judge)),
      uses_hands_(judge_->uses_hands()),
      options_(options),
      coach_(make_coach(judge_, options)),
      guide_(judge_, options.swap_sides),
      feedback_(options.feedback) {
  if (CraftLearner* known = own(); known != nullptr) {
    for (const Repetition& one : options_.remembered) known->remember(one);
  }
}

/// Movements without beginning and end have no repetitions to confirm.
CraftLearner* Sitting::own() {
  Coach* coach = std::get_if<Coach>(&coach_);
  return coach == nullptr ? nullptr : &coach->own();
}

bool Sitting::confirm(std::size_t number, std::optional<Label> label) {
  CraftLearner* known = own();
  if (known == nullptr || !known->confirm(number, label)) return false;
  std::erase(confirmations_, number);
  if (label) confirmations_.push_back(number);
  for (const OnConfirmed& told : on_confirmed_) told(number, label);
  return true;
}

std::size_t Sitting::undo() {
  if (confirmations_.empty()) return 0;
  const std::size_t number = confirmations_.back();
  confirm(number, std::nullopt);
  return number;
}

std::size_t Sitting::repetitions() const { return own() == nullptr ? 0 : own()->count(); }

std::optional<Label> Sitting::confirmed(std::size_t number) const {
  return own() == nullptr ? std::nullopt : own()->confirmed(number);
}

std::optional<Repetition> Sitting::repetition(std::size_t number) const {
  return own() == nullptr ? std::nullopt : own()->repetition(number);
}

void Sitting::confirm_as_asked() {
  std::erase_if(options_.confirmed, [&](const auto& one) {
    return one.first <= repetitions() && confirm(one.first, one.second);
  });
}

std::vector<Verdict> Sitting::step(const Landmarks& landmarks) {
  landmarks_ = landmarks;
  keep_frame(landmarks);
  update_ = std::visit([&](auto& coach) { return coach.update(as_taught(landmarks)); }, coach_);
  take_sides();
  if (const auto other = other_movement(landmarks.timestamp)) update_.finished.push_back(*other);
  count(update_.finished);
  confirm_as_asked();
  ghost_ = options_.with_ghost ? guide_.step(update_, landmarks) : std::nullopt;
  return update_.finished;
}

/// Without hands where it was taught without: watched as it was taught, however it is looked at.
Landmarks Sitting::as_taught(const Landmarks& landmarks) const {
  Landmarks kept = landmarks;
  if (uses_hands_) return kept;
  kept.left_hand.reset();
  kept.right_hand.reset();
  return kept;
}

/// Everything that is said names the learner's own sides.
void Sitting::take_sides() {
  const bool is_swapped = options_.swap_sides || update_.is_mirrored;
  guide_.set_swapped(is_swapped);
  if (is_swapped) swap_sides(update_);
  if (update_.hint) hint_ = update_.hint;
  const bool is_over =
      hint_ && (!update_.finished.empty() || landmarks_.timestamp - hint_->end > kHintStands);
  if (is_over) hint_.reset();
}

/// A movement that was foreign, once no repetition has come up that it was a part of.
std::optional<Verdict> Sitting::other_movement(Timestamp now) {
  for (const Verdict& verdict : update_.finished) {
    if (pending_other_ && verdict.end > pending_other_->start) pending_other_.reset();
  }
  if (update_.foreign_ended) pending_other_ = other_verdict(update_, now);
  if (!pending_other_ || now - pending_other_->end < kOtherPatience) return std::nullopt;
  return std::exchange(pending_other_, std::nullopt);
}

std::vector<Verdict> Sitting::finish() {
  CoachUpdate last;
  last.finished = std::visit([](auto& coach) { return coach.finish(); }, coach_);
  if (options_.swap_sides || update_.is_mirrored) swap_sides(last);
  count(last.finished);
  return last.finished;
}

void Sitting::reset_tally() {
  tally_ = {};
  shown_ = {};
  verdicts_.clear();
  reported_.clear();
  teachers_.clear();
}

void Sitting::count(const std::vector<Verdict>& verdicts) {
  told_.clear();
  for (const Verdict& verdict : verdicts) {
    verdicts_.push_back(verdict);
    keep_for_report(verdict);
    add_to(tally_, verdict.kind);
    if (feedback_.step(verdict)) {
      told_.push_back(verdict);
      tell(verdict);
    } else {
      shown_.verdict.reset();
    }
  }
}

void Sitting::tell(const Verdict& verdict) { shown_ = {tally_, last_kinds(verdicts_), verdict}; }

std::optional<Verdict> Sitting::ask() {
  if (!feedback_.request() || verdicts_.empty()) return std::nullopt;
  tell(verdicts_.back());
  return verdicts_.back();
}

void Sitting::keep_frame(const Landmarks& landmarks) {
  if (!keeps_frames()) return;
  recent_.push_back(landmarks);
  recent_.back().face.reset();
  while (landmarks.timestamp - recent_.front().timestamp > kKeptFrames) recent_.pop_front();
}

std::vector<Landmarks> Sitting::frames_of(const Verdict& verdict) const {
  std::vector<Landmarks> frames;
  for (const Landmarks& frame : recent_) {
    if (frame.timestamp >= verdict.start && frame.timestamp <= verdict.end) frames.push_back(frame);
  }
  frames.shrink_to_fit();
  return frames;
}

void Sitting::keep_for_report(const Verdict& verdict) {
  if (options_.reported_repetitions == 0 || verdict.kind == VerdictKind::kOther) return;
  auto& teacher = teachers_[verdict.movement];
  if (!teacher) {
    teacher = std::make_shared<const std::vector<Landmarks>>(guide_.teacher(verdict.movement));
  }
  reported_.push_back({verdict, frames_of(verdict), teacher->empty() ? nullptr : teacher});
  if (reported_.size() > options_.reported_repetitions) reported_.pop_front();
}

OverlayScene Sitting::scene() const {
  OverlayScene scene;
  scene.landmarks = landmarks_;
  scene.ghost = ghost_;
  scene.phase = update_.movement ? update_.phase : -1;
  scene.with_score = true;
  scene.correct = shown_.tally.correct;
  scene.incorrect = shown_.tally.incorrect;
  scene.recent = shown_.recent;
  const bool is_fresh = !verdicts_.empty() && landmarks_.timestamp - verdicts_.back().end < kFresh;
  scene.cannot_see = update_.cannot_see.has_value() && !is_fresh;
  if (options_.strategy == Strategy::kWindow) {
    scene.verdict = update_.standing;
  } else {
    scene.verdict = shown_.verdict;
  }
  scene.hint = hint_for(scene.cannot_see ? update_.cannot_see : std::nullopt, hint_, scene.verdict);
  if (const auto label = confirmed(repetitions()); label && !scene.cannot_see)
    scene.hint = *label == Label::kCorrect ? "confirmed: right" : "confirmed: wrong";
  if (update_.movement) {
    scene.movement = *update_.movement;
  } else if (scene.verdict && !scene.verdict->movement.empty()) {
    scene.movement = scene.verdict->movement;
  } else if (judge_->movements().size() == 1) {
    scene.movement = judge_->movements().front();
  }
  if (scene.verdict && !scene.cannot_see && scene.verdict->kind != VerdictKind::kOther) {
    scene.is_coloured_by_error = true;
    for (const Reason& reason : scene.verdict->reasons) {
      scene.joint_errors.emplace_back(reason.joint, std::min(1.0, reason.weight * 2));
    }
  }
  return scene;
}

}  // namespace kata
