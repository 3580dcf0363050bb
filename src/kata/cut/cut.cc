// SPDX-License-Identifier: Apache-2.0
#include "kata/cut/cut.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "kata/cut/cut_chains.h"
#include "kata/cut/cut_reading.h"
#include "kata/cut/cut_seeds.h"
#include "kata/cut/cut_signal.h"
#include "kata/cut/piece_gains.h"

namespace kata {
namespace {

/// The chains of one take, the best of each count.
class Cutter {
 public:
  Cutter(std::span<const Landmarks> take, const CutQuestion& question, const CutTuning& tuning)
      : take_(take),
        question_(question),
        tuning_(tuning),
        signal_(cut_signal(take, tuning, view_)),
        sums_(signal_, tuning) {}

  Cut cut() {
    if (signal_.dims == 0) return {};
    find_chains();
    const CutChain* best = likeliest();
    const CutChain* chosen = best;
    if (question_.said) {
      const CutChain* said = with_count(static_cast<std::size_t>(*question_.said));
      if (said != nullptr && (best == nullptr || said->pieces.size() == 1 ||
                              said->score >= tuning_.likely * best->score))
        chosen = said;
    }
    if (chosen == nullptr) {
      Cut none;
      none.is_moving = true;
      return none;
    }
    Cut result = read(*chosen);
    result.is_moving = true;
    result.seen = best == nullptr ? 0 : read(*best).repetitions.size();
    add_readings(result, *chosen);
    return result;
  }

  double best_score() {
    if (signal_.dims == 0) return 0;
    find_chains();
    const CutChain* best = likeliest();
    return best == nullptr ? 0 : best->score;
  }

  double score_of(std::span<const CutSpan> spans) const {
    std::vector<CutPiece> pieces;
    for (const CutSpan& span : spans) {
      const std::size_t begin = frame_at(span.first), end = frame_at(span.last);
      if (begin < end) pieces.push_back({begin, end - begin});
    }
    if (signal_.dims == 0 || pieces.size() < 2) return 0;
    return choose_exemplars(sums_, pieces, {{}, question_.is_mixed, {}}, tuning_).score;
  }

 private:
  std::size_t frame_at(std::size_t frame_of_take) const {
    const double time_s = seconds(take_[frame_of_take].timestamp) - signal_.start_s;
    const auto frame =
        static_cast<std::size_t>(std::lround(std::max(0.0, time_s / signal_.step_s)));
    return std::min(frame, signal_.frames - 1);
  }

  void find_chains() {
    std::optional<std::size_t> said;
    if (question_.said && *question_.said > 1) said = static_cast<std::size_t>(*question_.said);
    std::vector<CutSeed> seeds = find_seeds(signal_, said, tuning_);
    given_ = known_templates(seeds);
    for (const CutSeed& seed : seeds) {
      keep(improved_chains(sums_, seed, ask(), tuning_));
      if (said) keep(improved_chains(sums_, seed, ask(said), tuning_));
    }
    add_neighbours();
    if (question_.said == 1) by_count_[1] = single_piece(sums_, tuning_);
  }

  /// Counts beside the likeliest that no seed may have led to: one more, one fewer, twice, half.
  void add_neighbours() {
    const CutChain* likely = likeliest();
    if (likely == nullptr) return;
    const CutChain best = *likely;
    const std::size_t count = best.pieces.size();
    CutSeed same;
    same.shapes = best.shapes;
    for (const CutPiece& piece : best.pieces)
      same.length += static_cast<double>(piece.length) / static_cast<double>(count);
    if (!same.shapes.empty()) {
      keep(improved_chains(sums_, same, ask(count + 1), tuning_));
      if (count > 2) keep(improved_chains(sums_, same, ask(count - 1), tuning_));
    }
    const CutPiece middle = best.pieces[count / 2];
    CutSeed half;
    half.shapes = {shape_of({middle.begin, middle.length / 2}),
                   shape_of({middle.begin + middle.length / 2, middle.length / 2})};
    half.length = same.length / 2;
    keep(improved_chains(sums_, half, ask(), tuning_));
    if (count < 4) return;
    const std::size_t begin = best.pieces[count / 2 - 1].begin;
    CutSeed two;
    two.shape = shape_of({begin, middle.end() - begin});
    two.length = 2 * same.length;
    keep(improved_chains(sums_, two, ask(), tuning_));
  }

  ChainQuestion ask(std::optional<std::size_t> count = {}) const {
    return {given_, question_.is_mixed, count};
  }

  CutTemplate shape_of(const CutPiece& piece) const {
    return template_of(signal_, piece, static_cast<std::size_t>(tuning_.points));
  }

