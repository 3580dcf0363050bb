// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata {

/// How a teacher marked a repetition; shown to people as "right" and "wrong".
enum class Label { kCorrect, kIncorrect };

constexpr std::string_view to_string(Label label) {
  return label == Label::kCorrect ? "correct" : "incorrect";
}

/// One pass of a movement, as recorded.
struct Repetition {
  std::int64_t id = 0;    ///< in its craft; 0 = not stored
  std::int64_t take = 0;  ///< the take it was cut from; repetitions of one take are near-duplicates
  std::string movement;
  Label label = Label::kCorrect;
  std::optional<std::string> mistake;  ///< the named mistake of an incorrect one, where named
  std::string person;                  ///< who performed it; empty = unknown
  std::vector<Landmarks> frames;       ///< timestamps rise; those of the take, not from zero
};

}  // namespace kata
