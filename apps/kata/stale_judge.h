// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "kata/craft/craft.h"

namespace kata {

/// Warns on stderr where the craft's judge does not know what was changed since it was trained.
void say_if_stale(const Craft& craft, const std::string& path);

}  // namespace kata
