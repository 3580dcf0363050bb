// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/neighbours_classifier.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace kata {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

/// From −1 to 1, without regard to scale; squared, so that what is nearly a draw counts little.
double margin_score(double mine, double others) {
  if (!std::isfinite(mine)) return std::isfinite(others) ? -1 : 0;
  if (!std::isfinite(others)) return 1;
  const double margin = (others - mine) / (others + mine + 1e-12);
  return margin * std::abs(margin);
}

double extent_of(const Series& series) {
  double sum = 0;
  for (std::size_t c = 0; c < series.channels; ++c) {
    const auto values = series.channel(c);
    double mean = 0;
    for (const float value : values) mean += static_cast<double>(value);
    mean /= static_cast<double>(values.size());
    for (const float value : values) {
      const double miss = static_cast<double>(value) - mean;
      sum += miss * miss / static_cast<double>(values.size());
    }
  }
  return std::sqrt(sum);
}

}  // namespace

struct NeighboursClassifier::HeldOut {
  std::vector<double> scores;   // [repetitions, classes]
  std::vector<double> fellows;  // nearest other of the own class
  double quality = 0;           // mean score of the right class
};

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

void NeighboursClassifier::take_examples(const Dataset& dataset, float hand_weight) {
  view_.hand_weight = hand_weight;
  examples_.clear();
  for (const Series& series : dataset.series) {
    examples_.emplace_back(view_.of(series, AlignableSeries::kFrames));
  }
}

NeighboursClassifier::HeldOut NeighboursClassifier::held_out(const Dataset& dataset) const {
  HeldOut result;
  const std::vector<std::size_t> left_out_with = dataset.held_out_groups();
  for (const std::size_t place : dataset.originals()) {
    std::vector<Nearest> nearest(classes_, {kFar, 0});
    for (std::size_t other = 0; other < examples_.size(); ++other) {
      if (left_out_with[other] == left_out_with[place]) continue;
      double& least = nearest[labels_[other]].distance;
      least = std::min(least, examples_[place].distance_to(examples_[other], least));
    }
    const auto scores = scores_from(nearest);
    result.scores.insert(result.scores.end(), scores.begin(), scores.end());
    result.fellows.push_back(nearest[labels_[place]].distance);
    result.quality += scores[labels_[place]];
  }
  return result;
}

double NeighboursClassifier::mean_extent() const {
  double sum = 0;
  for (const AlignableSeries& example : examples_) sum += extent_of(example.series());
  return examples_.empty() ? 0 : sum / static_cast<double>(examples_.size());
}

AlignableSeries NeighboursClassifier::view_of(const Series& series) const {
  return AlignableSeries(view_.of(series, AlignableSeries::kFrames));
}

std::vector<Nearest> NeighboursClassifier::nearest(const Series& series) const {
  const AlignableSeries query = view_of(series);
  std::vector<Nearest> result(classes_, {kFar, 0});
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    Nearest& least = result[labels_[i]];
    const double distance = query.distance_to(examples_[i], least.distance);
    if (distance < least.distance) least = {distance, ids_[i]};
  }
  return result;
}

std::vector<double> NeighboursClassifier::scores_from(const std::vector<Nearest>& nearest) {
  std::vector<double> scores;
  for (std::size_t k = 0; k < nearest.size(); ++k) {
    double others = kFar;
    for (std::size_t j = 0; j < nearest.size(); ++j) {
      if (j != k) others = std::min(others, nearest[j].distance);
    }
    scores.push_back(margin_score(nearest[k].distance, others));
  }
  return scores;
}

std::size_t NeighboursClassifier::largest_id() const {
  return ids_.empty() ? 0 : *std::max_element(ids_.begin(), ids_.end());
}

