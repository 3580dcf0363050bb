// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "kata/core/for_each.h"

namespace kata {

/// Runs the work on so many threads, at least one. Where some of it fails, no further work is begun
/// and the failure of the earliest is passed on, so that what is said does not depend on the
/// threads.
ForEach side_by_side(std::size_t threads);

}  // namespace kata
