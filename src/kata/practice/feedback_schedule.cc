// SPDX-License-Identifier: Apache-2.0
#include "kata/practice/feedback_schedule.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace kata {
namespace {

constexpr int kBlock = 6;         ///< a multiple of every stage's period
constexpr int kRightForLess = 5;  ///< of a block
constexpr int kRightForMore = 3;
constexpr std::array<std::pair<int, int>, 4> kStages = {{{1, 1}, {2, 3}, {1, 2}, {1, 3}}};

/// The key that occurs most; of several the one that comes first by name.
std::pair<std::string, int> most_frequent(const std::map<std::string, int>& counts) {
  std::pair<std::string, int> most;
  for (const auto& [name, count] : counts) {
    if (count > most.second) most = {name, count};
  }
  return most;
}

SetSummary summary_of(const std::vector<Verdict>& set) {
  SetSummary summary;
  std::map<std::string, int> mistakes;
  std::map<std::string, int> joints;
  for (const Verdict& verdict : set) {
    ++summary.repetitions;
    summary.correct += verdict.kind == VerdictKind::kCorrect ? 1 : 0;
    summary.incorrect += verdict.kind == VerdictKind::kIncorrect ? 1 : 0;
    summary.mean_mark += verdict.score;
    if (verdict.mistake) {
      ++mistakes[*verdict.mistake];
    } else if (!verdict.reasons.empty()) {
      ++joints[verdict.reasons.front().joint];
    }
  }
  summary.mean_mark /= summary.repetitions;
  const auto mistake = most_frequent(mistakes);
  const auto joint = most_frequent(joints);
  if (mistake.second >= joint.second) {
    summary.mistake = mistake.first;
  } else {
    summary.joint = joint.first;
  }
  summary.times = std::max(mistake.second, joint.second);
  return summary;
}

}  // namespace

bool FeedbackSchedule::is_told_by_fading(bool is_correct) {
  const auto [told, of] = kStages[static_cast<std::size_t>(stage_)];
  const bool is_told = in_block_ % of < told;
  ++in_block_;
  right_in_block_ += is_correct ? 1 : 0;
  if (in_block_ == kBlock) {
    if (right_in_block_ >= kRightForLess) stage_ = std::min<int>(stage_ + 1, kStages.size() - 1);
    if (right_in_block_ <= kRightForMore) stage_ = std::max(stage_ - 1, 0);
    in_block_ = right_in_block_ = 0;
  }
  return is_told;
}

bool FeedbackSchedule::step(const Verdict& verdict) {
  if (verdict.kind == VerdictKind::kOther) return true;  // no repetition: it is always told
  set_.push_back(verdict);
  bool is_told = true;
  switch (rule_.policy) {
    case FeedbackPolicy::kEvery:
      break;
    case FeedbackPolicy::kFading:
      is_told = is_told_by_fading(verdict.kind == VerdictKind::kCorrect);
      break;
    case FeedbackPolicy::kBand:
      is_told = verdict.score < rule_.band_mark;
      break;
    case FeedbackPolicy::kOnRequest:
    case FeedbackPolicy::kSummary:
      is_told = false;
      break;
  }
  is_last_untold_ = !is_told;
  return is_told;
}

bool FeedbackSchedule::request() { return std::exchange(is_last_untold_, false); }

std::optional<SetSummary> FeedbackSchedule::end_set() {
  is_last_untold_ = false;
  if (set_.empty()) return std::nullopt;
  return summary_of(std::exchange(set_, {}));
}

}  // namespace kata
