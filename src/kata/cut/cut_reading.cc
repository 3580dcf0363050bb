// SPDX-License-Identifier: Apache-2.0
#include "kata/cut/cut_reading.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

namespace kata {
namespace {

template <typename Number>
Number quantile(std::vector<Number> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// Frame of the take that is nearest to a moment.
std::size_t nearest_frame(std::span<const Landmarks> take, double time_s) {
  const auto after = std::lower_bound(
      take.begin(), take.end(), time_s,
      [](const Landmarks& frame, double time) { return seconds(frame.timestamp) < time; });
  if (after == take.begin()) return 0;
  if (after == take.end()) return take.size() - 1;
  const auto before = after - 1;
  const bool is_before = time_s - seconds(before->timestamp) < seconds(after->timestamp) - time_s;
  return static_cast<std::size_t>((is_before ? before : after) - take.begin());
}

class Reader {
 public:
  Reader(const PieceSums& sums, std::span<const Landmarks> take, const CutTuning& tuning)
      : sums_(sums), signal_(sums.signal()), take_(take), tuning_(tuning) {}

  Cut read(const CutChain& chain, const IntruderRule& rule) const {
    Cut cut;
    cut.score = chain.score;
    const std::vector<double> likeness = likenesses(chain.pieces, rule);
    const double usual = quantile(likeness, 0.5);
    for (std::size_t i = 0; i < chain.pieces.size(); ++i) {
      const CutPiece piece = trimmed(chain.pieces[i]);
      const CutSpan span = span_of(piece, usual > 0 ? likeness[i] / usual : 1);
      if (span.first >= span.last) continue;
      if (likeness[i] < rule.unlike * usual)
        cut.left_out.push_back({span, LeftOutReason::kUnlike});
      else
        add(cut.repetitions, span);
    }
    add_rest(cut, chain.pieces);
    return cut;
  }

 private:
  /// Spans share no frame.
  static void add(std::vector<CutSpan>& spans, CutSpan span) {
    if (!spans.empty() && span.first <= spans.back().last) span.first = spans.back().last + 1;
    if (span.first < span.last) spans.push_back(span);
  }

  /// Each piece's usual gain to those of the others that it is most like.
  std::vector<double> likenesses(const std::vector<CutPiece>& pieces,
                                 const IntruderRule& rule) const {
    std::vector<CutTemplate> shapes;
    for (const CutPiece& piece : pieces)
      shapes.push_back(template_of(signal_, piece, static_cast<std::size_t>(tuning_.points)));
    const std::size_t step = 1 + pieces.size() / static_cast<std::size_t>(tuning_.most_compared);
    std::vector<double> result;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      std::vector<double> gains;
      for (std::size_t j = 0; j < pieces.size(); j += step) {
        if (j != i) gains.push_back(gain_by(sums_, shapes[i], shapes[j], tuning_));
      }
      for (const CutTemplate& shape : rule.given)
        gains.push_back(gain_by(sums_, shapes[i], shape, tuning_));
      result.push_back(quantile(std::move(gains), rule.is_mixed ? 1 : tuning_.alike_share));
    }
    return result;
  }

  /// Without the rest at both ends.
  CutPiece trimmed(const CutPiece& piece) const {
    const auto speeds = signal_.speed.begin() + static_cast<std::ptrdiff_t>(piece.begin);
    const float still =
        static_cast<float>(tuning_.still) *
        quantile(std::vector<float>(speeds, speeds + static_cast<std::ptrdiff_t>(piece.length + 1)),
                 tuning_.fast_share);
    const std::size_t middle = piece.begin + piece.length / 2;
    std::size_t begin = piece.begin, end = piece.end();
    while (begin < middle && signal_.speed[begin + 1] < still) ++begin;
    while (end > middle && signal_.speed[end - 1] < still) --end;
    return {begin, end - begin};
  }

  /// Sure where the body is still and the piece is like the others.
  CutSpan span_of(const CutPiece& piece, double likeness) const {
    const auto sure = [&](std::size_t edge) {
      const double fast = std::max(signal_.typical_speed, 1e-9F);
      return std::clamp(1 - signal_.speed[edge] / fast, 0.0, 1.0) * std::clamp(likeness, 0.0, 1.0);
    };
    return {nearest_frame(take_, signal_.time_s(piece.begin)),
            nearest_frame(take_, signal_.time_s(piece.end())), sure(piece.begin),
            sure(piece.end())};
  }

  /// Movement that is in no piece, where it is as much as one.
  void add_rest(Cut& cut, const std::vector<CutPiece>& pieces) const {
    std::vector<double> active;
    for (const CutPiece& piece : pieces) active.push_back(sums_.active_s(piece));
    const double least_s = std::max(tuning_.told_s, tuning_.told * quantile(active, 0.5));
    std::size_t from = 0;
    for (std::size_t i = 0; i <= pieces.size(); ++i) {
      const std::size_t to = i < pieces.size() ? pieces[i].begin : signal_.frames - 1;
      const LeftOutReason reason = i == 0               ? LeftOutReason::kBefore
                                   : i == pieces.size() ? LeftOutReason::kAfter
                                                        : LeftOutReason::kBetween;
      if (to > from + 1 && sums_.active_s({from, to - from}) >= least_s) {
        const CutSpan span = span_of(trimmed({from, to - from}), 0);
        if (span.first < span.last) cut.left_out.push_back({span, reason});
      }
      if (i < pieces.size()) from = pieces[i].end();
    }
    std::ranges::sort(cut.left_out, {}, [](const LeftOutPiece& each) { return each.span.first; });
  }

  const PieceSums& sums_;
  const CutSignal& signal_;
  std::span<const Landmarks> take_;
  const CutTuning& tuning_;
};

}  // namespace

Cut cut_of_chain(const PieceSums& sums, const CutChain& chain, const IntruderRule& rule,
                 std::span<const Landmarks> take, const CutTuning& tuning) {
  return Reader(sums, take, tuning).read(chain, rule);
}

CutChain single_piece(const PieceSums& sums, const CutTuning& tuning) {
  const CutSignal& signal = sums.signal();
  const float still = tuning.slow * signal.typical_speed;
  CutPiece best;
  std::optional<std::size_t> begin;
  std::size_t last = 0;
  const auto close = [&] {
    if (begin && last > *begin &&
        (best.length == 0 || sums.active_s({*begin, last - *begin}) > sums.active_s(best)))
      best = {*begin, last - *begin};
    begin.reset();
  };
  for (std::size_t f = 0; f < signal.frames; ++f) {
    if (signal.speed[f] >= still) {
      if (!begin) begin = f;
      last = f;
    } else if (begin && static_cast<double>(f - last) * signal.step_s > tuning.pause_s) {
      close();
    }
  }
  close();
  if (best.length == 0) return {};
  CutChain chain;
  chain.pieces = {best};
  chain.score = sums.active_s(best);
  return chain;
}

}  // namespace kata
