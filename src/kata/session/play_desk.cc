// SPDX-License-Identifier: Apache-2.0
#include "kata/session/play_desk.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "kata/core/error.h"
#include "kata/show/speed_text.h"
#include "kata/show/window.h"

namespace kata {
namespace {

constexpr double kSlowest = 1.0 / 8;
constexpr double kFastest = 8;
constexpr Duration kRest = std::chrono::milliseconds(500);  // on the last frame

std::string label_text(const Repetition& repetition) {
  if (repetition.label == Label::kCorrect) return "right";
  return repetition.mistake ? "wrong: " + *repetition.mistake : "wrong";
}

std::string heading_of(const char* what, const Repetition& repetition) {
  std::string heading = what + std::to_string(repetition.id);
  if (!repetition.person.empty()) heading += ", " + repetition.person;
  return heading;
}

}  // namespace

PlayDesk::PlayDesk(const Craft& craft, std::vector<std::int64_t> ids, bool with_keys)
    : craft_(craft), ids_(std::move(ids)), with_keys_(with_keys) {
  KATA_CHECK(!ids_.empty(), "there is something to play");
  load(0);
}

void PlayDesk::load(std::size_t index) {
  index_ = index;
  comparison_ = compare_with_right(craft_, ids_[index]);
  view_ = figure_view(comparison_.repetition.frames);
  if (comparison_.right) right_view_ = figure_view(comparison_.right->frames);
  frame_ = 0;
  ahead_ = {};
  has_news_ = true;
}

void PlayDesk::step(std::ptrdiff_t frames) {
  is_playing_ = false;
  const auto last = static_cast<std::ptrdiff_t>(comparison_.repetition.frames.size()) - 1;
  frame_ = static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(frame_) + frames, 0, last));
}

bool PlayDesk::press(int key) {
  has_news_ = true;
  if (key == 'q') return false;
  if (key == ' ') is_playing_ = !is_playing_;
  if (key == static_cast<int>(Key::kLeft)) step(-1);
  if (key == static_cast<int>(Key::kRight)) step(1);
  if (key == 'n') load((index_ + 1) % ids_.size());
  if (key == 'p') load((index_ + ids_.size() - 1) % ids_.size());
  if (key == '-' || key == '_') speed_ = std::max(kSlowest, speed_ / 2);
  if (key == '+' || key == '=') speed_ = std::min(kFastest, speed_ * 2);
  return true;
}

bool PlayDesk::advance(Duration elapsed) {
  if (!is_playing_) return true;
  const std::vector<Landmarks>& frames = comparison_.repetition.frames;
  ahead_ += duration_from_seconds(seconds(elapsed) * speed_);
  while (true) {
    const bool is_last = frame_ + 1 == frames.size();
    const Duration period =
        is_last ? kRest : frames[frame_ + 1].timestamp - frames[frame_].timestamp;
    if (ahead_ < period) return true;
    has_news_ = true;
    if (is_last && index_ + 1 == ids_.size()) ++rounds_;
    if (is_last && ids_.size() > 1) {
      if (index_ + 1 == ids_.size()) return false;
      load(index_ + 1);
      return true;
    }
    ahead_ -= period;
    frame_ = is_last ? 0 : frame_ + 1;
  }
}

Image PlayDesk::picture() {
  has_news_ = false;
  const Repetition& own = comparison_.repetition;
  const std::size_t last = own.frames.size() - 1;
  ComparisonScene scene;
  scene.movement = own.movement;
  scene.left = {heading_of("number ", own), label_text(own), own.label, view_, own.frames[frame_]};
  if (comparison_.right) {
    scene.right = FigurePanel{heading_of("nearest right: number ", *comparison_.right), "right",
                              Label::kCorrect, right_view_,
                              comparison_.right->frames[comparison_.partners[frame_]]};
  }
  scene.phase = last > 0 ? static_cast<double>(frame_) / static_cast<double>(last) : 1;
  const double time_s = seconds(own.frames[frame_].timestamp - own.frames.front().timestamp);
  scene.status =
      fmt::format("{} of {}   {:.2f} s   {}", index_ + 1, ids_.size(), time_s, speed_text(speed_));
  if (with_keys_) scene.keys = "space pause   ← → frame   - + speed   n p next, previous   q quit";
  return draw_comparison(scene);
}

}  // namespace kata
