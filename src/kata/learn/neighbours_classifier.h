// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "kata/learn/classifier.h"
#include "kata/motion/alignment.h"

namespace kata {

struct NeighboursOptions {
  std::uint32_t frames = 32;  ///< series are thinned to this many before they are aligned
  AlignmentOptions alignment;
};

/// Decides by the nearest example of each class after elastic alignment.
class NeighboursClassifier : public Classifier {
 public:
  std::vector<double> scores(const Series& series) const override;
  std::string_view kind() const override { return "neighbours"; }
  void save(ByteWriter& writer) const override;
  static std::unique_ptr<NeighboursClassifier> load(ByteReader& reader);

  /// The distance to the nearest example of each class; 0 left out.
  std::vector<double> distances(const Series& series) const;

 private:
  friend TrainedClassifier train_neighbours(const Dataset&, const NeighboursOptions&);
  NeighboursClassifier() = default;

  NeighboursOptions options_;
  std::vector<Series> examples_;
  std::vector<std::uint32_t> labels_;
  std::uint32_t classes_ = 0;
};

/// At least one example.
TrainedClassifier train_neighbours(const Dataset& dataset, const NeighboursOptions& options = {});

/// Every second, third, … frame by linear resampling; the shape that alignment works on.
Series thinned(const Series& series, std::size_t frames);

void save_series(ByteWriter& writer, const Series& series);
Series load_series(ByteReader& reader);

}  // namespace kata
