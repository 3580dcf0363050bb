// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata {

/// More frames than any repetition has; checked before memory is taken.
inline constexpr std::size_t kMaxFrames = 50'000;

/// Landmarks as compact bytes (docs/formats.md): exact to the bit, parts not seen take no space.
std::string blob_from_landmarks(std::span<const Landmarks> frames);

/// Throws Error{kCorrupt} on bytes that are not such a blob, {kUnsupported} on a newer version.
/// Reads at most `bytes.size()` and allocates in proportion to frames that are there.
std::vector<Landmarks> landmarks_from_blob(std::string_view bytes);

}  // namespace kata
