// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <thread>

namespace kata {

/// Turns Ctrl-C and SIGTERM into a stop request; a second one ends the program at once.
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

 private:
  std::jthread waiter_;
};

}  // namespace kata
