// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata::bench {

/// Frames [first, last] of a take.
struct TruthSpan {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// A take that takes.py made, or a clip of a set with what `kata track --jsonl` saw of it.
struct KnownTake {
  std::string name, kind, what;  ///< what: right, one, mixed
  std::string pauses;            ///< none, some, all: there the way in and out belongs to a piece
  std::string of;                ///< the right take of the same teacher; may be empty
  std::vector<Landmarks> frames;
  std::vector<TruthSpan> repetitions, intruders;
};

/// The names in takes.json.
std::vector<std::string> take_names(const std::filesystem::path& folder);

KnownTake read_take(const std::filesystem::path& folder, const std::string& name);

}  // namespace kata::bench
