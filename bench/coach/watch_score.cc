// SPDX-License-Identifier: Apache-2.0
#include "watch_score.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace kata::bench {
namespace {

constexpr double kLeastOverlap = 0.3;

double overlap(const LabTruth& truth, const Verdict& verdict) {
  const double start_s = seconds(verdict.start), end_s = seconds(verdict.end);
  const double both = std::min(end_s, truth.end_s) - std::max(start_s, truth.start_s);
  const double all = std::max(end_s, truth.end_s) - std::min(start_s, truth.start_s);
  return both > 0 ? both / all : 0;
}

/// For each truth the verdict that tells of it, or -1; each verdict tells of one at most.
std::vector<int> partners(const LabTake& take, const Watching& watching) {
  std::vector<int> result(take.repetitions.size(), -1);
  std::vector<bool> taken(watching.verdicts.size(), false);
  for (std::size_t t = 0; t < take.repetitions.size(); ++t) {
    double best = kLeastOverlap;
    for (std::size_t v = 0; v < watching.verdicts.size(); ++v) {
      const Verdict& verdict = watching.verdicts[v].verdict;
      if (taken[v] || verdict.movement != take.repetitions[t].movement) continue;
      const double shared = overlap(take.repetitions[t], verdict);
      if (shared < best) continue;
      best = shared;
      result[t] = static_cast<int>(v);
    }
    if (result[t] >= 0) taken[static_cast<std::size_t>(result[t])] = true;
  }
  return result;
}

bool is_in_foreign(const LabTake& take, const Verdict& verdict) {
  const double start_s = seconds(verdict.start), end_s = seconds(verdict.end);
  return std::any_of(take.foreign.begin(), take.foreign.end(), [&](const LabTruth& one) {
    const double both_s = std::min(end_s, one.end_s) - std::max(start_s, one.start_s);
    return 2 * both_s >= end_s - start_s;
  });
}

bool is_of_right(const LabTake& take, const Verdict& verdict) {
  return std::any_of(take.repetitions.begin(), take.repetitions.end(), [&](const LabTruth& truth) {
    return truth.label == Label::kCorrect && overlap(truth, verdict) >= kLeastOverlap;
  });
}

bool agrees(const LabTruth& truth, const Verdict& verdict) {
  return verdict.kind ==
         (truth.label == Label::kCorrect ? VerdictKind::kCorrect : VerdictKind::kIncorrect);
}

}  // namespace

Watching watch(const std::shared_ptr<const Judge>& judge, const LabTake& take,
               const CoachOptions& options, int confirmed_right) {
  using Clock = std::chrono::steady_clock;
  Watching result;
  Coach coach(judge, options);
  double last_s = 0;
  const auto begin = Clock::now();
  const auto keep = [&](const std::vector<Verdict>& verdicts) {
    std::size_t number = coach.own().count() - std::min(coach.own().count(), verdicts.size());
    for (const Verdict& verdict : verdicts) {
      result.verdicts.push_back({verdict, last_s});
      ++number;
      if (confirmed_right <= 0 || !is_of_right(take, verdict)) continue;
      confirmed_right -= coach.own().confirm(number, Label::kCorrect) ? 1 : 0;
    }
  };
  for (const Landmarks& frame : take.frames) {
    const double now_s = seconds(frame.timestamp);
    const CoachUpdate update = coach.update(frame);
    if (update.cannot_see && now_s > last_s) result.cannot_see_s += now_s - last_s;
    last_s = now_s;
    result.foreign += update.foreign_ended ? 1 : 0;
    if (update.hint) result.hints.push_back(*update.hint);
    keep(update.finished);
  }
  keep(coach.finish());
  const std::chrono::duration<double, std::milli> spent = Clock::now() - begin;
  result.milliseconds_a_frame =
      spent.count() / static_cast<double>(std::max<std::size_t>(1, take.frames.size()));
  return result;
}

