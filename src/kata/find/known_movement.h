// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "kata/core/repetition.h"
#include "kata/find/bank.h"
#include "kata/find/signature.h"

namespace kata {

/// What the finder knows of one taught movement.
class KnownMovement {
 public:
  /// Nothing where the repetitions show too little of a body. Its limits are still 1.
  static std::optional<KnownMovement> learn(std::span<const Repetition> right,
                                            std::span<const Repetition> wrong);
  /// How near is near follows from how near foreign movements come.
  void set_limits(const ForeignBank& bank);

  struct Nearness {
    double distance = 0;    ///< to the nearest taught repetition; 1 is the limit
    bool is_right = false;  ///< that one is
  };
  Nearness nearness(const Signature& signature) const;
  /// Whether it moves as far as what was taught, or nearly.
  bool moves_enough(const Signature& signature) const;

  BodyPart part() const { return part_; }
  double duration_s() const { return duration_s_; }  ///< median of the taught
  double reach() const { return reach_; }            ///< units, median of the taught
  const PointWeights& weights() const { return weights_; }
  double facing() const { return facing_; }  ///< units: facing_of(), median of the taught
  /// Share of what is compared that a hand's fingers carry, 0–1.
  double weight_of_hand(Side side) const;

 private:
  BodyPart part_ = BodyPart::kArms;
  double duration_s_ = 0;
  double reach_ = 0;
  double facing_ = 0;
  PointWeights weights_{};
  struct Taught {
    Signature signature;
    bool is_right = false;
  };
  std::array<double, kHandSets> nearest_by_hands(const Signature& signature) const;
  void add_turned(std::span<const Repetition> repetitions, bool is_right);

  std::vector<Taught> taught_;  // as they were seen, and as other cameras would see them
  std::size_t as_seen_ = 0;     // so many of them are the former
  std::array<double, kHandSets> limits_{1, 1, 1, 1};
};

}  // namespace kata
