// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "kata/core/hint.h"

namespace kata {

/// What a learner is told: what differs, and what to do.
std::string hint_text(const Hint& hint);

}  // namespace kata