WatchScore score(const LabTake& take, const Watching& watching) {
  WatchScore result;
  result.truth = static_cast<int>(take.repetitions.size());
  result.foreign_s = take.foreign_s;
  const std::vector<int> partner = partners(take, watching);
  for (std::size_t t = 0; t < partner.size(); ++t) {
    if (partner[t] < 0) continue;
    const LabTruth& truth = take.repetitions[t];
    const TimedVerdict& told = watching.verdicts[static_cast<std::size_t>(partner[t])];
    ++result.found;
    result.agreed += agrees(truth, told.verdict) ? 1 : 0;
    result.unsure += told.verdict.kind == VerdictKind::kUnsure ? 1 : 0;
    result.delay_sum_s += told.told_s - truth.end_s;
    result.edge_sum_s += std::abs(seconds(told.verdict.start) - truth.start_s) +
                         std::abs(seconds(told.verdict.end) - truth.end_s);
  }
  result.false_verdicts = static_cast<int>(watching.verdicts.size()) - result.found;
  for (std::size_t v = 0; v < watching.verdicts.size(); ++v) {
    if (std::find(partner.begin(), partner.end(), static_cast<int>(v)) != partner.end()) continue;
    result.foreign_verdicts += is_in_foreign(take, watching.verdicts[v].verdict) ? 1 : 0;
  }
  return result;
}

WatchScore& WatchScore::operator+=(const WatchScore& other) {
  truth += other.truth;
  found += other.found;
  agreed += other.agreed;
  unsure += other.unsure;
  false_verdicts += other.false_verdicts;
  foreign_verdicts += other.foreign_verdicts;
  delay_sum_s += other.delay_sum_s;
  edge_sum_s += other.edge_sum_s;
  foreign_s += other.foreign_s;
  return *this;
}

void print_score(const std::string& name, const WatchScore& s) {
  std::printf(
      "%-34s found %3d of %3d  judged right %3d (unsure %d)  false %2d  delay %5.2f s  edges %4.2f "
      "s\n",
      name.c_str(), s.found, s.truth, s.agreed, s.unsure, s.false_verdicts, s.delay_s(),
      s.edge_s());
}

void print_details(const LabTake& take, const Watching& watching) {
  const std::vector<int> partner = partners(take, watching);
  std::vector<bool> is_true(watching.verdicts.size(), false);
  for (std::size_t t = 0; t < partner.size(); ++t) {
    const LabTruth& truth = take.repetitions[t];
    std::printf("    %6.2f–%6.2f %-9s %-18s ", truth.start_s, truth.end_s,
                std::string(to_string(truth.label)).c_str(), truth.mistake.value_or("").c_str());
    if (partner[t] < 0) {
      std::printf("not found\n");
      continue;
    }
    is_true[static_cast<std::size_t>(partner[t])] = true;
    const TimedVerdict& told = watching.verdicts[static_cast<std::size_t>(partner[t])];
    std::printf("%6.2f–%6.2f %-9s distance %.2f  told %+.2f s%s\n", seconds(told.verdict.start),
                seconds(told.verdict.end), std::string(to_string(told.verdict.kind)).c_str(),
                told.verdict.distance, told.told_s - truth.end_s,
                agrees(truth, told.verdict) ? "" : "   <-- disagrees");
  }
  for (const LabTruth& one : take.foreign)
    std::printf("    %6.2f–%6.2f foreign: %s\n", one.start_s, one.end_s, one.movement.c_str());
  for (std::size_t v = 0; v < is_true.size(); ++v) {
    if (is_true[v]) continue;
    const Verdict& verdict = watching.verdicts[v].verdict;
    std::printf("    false: %6.2f–%6.2f %s %s distance %.2f\n", seconds(verdict.start),
                seconds(verdict.end), verdict.movement.c_str(),
                std::string(to_string(verdict.kind)).c_str(), verdict.distance);
  }
}

}  // namespace kata::bench
