// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/cut_explained.h"

#include <algorithm>
#include <limits>

namespace kata {
namespace {

constexpr double kGoodClosure = 0.6;
/// Distance to the most similar other excursion at which they have nothing in common, in spreads.
constexpr double kUnlikeShape = 1.5;
/// Links that fit worse than this speak against their chain.
constexpr double kLeastFit = 0.3;
/// Slower than this share of the links' own speed is no movement.
constexpr double kIdleSpeed = 0.25;
/// A repetition that is cut in two may be done this much slower or faster than the whole ones.
constexpr double kTempos[] = {0.8, 0.9, 1, 1.1, 1.25};
/// How little rest, as a share of the links' time, says nothing.
constexpr double kLittleRest = 0.1;
/// Postures at evenly spaced shares of an excursion, one after another.
constexpr std::size_t kShapePoints = 16;

std::size_t frame_at(const CutExcursion& link, std::size_t point) {
  return link.begin + (link.end - link.begin) * point / (kShapePoints - 1);
}

}  // namespace

double soundness(const CutExcursion& excursion) {
  return std::min(1.0, excursion.closure / kGoodClosure) * (0.8 + 0.2 * excursion.stillness);
}

double worth(const CutExcursion& excursion) {
  return std::sqrt(excursion.length * excursion.duration_s);
}

double usual(std::vector<CutExcursion> links, double CutExcursion::*measure) {
  std::sort(links.begin(), links.end(),
            [=](const CutExcursion& a, const CutExcursion& b) { return a.*measure > b.*measure; });
  double all = 0, sum = 0;
  for (const CutExcursion& link : links) all += worth(link);
  for (const CutExcursion& link : links) {
    sum += worth(link);
    if (sum >= all / 2) return link.*measure;
  }
  return links.back().*measure;
}

double ShapeScore::explained(const std::vector<CutExcursion>& links) const {
  if (links.empty()) return 0;
  if (links.size() == 1) return worth_of(links[0], 0);
  const double height = usual(links, &CutExcursion::height);
  const double duration_s = usual(links, &CutExcursion::duration_s);
  double sum = 0;
  for (std::size_t a = 0; a < links.size(); ++a) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t b = 0; b < links.size(); ++b) {
      if (a != b) nearest = std::min(nearest, distance(links[a], links[b], nearest));
    }
    const double lack = std::log(std::max(1.0, height / links[a].height)) / kSmallerBy;
    const double haste = std::log(links[a].duration_s / duration_s) / kHaste;
    sum += worth_of(links[a], nearest, bell(lack) * bell(haste));
  }
  return sum;
}

double ShapeScore::worth_of(const CutExcursion& link, double nearest, double share) const {
  const double fit = share * soundness(link) * std::max(0.0, 1 - nearest / kUnlikeShape);
  if (fit >= kLeastFit) return worth(link) * (fit - kLeastFit) / (1 - kLeastFit);
  return -kDetourCost * worth(link) * (kLeastFit - fit) / kLeastFit;  // no better than left over
}

double ShapeScore::distance(const CutExcursion& a, const CutExcursion& b, double limit) const {
  const double most = std::min(limit, kUnlikeShape) * spread_;
  const double most_sum = most * most * kShapePoints;
  double sum = 0;
  for (std::size_t p = 0; p < kShapePoints; ++p) {
    const double d = signal_.distance(frame_at(a, p), frame_at(b, p));
    sum += d * d;
    if (sum > most_sum) return std::numeric_limits<double>::infinity();
  }
  return std::sqrt(sum / kShapePoints) / spread_;
}

double ShapeScore::likeness_of_part(const CutExcursion& link, std::size_t begin, std::size_t end,
                                    bool is_last_part) const {
  double best = 0;
  for (const double tempo : kTempos) {
    const auto length = static_cast<std::size_t>(tempo * static_cast<double>(end - begin));
    if (link.end - link.begin < length) continue;
    const std::size_t from = is_last_part ? link.end - length : link.begin;
    double sum = 0;
    for (std::size_t p = 0; p < kShapePoints; ++p) {
      const double d = signal_.distance(begin + (end - begin) * p / (kShapePoints - 1),
                                        from + length * p / (kShapePoints - 1));
      sum += d * d;
    }
    best = std::max(best, 1 - std::sqrt(sum / kShapePoints) / (spread_ * kUnlikeShape));
  }
  return best;
}

