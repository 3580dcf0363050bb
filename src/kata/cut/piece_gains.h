// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kata/cut/cut_signal.h"
#include "kata/cut/cut_tuning.h"

namespace kata {

/// Grid frames [begin, begin + length] of a signal; the next piece may begin where it ends.
struct CutPiece {
  std::size_t begin = 0;
  std::size_t length = 0;
  std::size_t end() const { return begin + length; }
  bool operator==(const CutPiece&) const = default;
};

/// A way of moving at even shares of its duration, about its mean.
struct CutTemplate {
  std::size_t points = 0;
  std::vector<float> shape;   ///< [points, dims] row-major
  std::vector<float> mean;    ///< [dims]
  float variance = 0;         ///< mean squared length of the shape's rows
  bool is_single = true;      ///< of one piece, not the mean of several
  bool is_elsewhere = false;  ///< of another take: where it was in the picture says nothing
  std::size_t shortest = 0;   ///< frames of a piece it may explain
  std::size_t longest = static_cast<std::size_t>(-1);
};

CutTemplate template_of(const CutSignal& signal, const CutPiece& piece, std::size_t points);
/// Of templates with as many points.
CutTemplate mean_template(std::span<const CutTemplate* const> templates);

/// The rows [first, first + count) of a template, as a template.
CutTemplate slice_of(const CutTemplate& whole, std::size_t first, std::size_t count);

/// Running sums over a signal, from which any piece's mean, spread, activity and price follow.
class PieceSums {
 public:
  PieceSums(const CutSignal& signal, const CutTuning& tuning);

  const CutSignal& signal() const { return signal_; }
  float variance(const CutPiece& piece) const;
  float active_s(const CutPiece& piece) const;
  float price(const CutPiece& piece) const;
  double duration_s(const CutPiece& piece) const {
    return static_cast<double>(piece.length) * signal_.step_s;
  }
  /// Sums of one dimension up to each frame.
  const double* dim(std::size_t d) const { return &sums_[d * (signal_.frames + 1)]; }

 private:
  const CutSignal& signal_;
  const CutTuning& tuning_;
  std::vector<double> sums_;     ///< [dims, frames + 1]
  std::vector<double> squares_;  ///< of the postures' lengths
  std::vector<double> active_;   ///< seconds
};

/// How pieces begin and end, and how long they are: what repetitions with different mistakes have
/// in common.
struct PieceEnds {
  std::vector<float> begins, ends;  ///< 0–1: likeness of each frame to where pieces begin and end
  float length = 0;                 ///< usual, in frames
  float share = 0, spread = 1;      ///< the tuning's

  float likeness_of(std::size_t length_of_piece) const;
  /// Seconds × nats.
  float bonus(const PieceSums& sums, const CutPiece& piece) const;
};

PieceEnds ends_of(const PieceSums& sums, std::span<const CutPiece> pieces, const CutTuning& tuning);

/// All pieces of some lengths: what each is worth, by templates.
class PieceGains {
 public:
  PieceGains(const PieceSums& sums, std::vector<std::size_t> lengths, const CutTuning& tuning);

  std::size_t frames() const { return frames_; }
  const std::vector<std::size_t>& lengths() const { return lengths_; }
  /// Nothing is worth anything.
  void clear();
  /// What pieces earn where this template explains them better than those before.
  void add(const CutTemplate& shape);
  /// Pieces may be explained by known ones, and likeness to them counts beside that within the
  /// take.
  void add_known(std::span<const CutTemplate> known);
  /// Pieces that begin and end as others do earn by that too.
  void add_ends(const PieceEnds& ends);
  /// Of the piece with this length's index; by the begin.
  const float* worth(std::size_t length) const { return &worth_[length * frames_]; }
  float* worth(std::size_t length) { return &worth_[length * frames_]; }
  const float* active_s(std::size_t length) const { return &active_s_[length * frames_]; }

 private:
  void project(const CutTemplate& shape);
  void add_length(const CutTemplate& shape, std::size_t length);

  const PieceSums* sums_;
  const CutTuning* tuning_;
  std::vector<std::size_t> lengths_;
  std::size_t frames_;
  std::vector<float> variance_, active_s_, price_, mean_square_, worth_;  // [lengths, frames]
  std::vector<float> rows_;                                               // [points, frames]
  std::vector<double> mean_sums_;
  std::vector<float> shared_, means_;
};

/// Seconds × nats that a piece earns by a template; may be negative.
float worth_by(const PieceSums& sums, const CutPiece& piece, const CutTemplate& own,
               const CutTemplate& shape, const CutTuning& tuning);
/// Nats.
float gain_by(const PieceSums& sums, const CutTemplate& own, const CutTemplate& shape,
              const CutTuning& tuning);

}  // namespace kata
