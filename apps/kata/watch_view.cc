// SPDX-License-Identifier: Apache-2.0
#include "watch_view.h"

#include <algorithm>

#include "interrupt.h"

namespace kata {
namespace {

/// Silence of a camera that people notice; before, a message would only flicker.
constexpr Duration kNoticed = std::chrono::milliseconds(1500);

Frame blank_frame() {
  Image image(640, 480, PixelFormat::kBgr);
  std::fill_n(image.data(), image.row_stride() * 480, std::uint8_t{40});
  return {0, {}, std::make_shared<const Image>(std::move(image))};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> WatchView::keys() {
  return {{"space", "pause, go on"},
          {"r", "count from 0"},
          {"m", "mirror"},
          {"g", "teacher's ghost"},
          {"y", "that was right"},
          {"n", "that was wrong"},
          {"u", "take it back"},
          {"w", "what was the last one"},
          {"f", "full screen"},
          {"h", "this help"},
          {"q", "quit"}};
}

bool WatchView::show(const FollowedFrame& followed, Sitting& sitting) {
  if (!pictures_.is_wanted()) return true;
  sitting_ = &sitting;
  meter_.tick(followed.arrived);
  frame_ = followed.frame;
  scene_ = sitting.scene();
  scene_.frame_rate_hz = meter_.frame_rate_hz();
  scene_.latency_ms = meter_.latency_ms();
  prepare();
  pictures_.show(frame_, scene_);
  return obey(pictures_.key());
}

bool WatchView::show_waiting(Duration since) {
  if (!pictures_.has_window()) return true;
  if (since > kNoticed) {
    if (!frame_.image) frame_ = blank_frame();
    const std::string why = problem_();
    scene_.banner = "no picture";
    scene_.hint = why.empty() ? "waiting for the camera" : why + " – trying again";
    scene_.frame_rate_hz = scene_.latency_ms = 0;
    prepare();
    pictures_.show_again(frame_, scene_);
  }
  return obey(pictures_.key());
}

/// What the keys have chosen.
void WatchView::prepare() {
  scene_.is_mirrored = is_mirrored_;
  scene_.help = has_help_ ? keys() : std::vector<std::pair<std::string, std::string>>();
  if (!has_ghost_) scene_.ghost.reset();
}

bool WatchView::obey(std::optional<int> key) {
  if (key == 'm') is_mirrored_ = !is_mirrored_;
  if (key == 'g') has_ghost_ = !has_ghost_;
  if (key == 'h') has_help_ = !has_help_;
  if (key == 'f') pictures_.toggle_full_screen();
  if (key == 'w' && sitting_ != nullptr && asked_) asked_(*sitting_);
  if (sitting_ != nullptr) confirm(key);
  if (key == 'r' && sitting_ != nullptr) sitting_->reset_tally();
  if (key == ' ' && sitting_ != nullptr) return wait_while_paused();
  return key != 'q';
}

/// The teacher, beside the learner, says what the last repetition was.
void WatchView::confirm(std::optional<int> key) {
  if (key == 'y') sitting_->confirm_last(Label::kCorrect);
  if (key == 'n') sitting_->confirm_last(Label::kIncorrect);
  if (key == 'u') sitting_->undo();
}

bool WatchView::wait_while_paused() {
  while (!Interrupt::token().stop_requested()) {
    const double frame_rate_hz = scene_.frame_rate_hz;
    scene_ = sitting_->scene();  // keys may have changed it
    scene_.frame_rate_hz = frame_rate_hz;
    scene_.banner = "paused";
    prepare();
    pictures_.show_again(frame_, scene_);
    std::optional<int> key;
    while (!key && !Interrupt::token().stop_requested()) key = pictures_.wait_for_key();
    if (key == ' ') return true;
    if (!obey(key)) return false;
  }
  return false;
}

}  // namespace kata
