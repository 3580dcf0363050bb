// SPDX-License-Identifier: Apache-2.0
#include "kata/cut/cut_chains.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace kata {
namespace {

constexpr float kNever = -1e9F;

/// Where the best chain up to a frame comes from: the frame before (0), or a piece's length.
class Trail {
 public:
  Trail(const PieceGains& gains, std::size_t rows)
      : gains_(gains), frames_(gains.frames()), from_(frames_ * rows) {}

  /// Of row `row` on top of what `before` says up to each frame.
  void fill(std::size_t row, const std::vector<float>& before, std::vector<float>& best,
            float penalty) {
    std::uint16_t* from = &from_[row * frames_];
    const bool is_own = &before == &best;  // any number of pieces
    best[0] = is_own ? 0 : kNever;
    for (std::size_t f = 1; f < frames_; ++f) {
      float most = best[f - 1];
      std::uint16_t length_index = 0;
      for (std::size_t l = 0; l < gains_.lengths().size(); ++l) {
        const std::size_t length = gains_.lengths()[l];
        if (length > f) break;
        const float sum = before[f - length] + gains_.worth(l)[f - length] - penalty;
        if (sum > most) {
          most = sum;
          length_index = static_cast<std::uint16_t>(l + 1);
        }
      }
      best[f] = most;
      from[f] = length_index;
    }
  }

  std::vector<CutPiece> pieces(std::size_t row, bool is_own) const {
    std::vector<CutPiece> pieces;
    for (std::size_t f = frames_ - 1; f > 0;) {
      const std::uint16_t from = from_[row * frames_ + f];
      if (from == 0) {
        --f;
        continue;
      }
      const std::size_t length = gains_.lengths()[from - 1U];
      f -= length;
      pieces.push_back({f, length});
      if (is_own) continue;
      if (row == 0) break;
      --row;
    }
    std::ranges::reverse(pieces);
    return pieces;
  }

 private:
  const PieceGains& gains_;
  std::size_t frames_;
  std::vector<std::uint16_t> from_;
};

CutChain priced_chain(const PieceGains& gains, float penalty) {
  if (gains.frames() == 0 || gains.lengths().empty()) return {};
  Trail trail(gains, 1);
  std::vector<float> best(gains.frames());
  trail.fill(0, best, best, penalty);
  CutChain chain{trail.pieces(0, true), best.back()};
  chain.score += penalty * static_cast<float>(chain.pieces.size());
  return chain;
}

/// Most cells of the exact search; beyond, a price for each piece is looked for instead.
constexpr std::size_t kMostCells = 4'000'000;
constexpr int kPriceSteps = 14;

CutChain chain_by_price(const PieceGains& gains, std::size_t count) {
  float low = -4, high = 4;
  CutChain nearest;
  for (int step = 0; step < kPriceSteps; ++step) {
    const float penalty = (low + high) / 2;
    CutChain chain = priced_chain(gains, penalty);
    if (chain.pieces.size() == count) return chain;
    (chain.pieces.size() > count ? low : high) = penalty;
  }
  return nearest;
}

std::vector<std::size_t> lengths_around(double length, double least, double most, double step) {
  std::vector<std::size_t> lengths;
  for (double each = least * length; each <= most * length * 1.0001; each *= step) {
    const auto rounded = static_cast<std::size_t>(std::lround(each));
    if (rounded >= 3 && (lengths.empty() || lengths.back() < rounded)) lengths.push_back(rounded);
  }
  return lengths;
}

/// Greedy choice: one exemplar after the other, while what the others earn grows.
class ExemplarChoice {
 public:
  ExemplarChoice(std::vector<std::vector<float>> worth, std::vector<std::size_t> candidates,
                 std::vector<float> given)
      : worth_(std::move(worth)), candidates_(std::move(candidates)), best_(std::move(given)) {
    is_chosen_.assign(best_.size(), false);
    nearest_.assign(best_.size(), 0);
    has_given_ = std::ranges::any_of(best_, [](float each) { return each > kNever; });
    score_ = has_given_ ? sum() : kNever;
  }

  void run(int most) {
    while (static_cast<int>(chosen_.size()) < most && add_best()) {
    }
  }

  std::vector<std::size_t> chosen_;
  std::vector<std::size_t> nearest_;
  float score_ = 0;

 private:
  float sum() const {
    float total = 0;
    for (std::size_t i = 0; i < best_.size(); ++i) total += is_chosen_[i] ? 0 : best_[i];
    return total;
  }

  float score_with(std::size_t c) const {
    float total = 0;
    for (std::size_t i = 0; i < best_.size(); ++i) {
      if (!is_chosen_[i] && i != candidates_[c]) total += std::max(best_[i], worth_[c][i]);
    }
    return total;
  }

