// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "kata/coach/coach.h"
#include "kata/core/landmarks.h"
#include "kata/learn/judge.h"
#include "kata/show/ghost.h"

namespace kata {

/// The teacher's right repetition beside the learner's: at the same phase, over the same body.
class GhostGuide {
 public:
  GhostGuide(std::shared_ptr<const Judge> judge, bool swap_sides);
  /// The learner was found to work with the other hand, or not any more.
  void set_swapped(bool is_swapped);

  /// What to draw with this frame; empty between repetitions and where the bodies cannot be laid
  /// over each other.
  std::optional<Landmarks> step(const CoachUpdate& update, const Landmarks& learner);

  /// The teacher's right repetition of a movement, as the learner would do it (sides swapped where
  /// asked); empty for a movement that was not taught.
  std::vector<Landmarks> teacher(const std::string& movement) const;

 private:
  void follow_phase(const CoachUpdate& update, Timestamp now);
  std::optional<GhostFit> steady_fit(const Landmarks& teacher, const Landmarks& learner);

  std::shared_ptr<const Judge> judge_;
  bool swap_sides_;
  std::optional<std::string> movement_;
  std::vector<Landmarks> frames_;  ///< of movement_
  double phase_ = 0;
  Timestamp told_{};  ///< when the coach last said that the movement is under way
  std::optional<GhostFit> fit_;
};

}  // namespace kata
