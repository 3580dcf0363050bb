// SPDX-License-Identifier: Apache-2.0
#include "kata/cut/cut_chains.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace kata {
namespace {

constexpr float kNever = -1e9F;
constexpr std::uint16_t kNothingBefore = 0xFFFF;

/// Where the best chain up to a frame comes from: the frame before (0), or a piece's length.
class Trail {
 public:
  Trail(const PieceGains& gains, std::size_t rows, const CutParts& parts)
      : gains_(gains), frames_(gains.frames()), parts_(parts), from_(frames_ * rows) {}

  /// What is gained up to each frame before the first piece.
  std::vector<float> beginning() const {
    std::vector<float> best(frames_, 0.0F);
    for (std::size_t f = 1; f < frames_; ++f) {
      best[f] = best[f - 1];
      if (!parts_.first.empty()) best[f] = std::max(best[f], parts_.first[f]);
    }
    return best;
  }

  /// The frame after which a part of a repetition ends the take, or its last frame.
  std::size_t ending(const std::vector<float>& best) const {
    std::size_t at = frames_ - 1;
    if (parts_.last.empty()) return at;
    for (std::size_t f = 0; f + 1 < frames_; ++f) {
      if (best[f] + parts_.last[f] > best[at] + parts_.last[at]) at = f;
    }
    return at;
  }

  float last_part(std::size_t at) const { return parts_.last.empty() ? 0 : parts_.last[at]; }

