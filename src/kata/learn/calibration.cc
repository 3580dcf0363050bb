// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/calibration.h"

#include <algorithm>
#include <cmath>

namespace kata {
namespace {

double log_loss(std::span<const double> scores, std::span<const std::size_t> labels,
                std::size_t classes, double sharpness) {
  double loss = 0;
  double count = 0;
  for (std::size_t i = 0; i < labels.size(); ++i)
    count += std::isfinite(scores[i * classes]) ? 1 : 0;
  // Platt's targets: of n examples, as if one more had turned out otherwise.
  const double right = (count + 1) / (count + 2);
  const double wrong = (1 - right) / static_cast<double>(std::max<std::size_t>(classes - 1, 1));
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!std::isfinite(scores[i * classes])) continue;
    const auto p = softmax(scores.subspan(i * classes, classes), sharpness);
    for (std::size_t k = 0; k < classes; ++k) {
      loss -= (k == labels[i] ? right : wrong) * std::log(std::max(p[k], 1e-12));
    }
  }
  return loss;
}

}  // namespace

std::vector<double> softmax(std::span<const double> scores, double sharpness) {
  const double top = *std::max_element(scores.begin(), scores.end());
  std::vector<double> result;
  double sum = 0;
  for (const double score : scores) {
    result.push_back(std::exp(std::min(0.0, (score - top) * sharpness)));
    sum += result.back();
  }
  for (double& value : result) value /= sum;
  return result;
}

double fit_sharpness(std::span<const double> scores, std::span<const std::size_t> labels,
                     std::size_t classes) {
  if (classes < 2 || labels.empty()) return 1;
  double best = 1;
  double least = log_loss(scores, labels, classes, best);
  for (int step = -16; step <= 28; ++step) {
    const double sharpness = std::pow(2.0, step / 4.0);
    const double loss = log_loss(scores, labels, classes, sharpness);
    if (loss < least) {
      least = loss;
      best = sharpness;
    }
  }
  return best;
}

namespace {

/// Mean and spread of the scores, and the means by label.
struct Moments {
  double spread = 1;
  double means[2] = {0, 0};
  double counts[2] = {0, 0};
};

Moments moments_of(std::span<const double> scores, std::span<const std::size_t> labels) {
  Moments moments;
  double sum = 0;
  double squares = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    moments.means[labels[i]] += scores[i];
    ++moments.counts[labels[i]];
    sum += scores[i];
    squares += scores[i] * scores[i];
  }
  for (int k = 0; k < 2; ++k) moments.means[k] /= std::max(moments.counts[k], 1.0);
  const double n = std::max(static_cast<double>(scores.size()), 1.0);
  moments.spread = std::sqrt(std::max(squares / n - sum * sum / n / n, 0.0)) + 1e-9;
  return moments;
}

/// One step of Newton's method for slope and shift of the logistic curve; false once it stands.
bool improve(std::span<const double> scores, std::span<const std::size_t> labels,
             const Moments& moments, double& slope, double& shift) {
  constexpr double kSlopePrior = 1e-3;  // of weights that sum to one
  constexpr double kShiftPrior = 1e-2;
  const double targets[2] = {(moments.counts[0] + 1) / (moments.counts[0] + 2),
                             1 / (moments.counts[1] + 2)};
  double by_slope = kSlopePrior * slope;
  double by_shift = kShiftPrior * shift;
  double a = kSlopePrior;
  double b = 0;
  double c = kShiftPrior;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double x = scores[i] / moments.spread;
    const double p = 1 / (1 + std::exp(-std::clamp(slope * x + shift, -30.0, 30.0)));
    const double weight = 0.5 / moments.counts[labels[i]];
    by_slope += weight * (p - targets[labels[i]]) * x;
    by_shift += weight * (p - targets[labels[i]]);
    const double bend = weight * p * (1 - p) + 1e-9;
    a += bend * x * x;
    b += bend * x;
    c += bend;
  }
  const double determinant = a * c - b * b;
  const double slope_step = (c * by_slope - b * by_shift) / determinant;
  const double shift_step = (a * by_shift - b * by_slope) / determinant;
  slope -= slope_step;
  shift -= shift_step;
  return std::abs(slope_step) + std::abs(shift_step) > 1e-9;
}

}  // namespace

ScoreLevel fit_level(std::span<const double> scores, std::span<const std::size_t> labels) {
  const Moments moments = moments_of(scores, labels);
  if (moments.counts[0] < 1 || moments.counts[1] < 1) return {};
  double slope = 1;
  double shift = 0;
  for (int step = 0; step < 100 && improve(scores, labels, moments, slope, shift); ++step) {
  }
  const double level = -shift / std::max(slope, 1e-2) * moments.spread;
  return {level, std::max(moments.means[0] - moments.means[1], 0.1 * moments.spread)};
}

}  // namespace kata
