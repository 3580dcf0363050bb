// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/cut_chain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace kata {
namespace {

constexpr std::size_t kMostSeeds = 200;
constexpr double kLeastSeed = 0.3;  // of soundness
/// Chains kept for each half octave of duration, and how often each is improved.
constexpr double kDurationsPerOctave = 2;
constexpr std::size_t kMostLeaders = 8;
constexpr int kMostRounds = 5;
/// A chain of this many times more links wins if it explains this share of what the best explains.
constexpr double kMoreLinks = 1.7;
constexpr double kNearlyAsMuch = 0.5;
constexpr double kLeastLikeness = 0.15;
constexpr double kGoodClosure = 0.6;
/// Distance to the most similar other excursion at which they have nothing in common, in spreads.
constexpr double kUnlikeShape = 1.5;
/// Links that fit worse than this speak against their chain.
constexpr double kLeastFit = 0.3;
/// Half-widths of what is usual in a chain, in natural logarithms: people vary the duration of a
/// repetition by some tens of percent; a mistake may shrink a movement to a third.
constexpr double kHaste = 0.35;
constexpr double kSmallerBy = 0.9;
/// What is only this share as high as the usual link is swaying.
constexpr double kSwaying = 0.15;
/// Slower than this share of the links' own speed is no movement.
constexpr double kIdleSpeed = 0.25;
/// One movement that never repeats says little against several alike.
constexpr double kSingleEvidence = 0.02;
/// Of movement that a chain leaves over, in the worth of an excursion.
constexpr double kDetourCost = 1.3;

double bell(double value) { return std::exp(-0.5 * value * value); }

/// 0–1. Beyond a good closure the rest is tracking error. Cyclic movement has no still moments, so
/// that stillness only decides between phases that close alike.
double soundness(const CutExcursion& excursion) {
  return std::min(1.0, excursion.closure / kGoodClosure) * (0.8 + 0.2 * excursion.stillness);
}

/// Between time and way: by time alone idle swaying would count as much as work, by way alone a
/// movement done too small would not count.
double worth(const CutExcursion& excursion) {
  return std::sqrt(excursion.length * excursion.duration_s);
}

/// Postures at evenly spaced shares of an excursion, one after another.
constexpr std::size_t kShapePoints = 16;

struct Chain {
  std::vector<CutExcursion> links;
  double score = -std::numeric_limits<double>::infinity();
};

/// Half of what the links are worth is in links with at least this much of it.
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

class ShapeScore {
 public:
  explicit ShapeScore(const CutSignal& signal) : signal_(signal), spread_(signal.spread) {}

