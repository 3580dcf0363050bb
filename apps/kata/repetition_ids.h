// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kata/craft/craft.h"

namespace kata {

/// Which repetitions a command is about: numbers and ranges of numbers ("3", "5-9"), and all of
/// some takes.
struct RepetitionChoice {
  std::vector<std::string> ids;
  std::vector<std::int64_t> takes;
};

/// Their ids, each once, in the craft's order. Throws Error{kInvalidArgument} for what is no
/// number, {kNotFound} for a repetition, range or take of which nothing is there. Removed ones
/// count as there.
std::vector<std::int64_t> chosen_repetitions(const Craft& craft, const RepetitionChoice& choice);

}  // namespace kata
