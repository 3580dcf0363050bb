// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/neighbours_classifier.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>


namespace kata {
namespace {

/// How much nearer each class is than the nearest of the others, without regard to scale.
std::vector<double> scores_from_distances(const std::vector<double>& distances) {
  std::vector<double> scores(distances.size(), 0.0);
  for (std::size_t k = 0; k < distances.size(); ++k) {
    double others = std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < distances.size(); ++j) {
      if (j != k) others = std::min(others, distances[j]);
    }
    if (!std::isfinite(distances[k])) {
      scores[k] = std::isfinite(others) ? -1 : 0;
    } else if (!std::isfinite(others)) {
      scores[k] = 1;
    } else if (others + distances[k] > 0) {
      scores[k] = (others - distances[k]) / (others + distances[k]);
    }
  }
  return scores;
}

}  // namespace

Series thinned(const Series& series, std::size_t frames) {
  std::vector<double> times(series.frames);
  std::iota(times.begin(), times.end(), 0.0);
  return resampled(series, times, frames);
}

void save_series(ByteWriter& writer, const Series& series) {
  writer.put(static_cast<std::uint32_t>(series.channels));
  writer.put(static_cast<std::uint32_t>(series.frames));
  writer.put_array(series.values);
}

Series load_series(ByteReader& reader) {
  Series series;
  series.channels = reader.number<std::uint32_t>();
  series.frames = reader.number<std::uint32_t>();
  series.values = reader.array<float>();
  ByteReader::expect(series.frames > 0 && series.values.size() % series.frames == 0 &&
                     series.values.size() / series.frames == series.channels);
  return series;
}

std::vector<double> NeighboursClassifier::distances(const Series& series) const {
  const Series query = thinned(series, options_.frames);
  std::vector<double> nearest(classes_, std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    double& least = nearest[labels_[i]];
    least = std::min(least, alignment_distance(query, examples_[i], options_.alignment));
  }
  return nearest;
}

std::vector<double> NeighboursClassifier::scores(const Series& series) const {
  return scores_from_distances(distances(series));
}

void NeighboursClassifier::save(ByteWriter& writer) const {
  writer.put(options_.frames);
  writer.put(options_.alignment.band);
  writer.put(classes_);
  writer.put_array(labels_);
  for (const Series& example : examples_) save_series(writer, example);
}

std::unique_ptr<NeighboursClassifier> NeighboursClassifier::load(ByteReader& reader) {
  std::unique_ptr<NeighboursClassifier> result(new NeighboursClassifier);
  result->options_.frames = reader.number<std::uint32_t>();
  result->options_.alignment.band = reader.number<double>();
  result->classes_ = reader.number<std::uint32_t>();
  result->labels_ = reader.array<std::uint32_t>();
  ByteReader::expect(result->options_.frames > 0 && result->options_.frames <= 4096 &&
                     result->classes_ > 0 && result->classes_ <= 65536 &&
                     result->options_.alignment.band >= 0 && result->options_.alignment.band <= 1);
  for (const std::uint32_t label : result->labels_) {
    ByteReader::expect(label < result->classes_);
    result->examples_.push_back(load_series(reader));
    ByteReader::expect(result->examples_.back().channels == result->examples_[0].channels);
  }
  return result;
}

TrainedClassifier train_neighbours(const Dataset& dataset, const NeighboursOptions& options) {
  std::unique_ptr<NeighboursClassifier> classifier(new NeighboursClassifier);
  classifier->options_ = options;
  classifier->classes_ = static_cast<std::uint32_t>(dataset.classes.size());
  for (std::size_t i = 0; i < dataset.size(); ++i) {
    classifier->examples_.push_back(thinned(dataset.series[i], options.frames));
    classifier->labels_.push_back(static_cast<std::uint32_t>(dataset.labels[i]));
  }
  const std::size_t classes = dataset.classes.size();
  const double far = std::numeric_limits<double>::infinity();
  std::vector<double> nearest(dataset.size() * classes, far);
  for (std::size_t i = 0; i < dataset.size(); ++i) {
    for (std::size_t j = i + 1; j < dataset.size(); ++j) {
      const double distance = alignment_distance(classifier->examples_[i], classifier->examples_[j],
                                                 options.alignment);
      double& of_first = nearest[i * classes + dataset.labels[j]];
      double& of_second = nearest[j * classes + dataset.labels[i]];
      of_first = std::min(of_first, distance);
      of_second = std::min(of_second, distance);
    }
  }
  TrainedClassifier trained;
  for (std::size_t i = 0; i < dataset.size(); ++i) {
    const auto begin = nearest.begin() + static_cast<std::ptrdiff_t>(i * classes);
    const auto row = scores_from_distances({begin, begin + static_cast<std::ptrdiff_t>(classes)});
    trained.held_out.insert(trained.held_out.end(), row.begin(), row.end());
  }
  trained.classifier = std::move(classifier);
  calibrate(trained, dataset);
  return trained;
}

}  // namespace kata
