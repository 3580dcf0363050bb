// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/classifier.h"

#include <algorithm>

namespace kata {

Dataset Dataset::subset(std::span<const std::size_t> places) const {
  Dataset result;
  result.classes = classes;
  for (const std::size_t place : places) {
    result.series.push_back(series[place]);
    result.labels.push_back(labels[place]);
  }
  return result;
}

std::vector<std::size_t> Dataset::counts() const {
  std::vector<std::size_t> result(classes.size(), 0);
  for (const std::size_t label : labels) ++result[label];
  return result;
}

std::size_t best_of(std::span<const double> probabilities) {
  return static_cast<std::size_t>(
      std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin());
}

}  // namespace kata
