// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/classifier.h"

#include <algorithm>

#include "kata/learn/calibration.h"

namespace kata {

Dataset Dataset::subset(std::span<const std::size_t> places) const {
  Dataset result;
  result.classes = classes;
  for (const std::size_t place : places) {
    result.series.push_back(series[place]);
    result.labels.push_back(labels[place]);
    if (!groups.empty()) result.groups.push_back(groups[place]);
  }
  return result;
}

std::vector<std::size_t> Dataset::counts() const {
  std::vector<std::size_t> result(classes.size(), 0);
  for (const std::size_t label : labels) ++result[label];
  return result;
}

std::vector<double> Classifier::predict(const Series& series) const {
  return softmax(scores(series), sharpness_);
}

double TrainedClassifier::held_out_error(const Dataset& dataset) const {
  const std::size_t classes = dataset.classes.size();
  double sum = 0;
  for (std::size_t i = 0; i < dataset.size(); ++i) {
    for (std::size_t k = 0; k < classes; ++k) {
      const double miss = held_out[i * classes + k] - (k == dataset.labels[i] ? 1.0 : -1.0);
      sum += miss * miss;
    }
  }
  return held_out.empty() ? 0 : sum / static_cast<double>(held_out.size());
}

void calibrate(TrainedClassifier& trained, const Dataset& dataset) {
  trained.classifier->set_sharpness(
      fit_sharpness(trained.held_out, dataset.labels, dataset.classes.size()));
}

std::size_t best_of(std::span<const double> probabilities) {
  return static_cast<std::size_t>(
      std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
}

}  // namespace kata
