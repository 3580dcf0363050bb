// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kata {

/// Whether this system runs threads. A web page does not: there, what would run beside runs when
/// it is waited for.
#ifdef __wasi__
inline constexpr bool kHasThreads = false;
#else
inline constexpr bool kHasThreads = true;
#endif

}  // namespace kata
