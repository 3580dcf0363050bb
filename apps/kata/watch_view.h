// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "frame_meter.h"
#include "kata/session/follow.h"
#include "kata/session/sitting.h"
#include "picture_output.h"

namespace kata {

/// Draws a sitting and obeys the keys.
class WatchView {
 public:
  /// `problem` says why no picture comes, empty while nobody knows. Both must outlive the view.
  WatchView(PictureOutput& pictures, std::function<std::string()> problem)
      : pictures_(pictures), problem_(std::move(problem)) {}

  void set_mirrored(bool is_mirrored) { is_mirrored_ = is_mirrored; }
  void set_ghost(bool is_wanted) { has_ghost_ = is_wanted; }
  /// What happens when the learner asks for the newest repetition.
  void on_asked(std::function<void(Sitting&)> asked) { asked_ = std::move(asked); }

  /// False when the user quits.
  bool show(const FollowedFrame& followed, Sitting& sitting);
  /// While no picture comes; false when the user quits.
  bool show_waiting(Duration since);

  /// The keys of the window and what they do.
  static std::vector<std::pair<std::string, std::string>> keys();

 private:
  bool obey(std::optional<int> key);
  void confirm(std::optional<int> key);
  bool wait_while_paused();
  void prepare();

  PictureOutput& pictures_;
  std::function<std::string()> problem_;
  std::function<void(Sitting&)> asked_;
  FrameMeter meter_;
  Frame frame_;         ///< the last one, for pictures between frames
  OverlayScene scene_;  ///< of it
  Sitting* sitting_ = nullptr;
  bool is_mirrored_ = true;
  bool has_ghost_ = true;
  bool has_help_ = false;
};

}  // namespace kata
