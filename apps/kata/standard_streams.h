// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace kata {

/// From now on stdout and stderr never fail in the middle of the work: a reader that has gone or a
/// full disk is kept for the end. Call it once, first in main.
///
/// `on_reader_gone` is called once, by whoever prints to stdout after its reader has gone.
void guard_standard_streams(std::function<void()> on_reader_gone);

/// The errno of the first thing that could not be printed to stdout, after what waits was printed;
/// 0: none, EPIPE: the reader has gone.
int standard_output_failure();

}  // namespace kata
