// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kata/core/image.h"
#include "kata/core/timestamp.h"
#include "kata/craft/craft.h"
#include "kata/session/comparison.h"
#include "kata/show/comparison_picture.h"

namespace kata {

/// Repetitions of a craft as stick figures beside their nearest right ones: keys and time in,
/// pictures out. Loads each when its turn comes. Knows no window.
class PlayDesk {
 public:
  /// At least one id; with one alone it is played again and again. The craft must outlive the desk.
  /// `with_keys`: the picture says what keys there are.
  PlayDesk(const Craft& craft, std::vector<std::int64_t> ids, bool with_keys = true);

  /// False when the user quits.
  bool press(int key);
  /// False when the last one has been played.
  bool advance(Duration elapsed);
  bool has_news() const { return has_news_; }
  Image picture();

  const Comparison& shown() const { return comparison_; }
  std::size_t frame() const { return frame_; }
  /// How often the last one has been played to its end.
  int rounds() const { return rounds_; }

 private:
  void load(std::size_t index);
  void step(std::ptrdiff_t frames);

  const Craft& craft_;
  const std::vector<std::int64_t> ids_;
  const bool with_keys_;
  std::size_t index_ = 0;
  Comparison comparison_;
  FigureView view_;
  FigureView right_view_;
  std::size_t frame_ = 0;
  Duration ahead_{};
  bool is_playing_ = true;
  double speed_ = 1;
  int rounds_ = 0;
  bool has_news_ = true;
};

}  // namespace kata
