// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace kata {

/// The present moment as ISO 8601, UTC, to the second: "2026-02-28T09:30:00Z".
std::string utc_now();

}  // namespace kata
