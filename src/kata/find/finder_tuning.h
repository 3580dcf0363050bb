// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

namespace kata {

/// Every number of this room that was chosen, with its unit and where it comes from. A `bench` is
/// bench/strangers on its development half; decisions 0114 and 0117 have the figures.
struct FinderTuning {
  // What is compared.
  float trunk_of_unit = 1.3F;   ///< trunk lengths: shoulders' middle to hips' middle, of one unit
  float hand_scale = 2.5F;      ///< hands are small: their points count so many times
  float compression = 0.5F;     ///< units: amplitudes above it count less and less; bench
  float position_scale = 2.5F;  ///< of positions beside directions; bench
  float sideways_scale = 0.7F;  ///< x shrinks as a camera turns, y does not; bench
  float body_in_hand = 0.5F;    ///< share of the body's amplitude that a hand's is measured with
  double least_seen = 0.6;      ///< share of a window's frames in which a part must be seen
  float leg_visibility = 0.5F;  ///< MediaPipe's limit for drawing a point
  // Other cameras: what was taught is compared as it would look from there, too.
  std::array<double, 4> turns_deg = {-35, -20, 20, 35};  ///< about the upright axis; bench
  std::size_t most_turned = 12;  ///< repetitions of each label that are turned, for speed
  double turned_limit = 0.98;  ///< of the limit without them: the bank comes so much nearer; bench
  // Which joints count.
  double small_energy = 0.1;   ///< of the largest joint's: a joint of this energy counts half
  double least_share = 0.02;   ///< weight left to a joint that goes its own way each time
  double least_weight = 0.01;  ///< of the largest: a joint of less is left out, for speed
  // Where a stretch may lie.
  double fastest = 0.5;         ///< durations of the taught
  double slowest = 2.0;         ///< durations of the taught
  double duration_step = 1.08;  ///< ratio of neighbouring durations that are tried
  double scan_step_s = 0.095;   ///< every third frame of a camera
  double least_reach = 0.3;     ///< of the taught ones' amplitude
  double most_overlap = 0.15;   ///< share of a repetition that may be the next one's, too
  double pace_free = 0.25;      ///< natural logarithm of how much a person's own pace varies
  double pace_step = 0.4;       ///< the same of a step beyond that, and
  double pace_cost = 0.3;       ///< what it costs, squared: halves of a learner's repetitions go
  double settled_s = 0.3;       ///< unbettered for this long, a stretch is the nearest
  double edge_shift = 0.12;  ///< of a stretch that another rule found: its edges are moved so far
  // How near is near.
  double bank_quantile = 0.0003;  ///< of the bank's distances: the limit, 1
  std::size_t bank_windows = 90;  ///< tried of each stream of the bank
  double strict = 0.78;           ///< of the limit, until the learner is known; bench
  double known = 0.92;            ///< of the limit, from then on; above 0.96 false ones come; bench
  double agreed = 0.92;           ///< of the limit, for what the alignment found as well; bench
  double held_for_s = 120;        ///< what is older is not counted late any more
  std::size_t finds_to_know = 3;  ///< so many strict ones and the learner is known
  // Which side the learner works with.
  std::size_t finds_to_mirror = 3;  ///< in the mirror, and
  double mirrored_to_straight = 2;  ///< more than so many times those that are not
  double forget_person_s = 5;       ///< nobody seen for so long: another person may have come
};

}  // namespace kata