  /// What links explain that resemble at least one other link.
  double explained(const std::vector<CutExcursion>& links) const {
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

  /// Of a link whose nearest fellow is this far; negative where it fits too badly.
  double worth_of(const CutExcursion& link, double nearest, double share = 1) const {
    const double fit = share * soundness(link) * std::max(0.0, 1 - nearest / kUnlikeShape);
    if (fit >= kLeastFit) return worth(link) * (fit - kLeastFit) / (1 - kLeastFit);
    return -kDetourCost * worth(link) * (kLeastFit - fit) / kLeastFit;  // no better than left over
  }

  /// Root mean square distance of postures along the way, in spreads of the take; infinity where
  /// it is more than `limit`, or so much that the two have nothing in common.
  double distance(const CutExcursion& a, const CutExcursion& b, double limit) const {
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

 private:
  static std::size_t frame_at(const CutExcursion& link, std::size_t point) {
    return link.begin + (link.end - link.begin) * point / (kShapePoints - 1);
  }

  const CutSignal& signal_;
  double spread_;
};

/// How far a link may be from the one that a chain is built around: half-widths, of duration and
/// height in natural logarithms, of the starting posture in heights.
struct Likeness {
  double duration;
  double height;
  double posture;
};
/// Mistakes may begin in another posture; they are told by their duration then.
constexpr Likeness kLikenesses[] = {{0.3, 1.0, 0.7}, {0.25, 1.5, 5.0}};

class ChainFinder {
 public:
  ChainFinder(const CutSignal& signal, const std::vector<CutExcursion>& excursions)
      : signal_(signal), excursions_(excursions) {}

  Chain around(const CutExcursion& seed, const Likeness& alike) const {
    return scheduled([&](const CutExcursion& excursion) {
      const double fitting = soundness(excursion) * likeness(seed, excursion, alike);
      return fitting < kLeastLikeness ? 0 : fitting * worth(excursion);
    });
  }

  /// The best chain of links that resemble those of a chain found before.
  Chain like(const Chain& before, const ShapeScore& shapes) const {
    return scheduled([&](const CutExcursion& excursion) {
      double nearest = std::numeric_limits<double>::infinity();
      for (const CutExcursion& link : before.links) {
        if (link.begin < excursion.end && excursion.begin < link.end) continue;
        nearest = std::min(nearest, shapes.distance(link, excursion, nearest));
      }
      return std::max(0.0, shapes.worth_of(excursion, nearest));
    });
  }

 private:
  /// Weighted interval scheduling: the excursions without overlap that weigh most together.
  template <typename WeightOf>
  Chain scheduled(WeightOf weight_of) const {
    std::vector<double> best(signal_.frames, 0.0);
    std::vector<const CutExcursion*> chosen(signal_.frames, nullptr);
    std::size_t next = 0;
    for (std::size_t f = 1; f < signal_.frames; ++f) {
      best[f] = best[f - 1];
      for (; next < excursions_.size() && excursions_[next].end <= f; ++next) {
        const CutExcursion& excursion = excursions_[next];
        const double weight = weight_of(excursion);
        if (!(weight > 0) || best[excursion.begin] + weight <= best[f]) continue;
        best[f] = best[excursion.begin] + weight;
        chosen[f] = &excursion;
      }
    }
    Chain chain;
    for (std::size_t f = signal_.frames - 1; f > 0;) {
      if (chosen[f] == nullptr) {
        --f;
        continue;
      }
      chain.links.push_back(*chosen[f]);
      f = chosen[f]->begin;
    }
    std::reverse(chain.links.begin(), chain.links.end());
    drop_swaying(chain);
    return chain;
  }

  static void drop_swaying(Chain& chain) {
    if (chain.links.empty()) return;
    const double height = usual(chain.links, &CutExcursion::height);
    std::erase_if(chain.links,
                  [=](const CutExcursion& link) { return link.height < kSwaying * height; });
  }

  double likeness(const CutExcursion& seed, const CutExcursion& other,
                  const Likeness& alike) const {
    const double duration = std::log(other.duration_s / seed.duration_s) / alike.duration;
    const double height = std::log(other.height / seed.height) / alike.height;
    const double likeness = bell(duration) * bell(height);
    if (likeness < kLeastLikeness) return 0;
    const double apart = signal_.distance(seed.begin, other.begin);
    return likeness * bell(apart / (alike.posture * std::max(seed.height, other.height)));
  }

  const CutSignal& signal_;
  const std::vector<CutExcursion>& excursions_;
};

/// Sound ones of every size: which size repeats is not known yet.
std::vector<CutExcursion> seeds_of(std::vector<CutExcursion> excursions) {
  std::erase_if(excursions, [](const CutExcursion& one) { return soundness(one) < kLeastSeed; });
  std::sort(excursions.begin(), excursions.end(),
            [](const CutExcursion& a, const CutExcursion& b) { return worth(a) < worth(b); });
  if (excursions.size() <= kMostSeeds) return excursions;
  std::vector<CutExcursion> seeds;
  for (std::size_t i = 0; i < kMostSeeds; ++i)
    seeds.push_back(excursions[i * excursions.size() / kMostSeeds]);
  return seeds;
}

/// Movement that a chain leaves over: way that leads nowhere between its links, and between them
/// and the ends of the take. Going straight from rest to where the first one begins is no detour.
class Detours {
 public:
  explicit Detours(const CutSignal& signal) : signal_(signal), lengths_(path_lengths(signal)) {}

  double of(const std::vector<CutExcursion>& links) const {
    if (links.empty()) return 0;
    double length = 0, duration_s = 0;
    for (const CutExcursion& link : links) {
      length += link.length;
      duration_s += link.duration_s;
    }
    const double slow = kIdleSpeed * length / duration_s;
    double sum = 0;
    std::size_t begin = 0;
    for (const CutExcursion& link : links) {
      sum += between(begin, link.begin, slow);
      begin = link.end;
    }
    return sum + between(begin, signal_.frames - 1, slow);
  }

 private:
  /// Who stands between two repetitions sways; only what is not slow beside them is movement.
  double between(std::size_t begin, std::size_t end, double slow) const {
    if (end <= begin) return 0;
    double way = 0, time_s = 0;
    for (std::size_t f = begin + 1; f <= end; ++f) {
      const double step = lengths_[f] - lengths_[f - 1];
      if (step < slow * signal_.step_s) continue;
      way += step;
      time_s += signal_.step_s;
    }
    return std::sqrt(std::max(0.0, way - signal_.distance(begin, end)) * time_s);
  }

  const CutSignal& signal_;
  std::vector<double> lengths_;
};

/// The best few chains for each usual duration of a link: what repeats may repeat in groups too.
using Leaders = std::map<int, std::vector<Chain>>;

void lead(Leaders& leaders, Chain chain) {
  if (chain.links.empty()) return;
  double duration_s = 0;
  for (const CutExcursion& link : chain.links) duration_s += link.duration_s;
  duration_s /= static_cast<double>(chain.links.size());
  auto& rivals = leaders[static_cast<int>(std::floor(kDurationsPerOctave * std::log2(duration_s)))];
  const auto place = std::find_if(rivals.begin(), rivals.end(),
                                  [&](const Chain& one) { return one.score <= chain.score; });
  if (place != rivals.end() && place->score == chain.score) return;  // the same once more
  rivals.insert(place, std::move(chain));
  if (rivals.size() > kMostLeaders) rivals.pop_back();
}

/// That something repeats is evidence in itself: n repetitions say n / (n + 1) of one certainty.
double score(const Chain& chain, const ShapeScore& shapes, const Detours& detours,
             std::optional<int> expected_count) {
  const double n = static_cast<double>(chain.links.size());
  const double evidence = n > 1 ? std::pow(n / (n + 1), 1.5) : kSingleEvidence;
  const double repeated =
      shapes.explained(chain.links) * evidence - kDetourCost * detours.of(chain.links);
  if (!expected_count) return repeated;
  const double miscount = 1 + std::fabs(n - *expected_count);
  return repeated > 0 ? repeated / miscount : repeated * miscount;
}

/// The best chain, or one of more and shorter links that explains nearly as much: a group of
/// repetitions that is done several times is alike too, and so is a whole take to nothing else.
std::vector<CutExcursion> finest(std::vector<Chain> chains, const ShapeScore& shapes) {
  std::erase_if(chains, [](const Chain& chain) { return chain.links.empty(); });
  if (chains.empty()) return {};
  std::sort(chains.begin(), chains.end(),
            [](const Chain& a, const Chain& b) { return a.score > b.score; });
  const Chain* best = &chains.front();
  for (const Chain& chain : chains) {
    const double more =
        static_cast<double>(chain.links.size()) / static_cast<double>(best->links.size());
    if (more < kMoreLinks || chain.links.size() < 3) continue;
    if (shapes.explained(chain.links) > kNearlyAsMuch * shapes.explained(best->links))
      best = &chain;
  }
  return best->links;
}

}  // namespace

std::vector<CutExcursion> best_chain(const CutSignal& signal,
                                     const std::vector<CutExcursion>& excursions,
                                     std::optional<int> expected_count) {
  const ChainFinder finder(signal, excursions);
  const ShapeScore shapes(signal);
  const Detours detours(signal);
  const auto score_of = [&](const Chain& chain) {
    return score(chain, shapes, detours, expected_count);
  };
  Leaders leaders;
  for (const CutExcursion& seed : seeds_of(excursions)) {
    for (const Likeness& alike : kLikenesses) {
      Chain chain = finder.around(seed, alike);
      chain.score = score_of(chain);
      lead(leaders, std::move(chain));
    }
  }
  std::vector<Chain> chains;
  for (auto& [duration, rivals] : leaders) {
    for (Chain& leader : rivals) {
      for (int round = 0; round < kMostRounds; ++round) {
        Chain next = finder.like(leader, shapes);
        next.score = score_of(next);
        if (next.score <= leader.score) break;
        leader = std::move(next);
      }
      chains.push_back(std::move(leader));
    }
  }
  return finest(std::move(chains), shapes);
}

}  // namespace kata