Remainders::Remainders(const CutSignal& signal, const ShapeScore& shapes)
    : signal_(signal), shapes_(shapes), lengths_(path_lengths(signal)) {}

Remainder Remainders::of(const std::vector<CutExcursion>& links) const {
  Remainder result;
  if (links.empty()) return result;
  double length = 0, duration_s = 0;
  for (const CutExcursion& link : links) {
    length += link.length;
    duration_s += link.duration_s;
  }
  const double slow = kIdleSpeed * length / duration_s;
  const double mean_s = duration_s / static_cast<double>(links.size());
  add_border(result, links, 0, links.front().begin, slow, mean_s);
  add_border(result, links, links.back().end, signal_.frames - 1, slow, mean_s);
  double within_s = 0;
  double between_s = std::min(links.front().duration_s, rest_before_s(links.front().begin, slow)) +
                     std::min(links.back().duration_s, rest_after_s(links.back().end, slow));
  for (std::size_t i = 0; i < links.size(); ++i) {
    within_s += std::min(links[i].duration_s, rest_s(links[i].begin, links[i].end, slow));
    if (i == 0) continue;
    result.detours += between(links[i - 1].end, links[i].begin, slow);
    between_s += std::min(links[i].duration_s, rest_s(links[i - 1].end, links[i].begin, slow));
  }
  result.rest = (between_s - within_s) / (between_s + within_s + kLittleRest * duration_s);
  return result;
}

double Remainders::everything() const {
  return between(0, signal_.frames - 1, kIdleSpeed * signal_.typical_speed);
}

/// A repetition that was under way when the take began, or not over when it ended, is like a part
/// of the whole ones.
void Remainders::add_border(Remainder& result, const std::vector<CutExcursion>& links,
                            std::size_t begin, std::size_t end, double slow, double mean_s) const {
  const double left_over = between(begin, end, slow);
  const bool is_last_part = begin == 0;
  while (is_last_part && end > begin && is_slow(end, slow)) --end;
  while (!is_last_part && begin < end && is_slow(begin + 1, slow)) ++begin;
  double likeness = 0;
  if (end > begin + 2) {
    for (const CutExcursion& link : links)
      likeness = std::max(likeness, shapes_.likeness_of_part(link, begin, end, is_last_part));
  }
  const double fit = std::max(0.0, (likeness - kLeastFit) / (1 - kLeastFit));
  const double time_s = static_cast<double>(end - begin) * signal_.step_s;
  result.parts += fit * time_s / mean_s;
  result.broken += fit * std::sqrt((lengths_[end] - lengths_[begin]) * time_s);
  result.detours += (1 - fit) * left_over;
}

bool Remainders::is_slow(std::size_t frame, double slow) const {
  return lengths_[frame] - lengths_[frame - 1] < slow * signal_.step_s;
}

double Remainders::rest_s(std::size_t begin, std::size_t end, double slow) const {
  double time_s = 0;
  for (std::size_t f = begin + 1; f <= end; ++f) time_s += is_slow(f, slow) ? signal_.step_s : 0;
  return time_s;
}

double Remainders::rest_before_s(std::size_t frame, double slow) const {
  std::size_t begin = frame;
  while (begin > 0 && is_slow(begin, slow)) --begin;
  return static_cast<double>(frame - begin) * signal_.step_s;
}

double Remainders::rest_after_s(std::size_t frame, double slow) const {
  std::size_t end = frame;
  while (end + 1 < signal_.frames && is_slow(end + 1, slow)) ++end;
  return static_cast<double>(end - frame) * signal_.step_s;
}

/// Who stands between two repetitions sways; only what is not slow beside them is movement.
double Remainders::between(std::size_t begin, std::size_t end, double slow) const {
  if (end <= begin) return 0;
  double way = 0, time_s = 0;
  for (std::size_t f = begin + 1; f <= end; ++f) {
    if (is_slow(f, slow)) continue;
    way += lengths_[f] - lengths_[f - 1];
    time_s += signal_.step_s;
  }
  return std::sqrt(std::max(0.0, way - signal_.distance(begin, end)) * time_s);
}

}  // namespace kata
