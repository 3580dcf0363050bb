// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kata/core/frame.h"
#include "kata/show/cues.h"
#include "kata/show/overlay.h"
#include "picture_output.h"

namespace kata {

/// Shows a live recording with its countdown: in a window where there is one, else in words.
class RecordingView {
 public:
  RecordingView(PictureOutput& pictures, bool is_muted);

  /// False when the user ends it. The scene gets the countdown's banner.
  bool show(const Frame& frame, OverlayScene scene, double countdown_s);
  /// While no picture comes; false when the user ends it.
  bool show_waiting(Duration since);
  bool has_window() const { return pictures_.has_window(); }

 private:
  void tick(double countdown_s);
  bool wants_more();

  PictureOutput& pictures_;
  CuePlayer cues_;
  int second_ = -1;  ///< of the countdown, as last shown
  Frame frame_;      ///< the last one
};

}  // namespace kata
