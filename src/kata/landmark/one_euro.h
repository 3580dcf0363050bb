// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "kata/core/timestamp.h"

namespace kata {

struct OneEuroOptions {
  double min_cutoff_hz = 1;
  double beta = 0;
  double derivative_cutoff_hz = 1;
  double lead = 0;  ///< 0–1: share of the lag behind a steady motion that is made up for
};

/// Smooths numbers that belong together (the coordinates of landmarks): much while they rest,
/// little while they move. Casiez, Roussel, Vogel: 1€ Filter, CHI 2012; in the variant of
/// mediapipe/util/filtering/one_euro_filter.cc, which differs from the raw previous value.
class OneEuro {
 public:
  explicit OneEuro(const OneEuroOptions& options) : options_(options) {}

  /// Filters in place. `scale` turns differences into the unit that beta is made for. The number of
  /// values may not change until reset(). A time not later than the last leaves the values alone.
  void apply(std::span<double> values, Timestamp timestamp, double scale);
  void reset() { raw_.clear(); }

 private:
  OneEuroOptions options_;
  Timestamp last_{};
  std::vector<double> raw_;
  std::vector<double> smooth_;
  std::vector<double> derivative_;
};

/// First-order low-pass of numbers that belong together; the first values pass.
class LowPass {
 public:
  explicit LowPass(double alpha) : alpha_(alpha) {}
  void apply(std::span<double> values);
  void reset() { smooth_.clear(); }

 private:
  double alpha_;
  std::vector<double> smooth_;
};

}  // namespace kata
