// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/cut_agreement.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "kata/motion/known_repetitions.h"

namespace kata {
namespace {

/// What is stored moves only for a reason: so many times as good, all takes together.
constexpr double kClearly = 1.05;
constexpr std::size_t kMostKnown = 8;  // of one take; more say little more
constexpr double kNoDifference = 1e-6;

using Repetitions = std::vector<std::vector<Landmarks>>;

Repetitions repetitions_of(const TakeCut& take, const std::vector<CutSpan>& spans) {
  Repetitions repetitions;
  for (const CutSpan& span : spans) {
    const auto own = frames_in(take.frames, span);
    repetitions.emplace_back(own.begin(), own.end());
    if (repetitions.size() == kMostKnown) break;
  }
  return repetitions;
}

RatedCut cut_of(const TakeCut& take, const Repetitions& known) {
  if (take.goes_on && take.expected_repetitions)
    return cut_first_repetitions(take.frames, static_cast<std::size_t>(*take.expected_repetitions),
                                 known);
  return rated_cut(take.frames, {take.expected_repetitions, known});
}

/// How a repetition of one take usually differs from the nearest one of the others.
double usual_difference(const Repetitions& repetitions, const KnownRepetitions& others) {
  std::vector<double> differences;
  for (const auto& frames : repetitions) differences.push_back(others.difference(frames));
  const auto middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
  std::nth_element(differences.begin(), middle, differences.end());
  return *middle;
}

/// One way to cut the takes; worthless where one of them has no repetition then.
class Way {
 public:
  explicit Way(std::span<const TakeCut> takes) : takes_(takes), cuts_(takes.size()) {
    for (std::size_t i = 0; i < takes.size(); ++i) cuts_[i] = {takes[i].spans, 1};
  }

  /// Like the known takes; `take` by itself where there are none.
  void cut(std::size_t take, std::span<const std::size_t> known_takes) {
    if (takes_[take].is_fixed) return;
    Repetitions known;
    for (const std::size_t other : known_takes) {
      for (auto& frames : repetitions_of(takes_[other], cuts_[other].spans))
        known.push_back(std::move(frames));
    }
    cuts_[take] = cut_of(takes_[take], known);
  }

  /// How well its own cut explains a take.
  void rate(std::size_t take) {
    if (takes_[take].is_fixed) return;
    cuts_[take].share = cut_of(takes_[take], repetitions_of(takes_[take], cuts_[take].spans)).share;
  }

  std::vector<std::vector<CutSpan>> all_spans() && {
    std::vector<std::vector<CutSpan>> all;
    for (RatedCut& cut : cuts_) all.push_back(std::move(cut.spans));
    return all;
  }

  /// Natural logarithm of what the cuts explain, for how much the takes differ.
  double value() const {
    std::vector<Repetitions> repetitions;
    for (std::size_t i = 0; i < takes_.size(); ++i) {
      if (cuts_[i].spans.empty()) return -std::numeric_limits<double>::infinity();
      repetitions.push_back(repetitions_of(takes_[i], cuts_[i].spans));
    }
    double sum = 0;
    for (std::size_t i = 0; i < takes_.size(); ++i) {
      Repetitions others;
      for (std::size_t other = 0; other < takes_.size(); ++other) {
        if (other == i) continue;
        others.insert(others.end(), repetitions[other].begin(), repetitions[other].end());
      }
      const KnownRepetitions known(others);
      if (known.is_empty()) return -std::numeric_limits<double>::infinity();
      sum += std::log(cuts_[i].share) -
             std::log(usual_difference(repetitions[i], known) + kNoDifference) / 2;
    }
    return sum;
  }

 private:
  std::span<const TakeCut> takes_;
  std::vector<RatedCut> cuts_;
};

}  // namespace

std::vector<std::vector<CutSpan>> agreeing_cuts(std::span<const TakeCut> takes) {
  Way now(takes);
  if (takes.size() < 2) return std::move(now).all_spans();
  const std::size_t newest = takes.size() - 1;
  std::vector<std::size_t> earlier(newest);
  for (std::size_t i = 0; i < newest; ++i) earlier[i] = i;
  const std::size_t only_newest[] = {newest};
  for (std::size_t i = 0; i < takes.size(); ++i) now.rate(i);

  Way newest_by_itself(takes);
  newest_by_itself.cut(newest, {});
  for (const std::size_t take : earlier) newest_by_itself.cut(take, only_newest);

  Way newest_as_it_is(takes);
  for (const std::size_t take : earlier) newest_as_it_is.cut(take, only_newest);
  newest_as_it_is.cut(newest, earlier);

  Way* best = &now;
  double most = now.value() + std::log(kClearly);
  for (Way* way : {&newest_by_itself, &newest_as_it_is}) {
    const double value = way->value();
    if (!(value > most)) continue;
    best = way;
    most = value;
  }
  return std::move(*best).all_spans();
}

}  // namespace kata
