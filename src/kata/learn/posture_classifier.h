// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "kata/learn/classifier.h"
#include "kata/learn/ridge.h"
#include "kata/learn/weighted_view.h"

namespace kata {

struct PostureOptions {
  float hand_weight = 1;
  std::uint32_t frames = 16;  ///< moments at which the body's posture counts
  RidgeOptions ridge{.penalties = {0.1}, .shared_scale = 1.0};
};

/// Ridge regression on the postures themselves: sees what convolutions that sum to zero cannot, and
/// needs very few examples, but also sees who performs.
class PostureClassifier : public Classifier {
 public:
  std::vector<double> scores(const Series& series) const override;
  std::string_view kind() const override { return "posture"; }
  void save(ByteWriter& writer) const override;
  static std::unique_ptr<PostureClassifier> load(ByteReader& reader);

 private:
  friend TrainedClassifier train_posture(const Dataset&, const PostureOptions&);
  PostureClassifier(std::uint32_t frames, WeightedView view, Ridge ridge);

  std::uint32_t frames_;
  WeightedView view_;
  Ridge ridge_;
};

/// At least two examples.
TrainedClassifier train_posture(const Dataset& dataset, const PostureOptions& options = {});

}  // namespace kata
