// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_rivals.h"

#include <algorithm>
#include <utility>

namespace kata {
namespace {

/// Matches that share this much of the time of both tell of the same.
constexpr double kSame = 0.7;

/// Share of the time of both that they have in common, 0–1.
double overlap(const LiveMatch& a, const LiveMatch& b) {
  const double both_s = std::min(a.end_s, b.end_s) - std::max(a.start_s, b.start_s);
  const double all_s = std::max(a.end_s, b.end_s) - std::min(a.start_s, b.start_s);
  return both_s > 0 ? both_s / all_s : 0;
}

}  // namespace

void LiveRivals::add(const LiveMatch& match) {
  const auto same = std::find_if(matches_.begin(), matches_.end(), [&](const LiveMatch& one) {
    return overlap(one, match) >= kSame;
  });
  if (same == matches_.end()) {
    matches_.push_back(match);
  } else if (match.distance < same->distance) {
    *same = match;
  }
}

const LiveMatch& LiveRivals::nearest() const {
  return *std::min_element(
      matches_.begin(), matches_.end(),
      [](const LiveMatch& a, const LiveMatch& b) { return a.distance < b.distance; });
}

std::vector<LiveMatch> LiveRivals::take() {
  const LiveMatch middle = nearest();
  std::vector<LiveMatch> taken = std::exchange(matches_, {});
  std::erase_if(taken, [&](const LiveMatch& one) { return !(overlap(one, middle) > 0); });
  return taken;
}

}  // namespace kata
