// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <thread>

namespace kata {

/// Turns Ctrl-C, SIGTERM and the end of the terminal (SIGHUP) into a stop request, so that what is
/// being made is completed; Ctrl-C or SIGTERM once more ends the program at once.
///
/// Make it first in main, before any thread: threads inherit its signal mask.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// Requested when the user interrupts.
  static std::stop_token token();
  /// As Ctrl-C does: what the program makes is completed.
  static void request_stop();

 private:
  std::jthread waiter_;
};

}  // namespace kata
