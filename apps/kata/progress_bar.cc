// SPDX-License-Identifier: Apache-2.0
#include "progress_bar.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace kata {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr int kWidth = 30;
constexpr auto kRefresh = std::chrono::milliseconds(100);
constexpr double kFirstEstimate = 0.02;  // before that the estimate is noise

std::string remaining(double done, double elapsed_s) {
  if (done < kFirstEstimate) return "";
  const long left_s = std::lround(elapsed_s * (1 - done) / done);
  return fmt::format("{}:{:02} left", left_s / 60, left_s % 60);
}

}  // namespace

ProgressBar::ProgressBar()
    : is_terminal_(isatty(STDERR_FILENO) == 1), started_(SteadyClock::now()) {}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::show(double done, std::string_view doing) {
  const auto now = SteadyClock::now();
  if (!is_terminal_ || now - last_shown_ < kRefresh) return;
  last_shown_ = now;
  is_visible_ = true;
  const double fraction = std::clamp(done, 0.0, 1.0);
  const int filled = static_cast<int>(fraction * kWidth);
  const double elapsed_s = std::chrono::duration<double>(now - started_).count();
  fmt::print(stderr, "\r\033[K{:>3.0f} % [{}{}] {} {}", fraction * 100,
             std::string(static_cast<std::size_t>(filled), '='),
             std::string(static_cast<std::size_t>(kWidth - filled), ' '), doing,
             remaining(fraction, elapsed_s));
  std::fflush(stderr);
}

Progress ProgressBar::callback() {
  return [this](double done, std::string_view doing) { show(done, doing); };
}

void ProgressBar::clear() {
  if (!is_visible_) return;
  fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
  is_visible_ = false;
}

}  // namespace kata
