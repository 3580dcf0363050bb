// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/one_euro.h"

#include <cmath>
#include <cstddef>
#include <numbers>

#include "kata/core/error.h"

namespace kata {
namespace {

/// Weight of the new value in a low-pass with this cut-off.
double alpha(double cutoff_hz, double step_s) {
  return 1 / (1 + 1 / (2 * std::numbers::pi * cutoff_hz * step_s));
}

}  // namespace

void OneEuro::apply(std::span<double> values, Timestamp timestamp, double scale) {
  if (raw_.empty()) {
    raw_.assign(values.begin(), values.end());
    smooth_ = raw_;
    derivative_.assign(values.size(), 0);
    last_ = timestamp;
    return;
  }
  KATA_CHECK(values.size() == raw_.size(), "a filter's number of values may not change");
  if (timestamp <= last_) return;
  const double step_s = seconds(timestamp - last_);
  last_ = timestamp;
  const double derivative_alpha = alpha(options_.derivative_cutoff_hz, step_s);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double derivative = (values[i] - raw_[i]) * scale / step_s;
    derivative_[i] += derivative_alpha * (derivative - derivative_[i]);
    const double cutoff_hz = options_.min_cutoff_hz + options_.beta * std::abs(derivative_[i]);
    raw_[i] = values[i];
    const double value_alpha = alpha(cutoff_hz, step_s);
    smooth_[i] += value_alpha * (values[i] - smooth_[i]);
    values[i] = smooth_[i];
    if (options_.lead > 0 && scale > 0) {
      // A low-pass is (1 − α)/α steps behind a ramp.
      const double behind_s = (1 - value_alpha) / value_alpha * step_s;
      values[i] += options_.lead * behind_s * derivative_[i] / scale;
    }
  }
}

void LowPass::apply(std::span<double> values) {
  if (smooth_.empty()) {
    smooth_.assign(values.begin(), values.end());
    return;
  }
  KATA_CHECK(values.size() == smooth_.size(), "a filter's number of values may not change");
  for (std::size_t i = 0; i < values.size(); ++i) {
    smooth_[i] += alpha_ * (values[i] - smooth_[i]);
    values[i] = smooth_[i];
  }
}

}  // namespace kata