  /// Known repetitions explain pieces too, and a search begins at each.
  std::vector<CutTemplate> known_templates(std::vector<CutSeed>& seeds) const {
    std::vector<CutTemplate> given;
    for (const std::vector<Landmarks>& frames : question_.known) {
      const CutSignal known = signal_as(frames, tuning_, view_);
      if (known.dims == 0) continue;
      CutTemplate shape =
          template_of(known, {0, known.frames - 1}, static_cast<std::size_t>(tuning_.points));
      const auto length = static_cast<double>(known.frames - 1);
      shape.is_elsewhere = true;
      shape.shortest = static_cast<std::size_t>(length / tuning_.known_haste);
      shape.longest = static_cast<std::size_t>(length * tuning_.known_haste);
      given.push_back(std::move(shape));
    }
    if (!given.empty()) {
      CutSeed seed;
      seed.shape = given.front();
      for (const CutTemplate& shape : given)
        seed.length += static_cast<double>(shape.shortest) * tuning_.known_haste;
      seed.length /= static_cast<double>(given.size());
      seeds.push_back(std::move(seed));
    }
    return given;
  }

  void keep(std::vector<CutChain> chains) {
    for (CutChain& chain : chains) {
      if (chain.score <= 0) continue;
      CutChain& best = by_count_[chain.pieces.size()];
      if (best.pieces.empty() || chain.score > best.score) best = std::move(chain);
    }
  }

  const CutChain* with_count(std::size_t count) const {
    const auto found = by_count_.find(count);
    return found == by_count_.end() || found->second.pieces.empty() ? nullptr : &found->second;
  }

  const CutChain* likeliest() const {
    const CutChain* best = nullptr;
    for (const auto& [count, chain] : by_count_) {
      if (count > 1 && (best == nullptr || chain.score > best->score)) best = &chain;
    }
    return best;
  }

  Cut read(const CutChain& chain) const {
    const bool is_said = question_.said == static_cast<int>(chain.pieces.size());
    IntruderRule rule;
    if (!is_said && chain.pieces.size() > 2)
      rule.unlike = question_.is_mixed ? tuning_.unlike_mixed : tuning_.unlike;
    rule.is_mixed = question_.is_mixed;
    if (question_.is_mixed) rule.given = given_;
    return cut_of_chain(sums_, chain, rule, take_, tuning_);
  }

  void add_readings(Cut& result, const CutChain& chosen) const {
    for (const auto& [count, chain] : by_count_) {
      if (&chain == &chosen || chain.score < tuning_.offered * chosen.score) continue;
      CutReading reading{read(chain).repetitions, chain.score / chosen.score};
      const auto is_told = [&](const CutReading& other) {
        return other.repetitions.size() == reading.repetitions.size();
      };
      if (reading.repetitions.empty() || reading.repetitions.size() == result.repetitions.size() ||
          std::ranges::any_of(result.readings, is_told))
        continue;
      result.readings.push_back(std::move(reading));
    }
    std::ranges::stable_sort(result.readings, std::ranges::greater{}, &CutReading::share);
  }

  std::span<const Landmarks> take_;
  const CutQuestion& question_;
  const CutTuning& tuning_;
  CutView view_;
  const CutSignal signal_;
  const PieceSums sums_;
  std::vector<CutTemplate> given_;  ///< of known repetitions
  std::map<std::size_t, CutChain> by_count_;
};

}  // namespace

Cut cut_take(std::span<const Landmarks> take, const CutQuestion& question,
             const CutTuning& tuning) {
  return Cutter(take, question, tuning).cut();
}

Cut cut_first_repetitions(std::span<const Landmarks> take, std::size_t count,
                          const CutQuestion& question, const CutTuning& tuning) {
  CutQuestion open = question;
  open.said.reset();
  Cut cut = cut_take(take, open, tuning);
  if (cut.repetitions.size() < count) {
    open.said = static_cast<int>(count);
    cut = cut_take(take, open, tuning);
  }
  if (cut.repetitions.size() < count) return {};
  cut.repetitions.resize(count);
  std::erase_if(cut.left_out, [&](const LeftOutPiece& each) {
    return each.span.first > cut.repetitions.back().last;
  });
  return cut;
}

double explained_share(std::span<const Landmarks> take, std::span<const CutSpan> repetitions,
                       const CutTuning& tuning) {
  const CutQuestion question;
  Cutter cutter(take, question, tuning);
  const double best = cutter.best_score();
  return best > 0 ? std::clamp(cutter.score_of(repetitions) / best, 0.0, 1.0) : 0;
}

}  // namespace kata
