// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "kata/learn/banded_distance.h"
#include "kata/learn/classifier.h"
#include "kata/learn/weighted_view.h"

namespace kata {

/// The nearest example of one class.
struct Nearest {
  double distance = 0;      ///< infinite where the class has no example
  std::size_t example = 0;  ///< its repetition: Dataset::ids of what was learned
};

/// Decides by the nearest example of each class after elastic alignment in a band.
///
/// How much the hands count against the body is chosen by what the held-out examples say.
class NeighboursClassifier : public Classifier {
 public:
  std::vector<double> scores(const Series& series) const override;
  std::string_view kind() const override { return "neighbours"; }
  void save(ByteWriter& writer) const override;
  static std::unique_ptr<NeighboursClassifier> load(ByteReader& reader);

  /// For each class its nearest example.
  std::vector<Nearest> nearest(const Series& series) const;
  /// A repetition as it is compared with the examples.
  AlignableSeries view_of(const Series& series) const;
  /// Scores of distances: how much nearer each class is than the nearest of the others; near
  /// draws count little.
  static std::vector<double> scores_from(const std::vector<Nearest>& nearest);
  /// The distance from each repetition learned from to the nearest other one of its class.
  const std::vector<double>& fellow_distances() const { return fellow_distances_; }
  /// How far the repetitions go from their own means, in the same unit: what a body that does not
  /// move at all would miss.
  double extent() const { return extent_; }
  std::size_t channels() const { return view_.fill.channels(); }
  float hand_weight() const { return view_.hand_weight; }
  std::size_t classes() const { return classes_; }
  /// Of the repetitions that nearest() can name.
  std::size_t largest_id() const;
  /// Places among the originals of `label` that stand for the rest, the most central first.
  std::vector<std::size_t> central(std::size_t label, std::size_t most) const;

 private:
  friend TrainedClassifier train_neighbours(const Dataset&);
  struct HeldOut;
  NeighboursClassifier() = default;
  void take_examples(const Dataset& dataset, float hand_weight);
  HeldOut held_out(const Dataset& dataset) const;
  double mean_extent() const;

  WeightedView view_;
  std::uint32_t classes_ = 0;
  double extent_ = 0;
  std::vector<double> fellow_distances_;
  std::vector<std::uint32_t> labels_;
  std::vector<std::uint32_t> ids_;
  std::vector<AlignableSeries> examples_;
};

/// At least one example.
TrainedClassifier train_neighbours(const Dataset& dataset);

void save_series(ByteWriter& writer, const Series& series);
Series load_series(ByteReader& reader);

}  // namespace kata
