// SPDX-License-Identifier: Apache-2.0
#include "kata/session/ghost_guide.h"

#include <algorithm>
#include <utility>

namespace kata {
namespace {

/// The coach may lose a movement for a few frames; the ghost does not flicker with it.
constexpr Duration kHold = std::chrono::milliseconds(300);
/// Share of each new frame: a body's place changes slowly, and a ghost that trembles cannot be
/// read.
constexpr double kFitShare = 0.15;
constexpr double kPhaseShare = 0.4;

}  // namespace

GhostGuide::GhostGuide(std::shared_ptr<const Judge> judge, bool swap_sides)
    : judge_(std::move(judge)), swap_sides_(swap_sides) {}

void GhostGuide::set_swapped(bool is_swapped) {
  if (is_swapped == swap_sides_) return;
  swap_sides_ = is_swapped;
  movement_.reset();
}

std::vector<Landmarks> GhostGuide::teacher(const std::string& movement) const {
  const auto prototypes = judge_->prototypes(movement);
  if (prototypes.empty()) return {};
  std::vector<Landmarks> frames = prototypes.front().frames;
  if (swap_sides_) {
    for (Landmarks& frame : frames) frame = mirrored(frame);
  }
  return frames;
}

void GhostGuide::follow_phase(const CoachUpdate& update, Timestamp now) {
  if (!update.movement) {
    if (movement_ && now - told_ > kHold) movement_.reset();
    return;
  }
  const bool is_new = movement_ != update.movement || update.phase + 0.3 < phase_;
  if (movement_ != update.movement) frames_ = teacher(*update.movement);
  movement_ = update.movement;
  phase_ = is_new ? update.phase : phase_ + kPhaseShare * (update.phase - phase_);
  told_ = now;
}

std::optional<GhostFit> GhostGuide::steady_fit(const Landmarks& teacher, const Landmarks& learner) {
  const auto fit = ghost_fit(teacher, learner);
  if (!fit) return fit_;
  if (!fit_ || fit_->image_width != fit->image_width || fit_->image_height != fit->image_height) {
    fit_ = fit;
    return fit_;
  }
  const auto approach = [](double& value, double target) { value += kFitShare * (target - value); };
  approach(fit_->scale, fit->scale);
  approach(fit_->shift_x, fit->shift_x);
  approach(fit_->shift_y, fit->shift_y);
  return fit_;
}

std::optional<Landmarks> GhostGuide::step(const CoachUpdate& update, const Landmarks& learner) {
  follow_phase(update, learner.timestamp);
  if (!movement_ || frames_.empty() || update.cannot_see || learner.is_empty()) {
    fit_.reset();
    return std::nullopt;
  }
  const Landmarks& teacher = frame_at_phase(frames_, phase_);
  const auto fit = steady_fit(teacher, learner);
  if (!fit) return std::nullopt;
  return ghost_of(teacher, *fit);
}

}  // namespace kata
