// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/timestamp.h"

namespace kata {

enum class VerdictKind {
  kCorrect,
  kIncorrect,
  kUnsure,  ///< the movement is one of the craft's, but right or wrong is not clear
  kOther,   ///< not one of the craft's movements
};

constexpr std::string_view to_string(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kCorrect:
      return "correct";
    case VerdictKind::kIncorrect:
      return "incorrect";
    case VerdictKind::kUnsure:
      return "unsure";
    case VerdictKind::kOther:
      return "other";
  }
  return "";
}

/// One way in which a repetition differs from the nearest right one.
struct Reason {
  std::string joint;       ///< such as "right_elbow" or "right_hand" (fingers); core/topology.h
  std::string text;        ///< for people: "right elbow too far out from 40 % on, by 25°"
  double phase_begin = 0;  ///< 0–1 of the repetition: where the difference lies
  double phase_end = 1;
  double offset = 0;     ///< size in body units (shoulder widths), ≥ 0
  double angle_rad = 0;  ///< change of the joint's angle, signed; 0 where it has none
  double weight = 0;     ///< 0–1: share of the whole difference
};

/// What the judge says of one repetition.
struct Verdict {
  VerdictKind kind = VerdictKind::kUnsure;
  std::string movement;
  std::optional<std::string> mistake;  ///< name of the taught mistake it resembles
  int score = 0;                       ///< 0–100: likeness to a right repetition
  double confidence = 0;               ///< 0–1: calibrated probability that `kind` is true
  double distance = 0;                 ///< to the taught repetitions; 1 = the limit of "unknown"
  Timestamp start{};
  Timestamp end{};
  std::vector<Reason> reasons;  ///< most important first; empty for a right one
};

}  // namespace kata
