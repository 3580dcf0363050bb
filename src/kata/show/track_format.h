// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kata/core/landmarks.h"

namespace kata {

/// One line of `kata track --jsonl`, without the newline (api/track.schema.json).
std::string track_json(std::int64_t frame, const Landmarks& landmarks);

/// Reads such a line. Throws Error{kCorrupt} saying what is wrong with it.
Landmarks landmarks_from_track_json(std::string_view line);

/// Header and row of `kata track --csv`: the prototype's 303 columns and a time column
/// (docs/formats.md); parts not seen are zeros, because that format says so.
std::string track_csv_header();
std::string track_csv_row(const Landmarks& landmarks);

}  // namespace kata
