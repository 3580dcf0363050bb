// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "kata/craft/craft.h"

namespace kata {

/// What `kata show --json` prints: name, movements with their counts, repetitions without landmarks
/// and, where trained, when and with which report. One line, stable from here on.
std::string craft_json(const Craft& craft);

}  // namespace kata