std::vector<std::size_t> NeighboursClassifier::central(std::size_t label, std::size_t most) const {
  std::vector<std::size_t> originals;
  for (std::size_t i = 0; i < examples_.size(); ++i) {
    if (labels_[i] == label && (i == 0 || ids_[i] != ids_[i - 1])) originals.push_back(i);
  }
  const std::size_t count = originals.size();
  std::vector<std::vector<double>> table(count, std::vector<double>(count, 0.0));
  std::vector<double> sums(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      table[i][j] = table[j][i] =
          examples_[originals[i]].distance_to(examples_[originals[j]], kFar);
      sums[i] += table[i][j];
      sums[j] += table[i][j];
    }
  }
  // The most central one, then whichever is farthest from those already chosen.
  std::vector<std::size_t> chosen;
  std::vector<double> to_chosen(count, kFar);
  while (chosen.size() < std::min(most, count)) {
    std::size_t next =
        static_cast<std::size_t>(std::min_element(sums.begin(), sums.end()) - sums.begin());
    if (!chosen.empty()) {
      next = static_cast<std::size_t>(std::max_element(to_chosen.begin(), to_chosen.end()) -
                                      to_chosen.begin());
    }
    chosen.push_back(next);
    for (std::size_t i = 0; i < count; ++i) to_chosen[i] = std::min(to_chosen[i], table[next][i]);
  }
  return chosen;
}

std::vector<double> NeighboursClassifier::scores(const Series& series) const {
  return scores_from(nearest(series));
}

void NeighboursClassifier::save(ByteWriter& writer) const {
  view_.save(writer);
  writer.put(classes_);
  writer.put(extent_);
  writer.put_array(fellow_distances_);
  writer.put_array(labels_);
  writer.put_array(ids_);
  for (const AlignableSeries& example : examples_) save_series(writer, example.series());
}

std::unique_ptr<NeighboursClassifier> NeighboursClassifier::load(ByteReader& reader) {
  std::unique_ptr<NeighboursClassifier> result(new NeighboursClassifier);
  result->view_ = WeightedView::load(reader);
  result->classes_ = reader.number<std::uint32_t>();
  result->extent_ = reader.number<double>();
  result->fellow_distances_ = reader.array<double>();
  result->labels_ = reader.array<std::uint32_t>();
  result->ids_ = reader.array<std::uint32_t>();
  ByteReader::expect(result->classes_ > 0 && result->classes_ <= 65536 &&
                     result->ids_.size() == result->labels_.size());
  for (const std::uint32_t label : result->labels_) {
    ByteReader::expect(label < result->classes_);
    const Series series = load_series(reader);
    ByteReader::expect(series.frames == AlignableSeries::kFrames &&
                       series.channels == result->channels());
    result->examples_.emplace_back(series);
  }
  return result;
}

TrainedClassifier train_neighbours(const Dataset& dataset) {
  constexpr std::array<float, 3> kHandWeights = {1.0F, 0.33F, 0.0F};
  std::unique_ptr<NeighboursClassifier> classifier(new NeighboursClassifier);
  classifier->view_ = WeightedView::learn(dataset, kHandWeights[0]);
  classifier->classes_ = static_cast<std::uint32_t>(dataset.classes.size());
  const std::vector<std::size_t> ids = dataset.repetition_ids();
  for (std::size_t i = 0; i < dataset.size(); ++i) {
    classifier->labels_.push_back(static_cast<std::uint32_t>(dataset.labels[i]));
    classifier->ids_.push_back(static_cast<std::uint32_t>(ids[i]));
  }
  const bool has_both = dataset.body_channels > 0 && dataset.body_channels < classifier->channels();
  const std::size_t choices = has_both && dataset.classes.size() > 1 ? kHandWeights.size() : 1;
  NeighboursClassifier::HeldOut best;
  float best_weight = kHandWeights[0];
  for (std::size_t i = 0; i < choices; ++i) {
    classifier->take_examples(dataset, kHandWeights[i]);
    NeighboursClassifier::HeldOut held_out = classifier->held_out(dataset);
    if (i > 0 && !(held_out.quality > best.quality + 1e-9)) continue;
    best = std::move(held_out);
    best_weight = kHandWeights[i];
  }
  classifier->take_examples(dataset, best_weight);
  classifier->fellow_distances_ = std::move(best.fellows);
  classifier->extent_ = classifier->mean_extent();
  TrainedClassifier trained;
  trained.held_out = std::move(best.scores);
  trained.classifier = std::move(classifier);
  calibrate(trained, dataset);
  return trained;
}

}  // namespace kata
