// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "kata/core/repetition.h"
#include "tests/support/movement_generator.h"

namespace kata::test {

/// The repetitions of a take as lessons of the movement "curl".
inline void add_repetitions(std::vector<Repetition>& to, const GeneratedTake& take, Label label,
                            std::int64_t number) {
  for (const auto& truth : take.repetitions) {
    Repetition repetition;
    repetition.take = number;
    repetition.movement = "curl";
    repetition.label = label;
    for (const Landmarks& frame : take.frames) {
      const double now_s = seconds(frame.timestamp);
      if (now_s >= truth.start_s && now_s <= truth.end_s) repetition.frames.push_back(frame);
    }
    to.push_back(repetition);
  }
}

}  // namespace kata::test
