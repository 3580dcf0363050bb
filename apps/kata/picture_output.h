// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "kata/core/error.h"
#include "kata/core/frame.h"
#include "kata/input/frame_source.h"
#include "kata/show/overlay.h"
#include "kata/show/timed_video.h"
#include "kata/show/window.h"

namespace kata {

struct PictureOptions {
  std::optional<std::string> video_path;  ///< annotated video; empty = none
  bool with_window = false;               ///< where there is a display
  std::string title = "Kata";
};

/// Where drawn pictures go: a window, an annotated video, both or nowhere.
///
/// The video keeps the pictures' times (kata/show/timed_video.h).
class PictureOutput {
 public:
  /// Throws Error when the video cannot be written.
  PictureOutput(const PictureOptions& options, const SourceDescription& source);

  bool is_wanted() const { return writer_ != nullptr || window_ != nullptr; }
  bool has_window() const { return window_ != nullptr; }
  /// False once the video cannot be written on; finish() tells why.
  bool is_good() const { return !failure_; }
  void show(const Frame& frame, const OverlayScene& scene);
  /// Between frames (paused, waiting): the window only, nothing is added to the video.
  void show_again(const Frame& frame, const OverlayScene& scene);
  /// The key pressed since the last call, if any; never without a window.
  std::optional<int> key();
  /// Waits for a key, for a paused picture.
  std::optional<int> wait_for_key();
  void toggle_full_screen();
  /// Completes the video; without it the unfinished file is removed. Throws Error when it could not
  /// be written to its end: of a live source, what could be is kept.
  void finish();

 private:
  bool is_live_;
  bool is_full_screen_ = false;
  std::unique_ptr<TimedVideo> writer_;
  std::optional<Error> failure_;  ///< of the writer
  std::unique_ptr<Window> window_;
};

}  // namespace kata
