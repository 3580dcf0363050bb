// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "kata/core/landmarks.h"
#include "kata/motion/repetition_cut.h"

namespace kata {

/// The span without its first and last frames in which nobody is seen; a gap in the middle keeps
/// its time. Empty where nobody is seen at all: that is no repetition, whoever says so.
std::optional<CutSpan> seen_part(std::span<const Landmarks> take, const CutSpan& span);

/// The same of all frames.
std::span<const Landmarks> seen_part(std::span<const Landmarks> frames);

}  // namespace kata
