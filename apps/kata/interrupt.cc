// SPDX-License-Identifier: Apache-2.0
#include "interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <csignal>
#include <ctime>

namespace kata {
namespace {

constexpr int kExitInterrupted = 130;
constexpr timespec kPoll{0, 100'000'000};

std::stop_source& stop_source() {
  static std::stop_source source;
  return source;
}

sigset_t watched_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t signals = watched_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is a failed write, not our end
  waiter_ = std::jthread([signals](std::stop_token ending) {
    while (!ending.stop_requested()) {
      if (sigtimedwait(&signals, nullptr, &kPoll) < 0) continue;
      if (stop_source().stop_requested()) _exit(kExitInterrupted);
      stop_source().request_stop();
    }
  });
}

Interrupt::~Interrupt() { waiter_.request_stop(); }

std::stop_token Interrupt::token() { return stop_source().get_token(); }

}  // namespace kata
