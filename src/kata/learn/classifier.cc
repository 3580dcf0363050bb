// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/classifier.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "kata/learn/calibration.h"

namespace kata {

Dataset Dataset::subset(std::span<const std::size_t> places) const {
  Dataset result;
  result.classes = classes;
  result.body_channels = body_channels;
  result.level_share = level_share;
  for (const std::size_t place : places) {
    result.series.push_back(series[place]);
    result.labels.push_back(labels[place]);
    if (!groups.empty()) result.groups.push_back(groups[place]);
    if (!ids.empty()) result.ids.push_back(ids[place]);
  }
  return result;
}

std::vector<std::size_t> Dataset::counts() const {
  std::vector<std::size_t> result(classes.size(), 0);
  for (const std::size_t label : labels) ++result[label];
  return result;
}

std::vector<std::size_t> Dataset::repetition_ids() const {
  if (!ids.empty()) return ids;
  std::vector<std::size_t> result(size());
  std::iota(result.begin(), result.end(), std::size_t{0});
  return result;
}

std::vector<std::size_t> Dataset::originals() const {
  std::vector<std::size_t> result;
  std::set<std::size_t> seen;
  const auto all = repetition_ids();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (seen.insert(all[i]).second) result.push_back(i);
  }
  return result;
}

std::vector<std::size_t> Dataset::labels_of_originals() const {
  std::vector<std::size_t> result;
  for (const std::size_t place : originals()) result.push_back(labels[place]);
  return result;
}

bool Dataset::is_held_out_by_group() const {
  constexpr std::size_t kLeastGroups = 3;
  const std::set<std::size_t> distinct(groups.begin(), groups.end());
  if (distinct.size() < kLeastGroups) return false;
  const auto all = counts();
  for (const std::size_t group : distinct) {
    std::vector<std::size_t> outside = all;
    for (std::size_t i = 0; i < size(); ++i) {
      if (groups[i] == group) --outside[labels[i]];
    }
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (all[k] > 0 && outside[k] == 0) return false;
    }
  }
  return true;
}

std::vector<std::size_t> Dataset::held_out_groups() const {
  return is_held_out_by_group() ? groups : repetition_ids();
}

std::vector<double> Classifier::predict(const Series& series) const {
  return softmax(scores(series), sharpness_);
}

std::vector<double> rows_of_originals(std::span<const double> scores, const Dataset& dataset) {
  const std::size_t classes = dataset.classes.size();
  std::vector<double> rows;
  for (const std::size_t place : dataset.originals()) {
    const auto row = scores.subspan(place * classes, classes);
    rows.insert(rows.end(), row.begin(), row.end());
  }
  return rows;
}

double held_out_error(std::span<const double> held_out, const Dataset& dataset) {
  const std::size_t classes = dataset.classes.size();
  const auto truth = dataset.labels_of_originals();
  double sum = 0;
  for (std::size_t i = 0; i < held_out.size(); ++i) {
    const double miss = held_out[i] - (i % classes == truth[i / classes] ? 1.0 : -1.0);
    sum += miss * miss;
  }
  return held_out.empty() ? 0 : sum / static_cast<double>(held_out.size());
}

double held_out_accuracy(std::span<const double> held_out, const Dataset& dataset) {
  const std::size_t classes = dataset.classes.size();
  const auto truth = dataset.labels_of_originals();
  double right = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    right += best_of(held_out.subspan(i * classes, classes)) == truth[i] ? 1 : 0;
  }
  return truth.empty() ? 0 : right / static_cast<double>(truth.size());
}

void calibrate(TrainedClassifier& trained, const Dataset& dataset) {
  trained.classifier->set_sharpness(
      fit_sharpness(trained.held_out, dataset.labels_of_originals(), dataset.classes.size()));
}

std::size_t best_of(std::span<const double> probabilities) {
  return static_cast<std::size_t>(std::max_element(probabilities.begin(), probabilities.end()) -
                                  probabilities.begin());
}

}  // namespace kata
