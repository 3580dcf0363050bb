// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/cut_chain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

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
/// A repetition that is cut in two may be done this much slower or faster than the whole ones.
constexpr double kTempos[] = {0.8, 0.9, 1, 1.1, 1.25};
/// A chain of more links counts only if its score is at least this share of the best one's.
constexpr double kMoreScore = 0.3;
/// How much it speaks for a chain that the body rests between its links and not within them, and
/// how little rest, as a share of the links' time, says nothing.
constexpr double kRestShare = 0.3;
constexpr double kLittleRest = 0.1;
/// Chains that begin at what is most like known repetitions, and how much likeness to them counts:
/// the power of its ratio.
constexpr std::size_t kFamiliarSeeds = 8;
constexpr double kFamiliarity = 2;

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

  /// How like a piece of movement is to the last (or first) part of a link, 0 to 1: repetitions
  /// that the border of the take cuts in two are explained by the whole ones.
  double likeness_of_part(const CutExcursion& link, std::size_t begin, std::size_t end,
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

/// What of a take is not in the links of a chain.
struct Remainder {
  double detours = 0;  ///< movement that is left over, in the worth of an excursion
  double parts = 0;    ///< repetitions that the take's border cuts in two, as shares of whole ones
  double broken = 0;   ///< movement that is part of a repetition cut in two by the take's border
  double rest = 0;     ///< -1 to 1: the body rests within the links, or between them
};

/// Movement left over is way that leads nowhere between a chain's links, and between them and the
/// ends of the take. Going straight from rest to where the first one begins is no detour.
class Remainders {
 public:
  Remainders(const CutSignal& signal, const ShapeScore& shapes)
      : signal_(signal), shapes_(shapes), lengths_(path_lengths(signal)) {}

  Remainder of(const std::vector<CutExcursion>& links) const {
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
    double between_s =
        std::min(links.front().duration_s, rest_before_s(links.front().begin, slow)) +
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

 private:
  /// A repetition that was under way when the take began, or not over when it ended, is like a part
  /// of the whole ones.
  void add_border(Remainder& result, const std::vector<CutExcursion>& links, std::size_t begin,
                  std::size_t end, double slow, double mean_s) const {
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

  bool is_slow(std::size_t frame, double slow) const {
    return lengths_[frame] - lengths_[frame - 1] < slow * signal_.step_s;
  }

  double rest_s(std::size_t begin, std::size_t end, double slow) const {
    double time_s = 0;
    for (std::size_t f = begin + 1; f <= end; ++f) time_s += is_slow(f, slow) ? signal_.step_s : 0;
    return time_s;
  }

  double rest_before_s(std::size_t frame, double slow) const {
    std::size_t begin = frame;
    while (begin > 0 && is_slow(begin, slow)) --begin;
    return static_cast<double>(frame - begin) * signal_.step_s;
  }
  double rest_after_s(std::size_t frame, double slow) const {
    std::size_t end = frame;
    while (end + 1 < signal_.frames && is_slow(end + 1, slow)) ++end;
    return static_cast<double>(end - frame) * signal_.step_s;
  }

  /// Who stands between two repetitions sways; only what is not slow beside them is movement.
  double between(std::size_t begin, std::size_t end, double slow) const {
    if (end <= begin) return 0;
    double way = 0, time_s = 0;
    for (std::size_t f = begin + 1; f <= end; ++f) {
      if (is_slow(f, slow)) continue;
      way += lengths_[f] - lengths_[f - 1];
      time_s += signal_.step_s;
    }
    return std::sqrt(std::max(0.0, way - signal_.distance(begin, end)) * time_s);
  }

  const CutSignal& signal_;
  const ShapeScore& shapes_;
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
std::vector<CutExcursion> most_familiar(std::vector<CutExcursion> seeds,
                                        const Strangeness& strangeness) {
  std::vector<std::pair<double, CutExcursion>> rated;
  for (const CutExcursion& seed : seeds) rated.emplace_back(strangeness(seed), seed);
  std::sort(rated.begin(), rated.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  if (rated.size() > kFamiliarSeeds) rated.resize(kFamiliarSeeds);
  seeds.clear();
  for (const auto& [_, seed] : rated) seeds.push_back(seed);
  return seeds;
}

/// Lowers the score of chains whose links are less like known repetitions than another's: the same
/// cycle from another moment on, or a part of it.
void prefer_familiar(std::vector<Chain>& chains, const Strangeness& strangeness) {
  double best = 0;
  for (const Chain& chain : chains) best = std::max(best, chain.score);
  std::vector<double> how_strange;
  double least = std::numeric_limits<double>::infinity();
  for (const Chain& chain : chains) {
    std::vector<double> links;
    if (chain.score >= kMoreScore * best) {
      for (const CutExcursion& link : chain.links) links.push_back(strangeness(link));
    }
    const auto middle = links.begin() + static_cast<std::ptrdiff_t>(links.size() / 2);
    std::nth_element(links.begin(), middle, links.end());
    how_strange.push_back(links.empty() ? std::numeric_limits<double>::infinity() : *middle);
    least = std::min(least, how_strange.back());
  }
  for (std::size_t i = 0; i < chains.size(); ++i) {
    if (chains[i].score > 0) chains[i].score *= std::pow(least / how_strange[i], kFamiliarity);
  }
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
    if (chain.score < kMoreScore * best->score) continue;
    if (shapes.explained(chain.links) > kNearlyAsMuch * shapes.explained(best->links))
      best = &chain;
  }
  return best->links;
}

}  // namespace

std::vector<CutExcursion> best_chain(const CutSignal& signal,
                                     const std::vector<CutExcursion>& excursions,
                                     std::optional<int> expected_count,
                                     const Strangeness& strangeness) {
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
      improve(leader);
      chains.push_back(std::move(leader));
    }
  }
  if (strangeness) {
    for (const CutExcursion& seed : most_familiar(seeds_of(excursions), strangeness)) {
      Chain chain = finder.around(seed, kLikenesses[0]);
      chain.score = score_of(chain);
      improve(chain);
      chains.push_back(std::move(chain));
    }
    prefer_familiar(chains, strangeness);
  }
  return finest(std::move(chains), shapes);
}

}  // namespace kata
