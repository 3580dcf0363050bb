// SPDX-License-Identifier: Apache-2.0
#include "kata/input/lost_pictures.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kata {
namespace {

constexpr double kLongestGap_s = 10;  // a longer one is a pause, whatever failed beside it

}  // namespace

void LostPictures::came(std::optional<double> time_s, bool is_damaged) {
  // Decoders keep pictures back: the gap shows some pictures after the failure.
  if (const std::int64_t missing = missing_before(time_s); failures_ > 0 && missing > 0) {
    middle_.lost += std::max(missing, std::exchange(failures_, 0));
    note_first(*last_s_ + period_s_);
  }
  if (time_s) last_s_ = time_s;
  if (is_damaged) {
    if (damaged_last_++ == 0) damaged_since_s_ = time_s;
    return;
  }
  if (damaged_last_ > 0) note_first(damaged_since_s_);
  middle_.damaged += std::exchange(damaged_last_, 0);
}

std::int64_t LostPictures::missing_before(std::optional<double> time_s) const {
  if (!time_s || !last_s_ || *time_s - *last_s_ > kLongestGap_s) return 0;
  return std::llround((*time_s - *last_s_) / period_s_) - 1;
}

void LostPictures::note_first(std::optional<double> time_s) {
  if (!middle_.first_s) middle_.first_s = time_s;
}

PictureLosses LostPictures::all() const {
  PictureLosses all = middle_;
  all.lost += failures_;
  all.damaged += damaged_last_;
  if (!all.first_s && damaged_last_ > 0) all.first_s = damaged_since_s_;
  if (!all.first_s && failures_ > 0 && last_s_) all.first_s = *last_s_ + period_s_;
  return all;
}

}  // namespace kata
