// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "kata/show/watch_format.h"

namespace kata {

/// Picks the moments that are worth telling another program: every change at once, what goes on
/// every so often, nothing while nothing is under way.
class ProgressPacer {
 public:
  explicit ProgressPacer(Duration period) : period_(period) {}

  bool is_due(const WatchProgress& progress) {
    const bool is_change = !last_ || last_->movement != progress.movement ||
                           last_->is_visible != progress.is_visible ||
                           last_->missing != progress.missing ||
                           kind_of(*last_) != kind_of(progress);
    const bool goes_on = progress.movement || !progress.is_visible || progress.standing;
    if (!is_change && (!goes_on || progress.timestamp - last_->timestamp < period_)) return false;
    last_ = progress;
    return true;
  }

 private:
  static std::optional<VerdictKind> kind_of(const WatchProgress& progress) {
    if (!progress.standing) return std::nullopt;
    return progress.standing->kind;
  }

  Duration period_;
  std::optional<WatchProgress> last_;
};

}  // namespace kata
