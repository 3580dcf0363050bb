// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/cut_chain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "kata/motion/cut_explained.h"

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
/// What is only this share as high as the usual link is swaying.
constexpr double kSwaying = 0.15;
/// One movement that never repeats says little against several alike.
constexpr double kSingleEvidence = 0.02;
/// A chain of more links counts only if its score is at least this share of the best one's.
constexpr double kMoreScore = 0.3;
/// How much it speaks for a chain that the body rests between its links and not within them.
constexpr double kRestShare = 0.3;
/// Chains that begin at what is most like known repetitions, and how much likeness to them counts:
/// the power of its ratio.
constexpr std::size_t kFamiliarSeeds = 8;
constexpr double kFamiliarity = 1;
constexpr double kNoDifference = 1e-6;

struct Chain {
  std::vector<CutExcursion> links;
  double score = -std::numeric_limits<double>::infinity();
  double share = 0;  ///< of the best score of all, both above that of no links
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
double score(const Chain& chain, const ShapeScore& shapes, const Remainders& remainders,
             std::optional<int> expected_count) {
  const Remainder left = remainders.of(chain.links);
  const double n = static_cast<double>(chain.links.size());
  const double all = n + left.parts;
  const double evidence = n > 1 ? std::pow(all / (all + 1), 1.5) : kSingleEvidence;
  const double explained =
      (shapes.explained(chain.links) + left.broken) * (1 + kRestShare * left.rest);
  const double repeated = explained * evidence - kDetourCost * left.detours;
  if (!expected_count) return repeated;
  const double miscount = 1 + std::fabs(n - *expected_count);
  return repeated > 0 ? repeated / miscount : repeated * miscount;
}

/// The few excursions that are most like known repetitions.
std::vector<CutExcursion> most_familiar(const std::vector<CutExcursion>& seeds,
                                        const Strangeness& strangeness) {
  std::vector<std::pair<double, CutExcursion>> rated;
  for (const CutExcursion& seed : seeds) rated.emplace_back(strangeness(seed), seed);
  std::sort(rated.begin(), rated.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  if (rated.size() > kFamiliarSeeds) rated.resize(kFamiliarSeeds);
  std::vector<CutExcursion> familiar;
  for (const auto& [_, seed] : rated) familiar.push_back(seed);
  return familiar;
}

void rate(std::vector<Chain>& chains, double nothing) {
  double best = nothing;
  for (const Chain& chain : chains) best = std::max(best, chain.score);
  for (Chain& chain : chains) {
    chain.share = best > nothing ? std::max(0.0, chain.score - nothing) / (best - nothing) : 0;
  }
}

/// Lowers the score of chains whose links are less like known repetitions than another's: the same
/// cycle from another moment on, or a part of it. `nothing`: what a chain without links scores.
void prefer_familiar(std::vector<Chain>& chains, double nothing, const Strangeness& strangeness) {
  std::vector<double> how_strange;
  double least = std::numeric_limits<double>::infinity();
  for (const Chain& chain : chains) {
    std::vector<double> links;
    if (chain.share >= kMoreScore) {
      for (const CutExcursion& link : chain.links) links.push_back(strangeness(link));
    }
    const auto middle = links.begin() + static_cast<std::ptrdiff_t>(links.size() / 2);
    std::nth_element(links.begin(), middle, links.end());
    how_strange.push_back(links.empty() ? std::numeric_limits<double>::infinity() : *middle);
    least = std::min(least, how_strange.back());
  }
  for (std::size_t i = 0; i < chains.size(); ++i) {
    const double more = std::max(0.0, chains[i].score - nothing);
    // Infinity, of what is not rated: no better than nothing.
    const double ratio = (least + kNoDifference) / (how_strange[i] + kNoDifference);
    chains[i].score = nothing + (std::isfinite(least) ? more * std::pow(ratio, kFamiliarity) : 0);
  }
}

/// The best chain, or one of more and shorter links that explains nearly as much: a group of
/// repetitions that is done several times is alike too, and so is a whole take to nothing else.
RatedChain finest(std::vector<Chain> chains, const ShapeScore& shapes) {
  if (chains.empty()) return {};
  std::sort(chains.begin(), chains.end(),
            [](const Chain& a, const Chain& b) { return a.score > b.score; });
  const Chain* best = &chains.front();
  for (const Chain& chain : chains) {
    const double more =
        static_cast<double>(chain.links.size()) / static_cast<double>(best->links.size());
    if (more < kMoreLinks || chain.links.size() < 3) continue;
    if (chain.score < kMoreScore * best->score) continue;
    if (shapes.explained(chain.links) > kNearlyAsMuch * shapes.explained(best->links))
      best = &chain;
  }
  return {best->links, best->share};
}

}  // namespace

RatedChain best_chain(const CutSignal& signal, const std::vector<CutExcursion>& excursions,
                      std::optional<int> expected_count, const Strangeness& strangeness) {
  const ChainFinder finder(signal, excursions);
  const ShapeScore shapes(signal);
  const Remainders remainders(signal, shapes);
  const auto score_of = [&](const Chain& chain) {
    return score(chain, shapes, remainders, expected_count);
  };
  const auto improve = [&](Chain& chain) {
    for (int round = 0; round < kMostRounds; ++round) {
      Chain next = finder.like(chain, shapes);
      next.score = score_of(next);
      if (next.score <= chain.score) break;
      chain = std::move(next);
    }
  };
  Leaders leaders;
  const std::vector<CutExcursion> seeds = seeds_of(excursions);
  for (const CutExcursion& seed : seeds) {
    for (const Likeness& alike : kLikenesses) {
      Chain chain = finder.around(seed, alike);
      chain.score = score_of(chain);
      lead(leaders, std::move(chain));
    }
  }
  std::vector<Chain> chains;
  const auto add_improved = [&](Chain chain) {
    improve(chain);
    if (!chain.links.empty()) chains.push_back(std::move(chain));
  };
  for (auto& [duration, rivals] : leaders) {
    for (Chain& leader : rivals) add_improved(std::move(leader));
  }
  if (strangeness) {
    for (const CutExcursion& seed : most_familiar(seeds, strangeness)) {
      Chain chain = finder.around(seed, kLikenesses[0]);
      chain.score = score_of(chain);
      add_improved(std::move(chain));
    }
  }
  const double nothing = -kDetourCost * remainders.everything();
  rate(chains, nothing);
  if (strangeness) prefer_familiar(chains, nothing, strangeness);
  return finest(std::move(chains), shapes);
}

}  // namespace kata
