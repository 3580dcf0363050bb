// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_learner.h"

#include <algorithm>
#include <utility>

#include "kata/find/finder_tuning.h"

namespace kata {
namespace {

constexpr FinderTuning kTuning;

}  // namespace

bool LiveLearner::should_mirror() const {
  return may_mirror_ && !is_mirrored_ && strict_[1] >= kTuning.finds_to_mirror &&
         static_cast<double>(strict_[1]) >
             kTuning.mirrored_to_straight * static_cast<double>(strict_[0]);
}

std::vector<JudgedFind> LiveLearner::add(JudgedFind one) {
  const bool is_strict = one.find.distance < kTuning.strict;
  if (is_strict) ++strict_[one.find.is_mirrored ? 1 : 0];
  if (should_mirror()) is_mirrored_ = true;
  is_known_ = is_known_ || strict_finds(is_mirrored_) >= kTuning.finds_to_know;
  const double oldest_s = one.find.end_s - kTuning.held_for_s;
  std::erase_if(held_, [&](const JudgedFind& each) { return each.find.end_s < oldest_s; });
  held_.push_back(std::move(one));
  return take_held();
}

/// Those of the learner's side that are near enough by now.
std::vector<JudgedFind> LiveLearner::take_held() {
  const double limit = is_known_ ? kTuning.known : kTuning.strict;
  const auto told = std::stable_partition(held_.begin(), held_.end(), [&](const JudgedFind& one) {
    return one.find.is_mirrored != is_mirrored_ || one.find.distance >= limit;
  });
  std::vector<JudgedFind> result(std::make_move_iterator(told),
                                 std::make_move_iterator(held_.end()));
  held_.erase(told, held_.end());
  return result;
}

void LiveLearner::forget() {
  is_known_ = is_mirrored_ = false;
  strict_[0] = strict_[1] = 0;
  held_.clear();
}

}  // namespace kata
