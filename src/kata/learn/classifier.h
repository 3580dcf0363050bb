// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kata/learn/bytes.h"
#include "kata/motion/series.h"

namespace kata {

/// Series of one shape and their classes; channels that were never seen are NaN throughout.
struct Dataset {
  std::vector<Series> series;
  std::vector<std::size_t> labels;   ///< below classes.size()
  std::vector<std::string> classes;  ///< their order is kept by every classifier
  /// Person or take of each example, so that near-duplicates are left out together; may be empty.
  std::vector<std::size_t> groups;
  /// Which repetition each example shows; copies of one (seen from elsewhere) follow their
  /// original. Empty: each its own.
  std::vector<std::size_t> ids;
  std::size_t body_channels = 0;  ///< the first ones; the rest are the hands'. 0: no such division
  float level_share = 1;          ///< how much of a channel's mean counts when series are aligned

  std::size_t size() const { return series.size(); }
  /// The examples at these places, with all classes.
  Dataset subset(std::span<const std::size_t> places) const;
  /// How many examples each class has.
  std::vector<std::size_t> counts() const;
  std::vector<std::size_t> repetition_ids() const;
  /// Places of the examples that are no copies.
  std::vector<std::size_t> originals() const;
  std::vector<std::size_t> labels_of_originals() const;
  /// What each example is left out together with: its group where there are at least three and
  /// every class is left in without each; else its repetition.
  std::vector<std::size_t> held_out_groups() const;
  /// Whether whole groups are left out.
  bool is_held_out_by_group() const;
};

/// Decides between classes. Immutable; may be used from any thread.
class Classifier {
 public:
  virtual ~Classifier() = default;
  /// One score for each class, about 1 for the right one and −1 for the others.
  virtual std::vector<double> scores(const Series& series) const = 0;
  /// "rocket", "neighbours", …: the name under which classifiers.h loads it again.
  virtual std::string_view kind() const = 0;
  virtual void save(ByteWriter& writer) const = 0;

  /// Calibrated probabilities, one for each class, that sum to one.
  std::vector<double> predict(const Series& series) const;
  double sharpness() const { return sharpness_; }
  void set_sharpness(double sharpness) { sharpness_ = sharpness; }

 private:
  double sharpness_ = 1;  // see calibration.h
};

/// One of those that decide together.
struct MemberFigure {
  std::string name;
  double weight = 1;             ///< of its scores in the sum
  double held_out_accuracy = 0;  ///< alone, each repetition judged by what the others taught
};

/// A classifier, and what it says of each repetition learned from when that one is left out.
struct TrainedClassifier {
  std::unique_ptr<Classifier> classifier;
  std::vector<double> held_out;            ///< scores, [originals, classes]
  std::vector<MemberFigure> members = {};  ///< of a combination, for the report
};

/// Sets the sharpness by the held-out scores.
void calibrate(TrainedClassifier& trained, const Dataset& dataset);

/// Of scores for every example, [examples, classes], those of the originals.
std::vector<double> rows_of_originals(std::span<const double> scores, const Dataset& dataset);

/// Mean squared distance of held-out scores, [originals, classes], from 1 (right class) and −1.
double held_out_error(std::span<const double> held_out, const Dataset& dataset);

/// Share of held-out rows, [originals, classes], in which the right class has the largest score.
double held_out_accuracy(std::span<const double> held_out, const Dataset& dataset);

/// Index of the largest; the first among equals.
std::size_t best_of(std::span<const double> probabilities);

}  // namespace kata
