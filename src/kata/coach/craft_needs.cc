// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/craft_needs.h"

#include "kata/core/topology.h"
#include "kata/find/known_movement.h"

namespace kata {
namespace {

/// Share of what is compared that a hand must carry to be needed. Of the thirteen movements of
/// bench/strangers it is above this in the turn of a screwdriver alone.
constexpr double kCarries = 0.35;
/// Share of the frames of the taught repetitions in which a part was seen.
constexpr double kNeededShare = 0.6;

struct SeenShares {
  double body = 0;
  double left_hand = 0;
  double right_hand = 0;
};

SeenShares seen_in(std::span<const Repetition> repetitions) {
  SeenShares seen;
  double frames = 0;
  for (const Repetition& repetition : repetitions) {
    for (const Landmarks& frame : repetition.frames) {
      frames += 1;
      seen.body += frame.pose ? 1 : 0;
      seen.left_hand += frame.left_hand ? 1 : 0;
      seen.right_hand += frame.right_hand ? 1 : 0;
    }
  }
  if (frames == 0) return seen;
  return {seen.body / frames, seen.left_hand / frames, seen.right_hand / frames};
}

CraftNeeds needs_of_movement(std::span<const Repetition> right) {
  const SeenShares seen = seen_in(right);
  CraftNeeds needs{seen.body > kNeededShare, seen.left_hand > kNeededShare,
                   seen.right_hand > kNeededShare};
  const auto known = needs.body ? KnownMovement::learn(right, {}) : std::nullopt;
  if (!known) return needs;
  needs.left_hand = needs.left_hand && known->weight_of_hand(Side::kLeft) > kCarries;
  needs.right_hand = needs.right_hand && known->weight_of_hand(Side::kRight) > kCarries;
  return needs;
}

}  // namespace

CraftNeeds craft_needs(const Judge& judge) {
  CraftNeeds all{false, false, false};
  for (const std::string& movement : judge.movements()) {
    const CraftNeeds one = needs_of_movement(judge.prototypes(movement));
    all.body = all.body || one.body;
    all.left_hand = all.left_hand || one.left_hand;
    all.right_hand = all.right_hand || one.right_hand;
  }
  return all;
}

}  // namespace kata
