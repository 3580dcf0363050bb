// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kata/core/hint.h"
#include "kata/core/landmarks.h"
#include "kata/core/verdict.h"
#include "kata/learn/craft_learner.h"
#include "kata/learn/judge.h"

namespace kata {

/// Why nothing can be judged now, and what the learner should do.
struct CannotSee {
  /// What the craft needs: "right_hand", "left_hand", "pose"; "level": the picture lies on its
  /// side.
  std::vector<std::string> missing;
  std::string advice;  ///< for people: "step back until both hands are in the picture"
};

/// What the coach knows after one frame.
struct CoachUpdate {
  std::optional<std::string> movement;  ///< the movement now under way; empty between repetitions
  double phase = 0;                     ///< 0–1: how far along it is
  std::optional<CannotSee> cannot_see;
  std::vector<Verdict> finished;    ///< repetitions that ended; usually none, at most a few
  bool foreign_ended = false;       ///< a movement that is not the craft's has just ended
  Timestamp foreign_started{};      ///< when it had begun
  double foreign_distance = 0;      ///< of the part of it that was nearest to what was taught
  std::string foreign_nearest;      ///< the movement that this was nearest to
  std::optional<Hint> hint;         ///< why nothing is recognised; seldom
  std::optional<Verdict> standing;  ///< of the last second; only by WindowCoach
  /// The learner works with the other hand than the teacher: all is seen in a mirror.
  bool is_mirrored = false;
};

struct CoachOptions {
  /// A left-handed learner of a right-handed craft, or the reverse, from the beginning on; without
  /// it the coach finds out.
  bool swap_sides = false;
  bool with_finder = true;   ///< false: only what resembles the teacher closely; for comparison
  bool with_learner = true;  ///< false: nothing is believed of the learner; for comparison
};

/// Watches a stream of landmarks, finds the repetitions and has each judged.
class Coach {
 public:
  explicit Coach(std::shared_ptr<const Judge> judge, const CoachOptions& options = {});
  ~Coach();
  Coach(Coach&&) noexcept;
  Coach& operator=(Coach&&) noexcept;

  /// Timestamps must rise. Costs about a millisecond.
  CoachUpdate update(const Landmarks& landmarks);
  /// The stream has ended: repetitions that were complete but not yet certain.
  std::vector<Verdict> finish();
  /// What is known of the learner: here repetitions are confirmed, in the order they were told.
  CraftLearner& own();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
