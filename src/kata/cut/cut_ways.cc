// SPDX-License-Identifier: Apache-2.0
#include "kata/cut/cut_ways.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace kata {
namespace {

/// Points of a template that belong to the way in and to the way out.
struct Ways {
  std::size_t in = 0, out = 0;
};

/// A template with or without its ways, and how much of the whole it is.
struct Variant {
  CutTemplate shape;
  double share = 1;
  bool has_in = true, has_out = true;
};

class WaySearch {
 public:
  WaySearch(const PieceSums& sums, const CutChain& chain, const ChainQuestion& question,
            const CutTuning& tuning)
      : sums_(sums),
        chain_(chain),
        question_(question),
        tuning_(tuning),
        gains_(sums, {}, tuning),
        points_(static_cast<std::size_t>(tuning.points)) {
    for (const CutPiece& piece : chain.pieces)
      length_ += static_cast<double>(piece.length) / static_cast<double>(chain.pieces.size());
    const double least = 1 - 2 * tuning.longest_way;
    gains_ = PieceGains(sums,
                        lengths_around(length_, least * tuning.least_length, tuning.most_length,
                                       tuning.way_length_step),
                        tuning);
  }

  CutChain run() {
    CutChain best = chain_;
    best.score *= tuning_.way_margin;
    const Ways in = best_of({{2, 0}, {4, 0}, {6, 0}}, best);
    const Ways out = best_of({{0, 2}, {0, 4}, {0, 6}}, best);
    if (in.in == 0) {
      best_of({{2, out.out}, {4, out.out}, {6, out.out}}, best);
    } else {
      best_of({{in.in, 2}, {in.in, 4}, {in.in, 6}}, best);
    }
    return best.spans.empty() ? chain_ : best;
  }

 private:
  /// The ways with which most is explained; `best` becomes that chain where it is better.
  template <std::size_t kCount>
  Ways best_of(const Ways (&candidates)[kCount], CutChain& best) {
    Ways found;
    float most = 0;
    for (const Ways& ways : candidates) {
      CutChain chain = chain_with(ways);
      if (chain.score > most) {
        most = chain.score;
        found = ways;
      }
      if (chain.score > best.score) best = std::move(chain);
    }
    return found;
  }

  std::vector<Variant> variants_of(const CutTemplate& whole, const Ways& ways) const {
    std::vector<Variant> variants;
    for (const bool has_in : {true, false}) {
      for (const bool has_out : {true, false}) {
        if ((!has_in && ways.in == 0) || (!has_out && ways.out == 0)) continue;
        const std::size_t first = has_in ? 0 : ways.in;
        const std::size_t count = points_ - first - (has_out ? 0 : ways.out);
        Variant variant{slice_of(whole, first, count),
                        static_cast<double>(count - 1) / static_cast<double>(points_ - 1), has_in,
                        has_out};
        const double length = length_ * variant.share;
        variant.shape.shortest = static_cast<std::size_t>(length * tuning_.least_length);
        variant.shape.longest = static_cast<std::size_t>(length * tuning_.most_length);
        variants.push_back(std::move(variant));
      }
    }
    return variants;
  }

  CutChain chain_with(const Ways& ways) {
    gains_.clear();
    std::vector<Variant> variants;
    for (const CutTemplate& shape : chain_.shapes) {
      for (Variant& variant : variants_of(shape, ways)) {
        gains_.add(variant.shape);
        variants.push_back(std::move(variant));
      }
    }
    const CutChain found =
        question_.count ? best_chain_of(gains_, *question_.count, {}, tuning_) : best_chain(gains_);
    if (found.pieces.size() < 2) return {};
    CutChain cores;
    float by_ways = 0;
    for (const CutPiece& piece : found.pieces) add_core(piece, variants, ways, cores, by_ways);
    const Exemplars exemplars = choose_exemplars(sums_, cores.pieces, question_, tuning_);
    if (cores.pieces.size() <= chain_.pieces.size()) return {};  // nothing was missed
    const auto count = static_cast<float>(cores.pieces.size());
    cores.score = exemplars.score + by_ways * (count - 1) / count;
    cores.shapes = means_of(exemplars);
    return cores;
  }

  /// The piece without the ways that it has, and what they earn.
  void add_core(const CutPiece& piece, std::span<const Variant> variants, const Ways& ways,
                CutChain& cores, float& by_ways) const {
    const Variant* best = nullptr;
    float most = 0;
    for (const Variant& variant : variants) {
      const float worth = worth_of(piece, variant.shape);
      if (best != nullptr && worth <= most) continue;
      best = &variant;
      most = worth;
    }
    const double whole = static_cast<double>(piece.length) / best->share;
    const auto part = [&](std::size_t points) {
      return static_cast<std::size_t>(
          std::lround(whole * static_cast<double>(points) / static_cast<double>(points_ - 1)));
    };
    CutPiece core = piece;
    if (best->has_in) core.begin += part(ways.in);
    core.length -= std::min(core.length - 3,
                            part(best->has_in ? ways.in : 0) + part(best->has_out ? ways.out : 0));
    for (const Variant& variant : variants) {
      if (!variant.has_in == (ways.in > 0) && !variant.has_out == (ways.out > 0))
        by_ways += std::max(0.0F, most - worth_of(core, variant.shape)) /
                   static_cast<float>(chain_.shapes.size());
    }
    cores.pieces.push_back(core);
    cores.spans.push_back(piece);
  }

  float worth_of(const CutPiece& piece, const CutTemplate& shape) const {
    return worth_by(sums_, piece, template_of(sums_.signal(), piece, shape.points), shape, tuning_);
  }

  const PieceSums& sums_;
  const CutChain& chain_;
  const ChainQuestion& question_;
  const CutTuning& tuning_;
  PieceGains gains_;
  std::size_t points_;
  double length_ = 0;
};

}  // namespace

CutChain without_ways(const PieceSums& sums, const CutChain& chain, const ChainQuestion& question,
                      const CutTuning& tuning) {
  if (question.is_mixed || chain.pieces.size() < 2 || chain.shapes.empty()) return chain;
  return WaySearch(sums, chain, question, tuning).run();
}

}  // namespace kata