  /// Of row `row` on top of what `before` says up to each frame.
  void fill(std::size_t row, const std::vector<float>& before, std::vector<float>& best,
            float penalty) {
    std::uint16_t* from = &from_[row * frames_];
    const bool is_own = &before == &best;  // any number of pieces
    if (!is_own) best.assign(frames_, kNever);
    for (std::size_t f = 1; f < frames_; ++f) {
      float most = best[f - 1];
      std::uint16_t length_index = 0;
      if (is_own && best[f] > most) {
        most = best[f];
        length_index = kNothingBefore;
      }
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

  /// Up to frame `f`.
  std::vector<CutPiece> pieces(std::size_t f, std::size_t row, bool is_own) const {
    std::vector<CutPiece> pieces;
    while (f > 0) {
      const std::uint16_t from = from_[row * frames_ + f];
      if (from == kNothingBefore) break;
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
  const CutParts& parts_;
  std::vector<std::uint16_t> from_;
};

/// Both parts of a chain whose last piece ends by `at`.
float parts_of(const CutChain& chain, const CutParts& parts, std::size_t at) {
  float sum = parts.last.empty() ? 0 : parts.last[at];
  float most = 0;
  const std::size_t begin = chain.pieces.empty() ? 0 : chain.pieces.front().begin;
  for (std::size_t f = 0; f <= begin && f < parts.first.size(); ++f)
    most = std::max(most, parts.first[f]);
  return sum + most;
}

CutChain priced_chain(const PieceGains& gains, const CutParts& parts, float penalty) {
  if (gains.frames() == 0 || gains.lengths().empty()) return {};
  Trail trail(gains, 1, parts);
  std::vector<float> best = trail.beginning();
  trail.fill(0, best, best, penalty);
  const std::size_t end = trail.ending(best);
  CutChain chain;
  chain.pieces = trail.pieces(end, 0, true);
  chain.parts = parts_of(chain, parts, end);
  chain.score =
      best[end] + trail.last_part(end) + penalty * static_cast<float>(chain.pieces.size());
  return chain;
}

/// Of so many pieces in a long take: a price for each piece is looked for that gives the count.
CutChain chain_by_price(const PieceGains& gains, std::size_t count, const CutParts& parts,
                        const CutTuning& tuning) {
  float low = -tuning.highest_price, high = tuning.highest_price;
  for (int step = 0; step < tuning.price_steps; ++step) {
    const float penalty = (low + high) / 2;
    CutChain chain = priced_chain(gains, parts, penalty);
    if (chain.pieces.size() == count) return chain;
    (chain.pieces.size() > count ? low : high) = penalty;
  }
  return {};
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

/// Whether somebody moves within the first moments after (before) a take's first (last) frame.
bool moves_near(const CutSignal& signal, bool is_first, const CutTuning& tuning) {
  const auto near = static_cast<std::size_t>(tuning.part_rest_s / signal.step_s);
  for (std::size_t i = 0; i <= near && i < signal.frames; ++i) {
    const std::size_t f = is_first ? i : signal.frames - 1 - i;
    if (signal.speed[f] > tuning.slow * signal.typical_speed) return true;
  }
  return false;
}

/// Of all lengths that such a part of a template may have.
void add_part(const PieceSums& sums, std::span<const std::size_t> lengths, const CutTemplate& part,
              double share, bool is_first, const CutTuning& tuning, std::vector<float>& worth) {
  const std::size_t frames = sums.signal().frames;
  for (const std::size_t whole : lengths) {
    const auto length = static_cast<std::size_t>(std::lround(share * static_cast<double>(whole)));
    if (length < 3 || length + 1 >= frames) continue;
    const CutPiece piece{is_first ? 0 : frames - 1 - length, length};
    const CutTemplate own = template_of(sums.signal(), piece, part.points);
    const float gain = tuning.part_share * worth_by(sums, piece, own, part, tuning);
    float& best = worth[is_first ? length : frames - 1 - length];
    best = std::max(best, gain);
  }
}

/// What parts of repetitions the take begins and ends with, as these shapes explain them.
CutParts find_parts(const PieceSums& sums, std::span<const std::size_t> lengths,
                    std::span<const CutTemplate> shapes, const CutTuning& tuning) {
  CutParts parts;
  for (const bool is_first : {true, false}) {
    if (!moves_near(sums.signal(), is_first, tuning)) continue;
    std::vector<float>& worth = is_first ? parts.first : parts.last;
    worth.assign(sums.signal().frames, 0.0F);
    for (const CutTemplate& shape : shapes) {
      const auto least =
          static_cast<std::size_t>(std::ceil(tuning.least_part * static_cast<float>(shape.points)));
      for (std::size_t count = std::max<std::size_t>(3, least); count + 1 < shape.points; ++count) {
        const CutTemplate part = slice_of(shape, is_first ? shape.points - count : 0, count);
        const double share = static_cast<double>(count - 1) / static_cast<double>(shape.points - 1);
        add_part(sums, lengths, part, share, is_first, tuning, worth);
      }
    }
  }
  return parts;
}

}  // namespace

std::vector<std::size_t> lengths_around(double length, double least, double most, double step) {
  std::vector<std::size_t> lengths;
  for (double each = least * length; each <= most * length * 1.0001; each *= step) {
    const auto rounded = static_cast<std::size_t>(std::lround(each));
    if (rounded >= 3 && (lengths.empty() || lengths.back() < rounded)) lengths.push_back(rounded);
  }
  return lengths;
}

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

CutChain best_chain(const PieceGains& gains, const CutParts& parts) {
  return priced_chain(gains, parts, 0);
}

CutChain best_chain_of(const PieceGains& gains, std::size_t count, const CutParts& parts,
                       const CutTuning& tuning) {
  const std::size_t frames = gains.frames();
  if (frames == 0 || count == 0 || gains.lengths().empty() ||
      count * gains.lengths().front() >= frames)
    return {};
  if (count * frames * gains.lengths().size() > tuning.most_cells)
    return chain_by_price(gains, count, parts, tuning);
  Trail trail(gains, count, parts);
  std::vector<float> before = trail.beginning(), best;
  for (std::size_t row = 0; row < count; ++row) {
    trail.fill(row, before, best, 0);
    before = best;
  }
  const std::size_t end = trail.ending(best);
  if (best[end] < kNever / 2) return {};
  CutChain chain;
  chain.pieces = trail.pieces(end, count - 1, false);
  chain.score = best[end] + trail.last_part(end);
  chain.parts = parts_of(chain, parts, end);
  return chain;
}

Exemplars choose_exemplars(const PieceSums& sums, std::span<const CutPiece> pieces,
                           const ChainQuestion& question, const CutTuning& tuning) {
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
  for (const CutTemplate& shape : question.given) {
    for (std::size_t i = 0; i < pieces.size(); ++i)
      by_given[i] =
          std::max(by_given[i], worth_by(sums, pieces[i], result.shapes[i], shape, tuning));
  }
  float by_known = 0;
  for (const float each : by_given) by_known += tuning.known_weight * std::max(0.0F, each);
  ExemplarChoice choice(std::move(worth), std::move(candidates), std::move(by_given));
  choice.run(question.is_mixed ? tuning.most_exemplars : tuning.most_exemplars_alike);
  result.chosen = std::move(choice.chosen_);
  result.nearest = std::move(choice.nearest_);
  result.score = choice.score_ + by_known;
  return result;
}

namespace {

/// From a seed to a chain that gets no better.
class ChainSearch {
 public:
  ChainSearch(const PieceSums& sums, const CutSeed& seed, const ChainQuestion& question,
              const CutTuning& tuning)
      : sums_(sums),
        question_(question),
        tuning_(tuning),
        gains_(sums,
               lengths_around(seed.length,
                              question.is_mixed ? tuning.least_length_mixed : tuning.least_length,
                              tuning.most_length, tuning.length_step),
               tuning) {
    shapes_ = seed.shapes.empty() ? std::vector<CutTemplate>{seed.shape} : seed.shapes;
  }

  std::vector<CutChain> run() {
    for (int round = 0; round < tuning_.rounds; ++round) {
      CutChain chain = next();
      if (chain.pieces.size() < 2) break;
      rate(chain);
      const bool is_same = !chains_.empty() && chain.pieces == chains_.back().pieces;
      chains_.push_back(std::move(chain));
      if (is_same || (shapes_.empty() && question_.given.empty())) break;
    }
    return std::move(chains_);
  }

 private:
  CutChain next() {
    gains_.clear();
    for (const CutTemplate& shape : shapes_) gains_.add(shape);
    gains_.add_known(question_.given);
    if (ends_) gains_.add_ends(*ends_);
    const CutParts parts = find_parts(sums_, gains_.lengths(), shapes_, tuning_);
    return question_.count ? best_chain_of(gains_, *question_.count, parts, tuning_)
                           : best_chain(gains_, parts);
  }

  /// Its score, and what the next round begins with.
  void rate(CutChain& chain) {
    const Exemplars exemplars = choose_exemplars(sums_, chain.pieces, question_, tuning_);
    chain.score = exemplars.score + chain.parts;
    shapes_ = means_of(exemplars);
    chain.shapes = shapes_;
    if (!question_.is_mixed) return;
    ends_ = ends_of(sums_, chain.pieces, tuning_);
    for (const CutPiece& piece : chain.pieces) chain.score += ends_->bonus(sums_, piece);
  }

  const PieceSums& sums_;
  const ChainQuestion& question_;
  const CutTuning& tuning_;
  PieceGains gains_;
  std::vector<CutTemplate> shapes_;
  std::optional<PieceEnds> ends_;
  std::vector<CutChain> chains_;
};

}  // namespace

std::vector<CutChain> improved_chains(const PieceSums& sums, const CutSeed& seed,
                                      const ChainQuestion& question, const CutTuning& tuning) {
  return ChainSearch(sums, seed, question, tuning).run();
}

}  // namespace kata
