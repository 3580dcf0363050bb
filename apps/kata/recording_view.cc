// SPDX-License-Identifier: Apache-2.0
#include "recording_view.h"

#include <fmt/core.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <utility>

namespace kata {
namespace {

/// Silence of a camera that people notice; before, a message would only flicker.
constexpr Duration kNoticed = std::chrono::milliseconds(1500);

}  // namespace

RecordingView::RecordingView(PictureOutput& pictures, bool is_muted)
    : pictures_(pictures), cues_(is_muted) {}

/// A tick for each second; words where there is no picture.
void RecordingView::tick(double countdown_s) {
  const int second = static_cast<int>(std::ceil(countdown_s));
  if (second == second_) return;
  const bool is_first = second_ < 0;
  second_ = second;
  if (second > 0) {
    cues_.play(Cue::kCountdown);
    if (is_first && !has_window()) fmt::print(stderr, "the recording begins in {} s\n", second);
    return;
  }
  if (!is_first) cues_.play(Cue::kStart);
  if (!has_window()) fmt::print(stderr, "recording; Ctrl-C ends it\n");
}

bool RecordingView::show(const Frame& frame, OverlayScene scene, double countdown_s) {
  tick(countdown_s);
  if (!has_window()) return true;
  frame_ = frame;
  if (countdown_s > 0) scene.banner = std::to_string(second_);
  pictures_.show(frame, scene);
  return wants_more();
}

bool RecordingView::show_waiting(Duration since) {
  if (!has_window()) return true;
  if (since > kNoticed && frame_.image) {
    OverlayScene scene;
    scene.banner = "no picture";
    scene.hint = "waiting for the camera, q ends it";
    pictures_.show_again(frame_, scene);
  }
  return wants_more();
}

bool RecordingView::wants_more() {
  const auto key = pictures_.key();
  if (key == 'f') pictures_.toggle_full_screen();
  return key != 'q';
}

}  // namespace kata
