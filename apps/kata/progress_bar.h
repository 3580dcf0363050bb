// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "kata/core/progress.h"

namespace kata {

/// A line on the terminal that shows how far work is and how long it will still take.
///
/// Silent where stderr is not a terminal. Removed when the bar is.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(double done, std::string_view doing);
  /// Valid while the bar lives.
  Progress callback();
  /// Wipes the line, so that other text can be printed; the next show() brings it back.
  void clear();

 private:
  const bool is_terminal_;
  const std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point last_shown_{};
  bool is_visible_ = false;
};

}  // namespace kata
