// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "kata/learn/channel_fill.h"
#include "kata/learn/classifier.h"
#include "kata/learn/ridge.h"
#include "kata/learn/rocket_transform.h"

namespace kata {

struct RocketClassifierOptions {
  RocketOptions transform;
  RidgeOptions ridge{.penalties = {1.0, 0.3, 0.1, 0.03}, .shared_scale = 0.8};
};

/// Random convolutions and ridge regression: insensitive to how a body holds itself at rest.
class RocketClassifier : public Classifier {
 public:
  std::vector<double> scores(const Series& series) const override;
  std::string_view kind() const override { return "rocket"; }
  void save(ByteWriter& writer) const override;
  static std::unique_ptr<RocketClassifier> load(ByteReader& reader);

 private:
  friend TrainedClassifier train_rocket(const Dataset&, const RocketClassifierOptions&);
  RocketClassifier(ChannelFill fill, RocketTransform transform, Ridge ridge);

  ChannelFill fill_;
  RocketTransform transform_;
  Ridge ridge_;
};

/// At least two examples.
TrainedClassifier train_rocket(const Dataset& dataset, const RocketClassifierOptions& options = {});

}  // namespace kata