  bool add_best() {
    std::size_t best = candidates_.size();
    float most = score_;
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      if (is_chosen_[candidates_[c]]) continue;
      const float score = score_with(c);
      if (score <= most) continue;
      most = score;
      best = c;
    }
    if (best == candidates_.size()) return false;
    is_chosen_[candidates_[best]] = true;
    nearest_[candidates_[best]] = chosen_.size();
    for (std::size_t i = 0; i < best_.size(); ++i) {
      if (is_chosen_[i] || worth_[best][i] <= best_[i]) continue;
      best_[i] = worth_[best][i];
      nearest_[i] = chosen_.size();
    }
    chosen_.push_back(candidates_[best]);
    score_ = most;
    return true;
  }

  std::vector<std::vector<float>> worth_;  ///< [candidates, pieces]
  std::vector<std::size_t> candidates_;
  std::vector<float> best_;
  std::vector<bool> is_chosen_;
  bool has_given_ = false;
};

/// The templates of the next round: the mean of each exemplar and those nearest to it.
std::vector<CutTemplate> means_of(const Exemplars& exemplars) {
  std::vector<CutTemplate> means;
  for (std::size_t e = 0; e < exemplars.chosen.size(); ++e) {
    std::vector<const CutTemplate*> own;
    for (std::size_t i = 0; i < exemplars.shapes.size(); ++i) {
      if (exemplars.nearest[i] == e) own.push_back(&exemplars.shapes[i]);
    }
    if (!own.empty()) means.push_back(mean_template(own));
  }
  return means;
}

}  // namespace

CutChain best_chain(const PieceGains& gains) { return priced_chain(gains, 0); }

CutChain best_chain_of(const PieceGains& gains, std::size_t count) {
  const std::size_t frames = gains.frames();
  if (frames == 0 || count == 0 || gains.lengths().empty() ||
      count * gains.lengths().front() >= frames)
    return {};
  if (count * frames * gains.lengths().size() > kMostCells) return chain_by_price(gains, count);
  Trail trail(gains, count);
  std::vector<float> before(frames, 0.0F), best(frames, kNever);
  for (std::size_t row = 0; row < count; ++row) {
    trail.fill(row, before, best, 0);
    before = best;
  }
  if (best.back() < kNever / 2) return {};
  return {trail.pieces(count - 1, false), best.back()};
}

Exemplars choose_exemplars(const PieceSums& sums, std::span<const CutPiece> pieces,
                           std::span<const CutTemplate> given, const CutTuning& tuning) {
  Exemplars result;
  const auto points = static_cast<std::size_t>(tuning.points);
  for (const CutPiece& piece : pieces)
    result.shapes.push_back(template_of(sums.signal(), piece, points));
  std::vector<std::size_t> candidates;
  const std::size_t most = std::min(pieces.size(), static_cast<std::size_t>(tuning.most_compared));
  for (std::size_t c = 0; c < most; ++c) candidates.push_back(c * pieces.size() / most);
  std::vector<std::vector<float>> worth(candidates.size(), std::vector<float>(pieces.size()));
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    for (std::size_t i = 0; i < pieces.size(); ++i)
      worth[c][i] =
          worth_by(sums, pieces[i], result.shapes[i], result.shapes[candidates[c]], tuning);
  }
  std::vector<float> by_given(pieces.size(), kNever);
  for (const CutTemplate& shape : given) {
    for (std::size_t i = 0; i < pieces.size(); ++i)
      by_given[i] =
          std::max(by_given[i], worth_by(sums, pieces[i], result.shapes[i], shape, tuning));
  }
  ExemplarChoice choice(std::move(worth), std::move(candidates), std::move(by_given));
  choice.run(tuning.most_exemplars);
  result.chosen = std::move(choice.chosen_);
  result.nearest = std::move(choice.nearest_);
  result.score = choice.score_;
  return result;
}

std::vector<CutChain> improved_chains(const PieceSums& sums, const CutSeed& seed,
                                      std::span<const CutTemplate> given,
                                      std::optional<std::size_t> count, const CutTuning& tuning) {
  PieceGains gains(
      sums,
      lengths_around(seed.length, tuning.least_length, tuning.most_length, tuning.length_step),
      tuning);
  std::vector<CutChain> chains;
  std::vector<CutTemplate> shapes = {seed.shape};
  for (int round = 0; round < tuning.rounds; ++round) {
    gains.clear();
    for (const CutTemplate& shape : shapes) gains.add(shape);
    for (const CutTemplate& shape : given) gains.add(shape);
    CutChain chain = count ? best_chain_of(gains, *count) : best_chain(gains);
    if (chain.pieces.size() < 2) break;
    const Exemplars exemplars = choose_exemplars(sums, chain.pieces, given, tuning);
    chain.score = exemplars.score;
    const bool is_same =
        !chains.empty() && std::ranges::equal(chain.pieces, chains.back().pieces,
                                              [](const CutPiece& a, const CutPiece& b) {
                                                return a.begin == b.begin && a.length == b.length;
                                              });
    chains.push_back(std::move(chain));
    if (is_same) break;
    shapes = means_of(exemplars);
    if (shapes.empty() && given.empty()) break;
  }
  return chains;
}

}  // namespace kata
