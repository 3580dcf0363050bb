// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "kata/archive/standing.h"

namespace kata {

/// How far an archive is, for people.
std::string in_words(const ArchiveStanding& standing);

/// "3 h 20 min", "45 s".
std::string time_in_words(double seconds);

}  // namespace kata
