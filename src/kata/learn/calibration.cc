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

}  // namespace kata
