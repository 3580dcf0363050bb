// SPDX-License-Identifier: Apache-2.0
#include "interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>
#include <optional>

namespace kata {
namespace {

constexpr int kExitInterrupted = 130;
constexpr timespec kPoll{0, 100'000'000};
constexpr auto kSameWish = std::chrono::milliseconds(700);

std::stop_source& stop_source() {
  static std::stop_source source;
  return source;
}

sigset_t watched_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  struct sigaction hangup {};
  sigaction(SIGHUP, nullptr, &hangup);
  if (hangup.sa_handler != SIG_IGN) sigaddset(&signals, SIGHUP);  // nohup has it ignored
  return signals;
}

/// Whether a further signal is a further wish: programs that end others send two or three of them
/// at once (timeout, a terminal that is closed), and a recording must be completed then.
class SecondWish {
 public:
  bool is_one(int signal) {
    const auto now = std::chrono::steady_clock::now();
    if (signal != SIGHUP && first_ && now - *first_ > kSameWish) return true;
    if (!first_) first_ = now;
    return false;
  }

 private:
  std::optional<std::chrono::steady_clock::time_point> first_;
};

}  // namespace

Interrupt::Interrupt() {
  const sigset_t signals = watched_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is a failed write, not our end
  std::signal(SIGXFSZ, SIG_IGN);  // so is a file that has become too large
  waiter_ = std::jthread([signals](std::stop_token ending) {
    SecondWish second;
    while (!ending.stop_requested()) {
      const int signal = sigtimedwait(&signals, nullptr, &kPoll);
      if (signal < 0) continue;
      if (second.is_one(signal)) _exit(kExitInterrupted);
      request_stop();
    }
  });
}

Interrupt::~Interrupt() { waiter_.request_stop(); }

std::stop_token Interrupt::token() { return stop_source().get_token(); }

void Interrupt::request_stop() { stop_source().request_stop(); }

}  // namespace kata
