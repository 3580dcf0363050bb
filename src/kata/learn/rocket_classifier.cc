// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/rocket_classifier.h"

#include <utility>

namespace kata {

RocketClassifier::RocketClassifier(ChannelFill fill, RocketTransform transform, Ridge ridge)
    : fill_(std::move(fill)), transform_(std::move(transform)), ridge_(std::move(ridge)) {}

std::vector<double> RocketClassifier::scores(const Series& series) const {
  std::vector<float> features(transform_.features());
  transform_.transform(fill_.fill(series), features);
  return ridge_.scores(features);
}

void RocketClassifier::save(ByteWriter& writer) const {
  fill_.save(writer);
  transform_.save(writer);
  ridge_.save(writer);
}

std::unique_ptr<RocketClassifier> RocketClassifier::load(ByteReader& reader) {
  ChannelFill fill = ChannelFill::load(reader);
  RocketTransform transform = RocketTransform::load(reader);
  Ridge ridge = Ridge::load(reader);
  ByteReader::expect(fill.channels() == transform.channels() &&
                     ridge.width() == transform.features() && ridge.classes() > 0);
  return std::unique_ptr<RocketClassifier>(
      new RocketClassifier(std::move(fill), std::move(transform), std::move(ridge)));
}

TrainedClassifier train_rocket(const Dataset& dataset, const RocketClassifierOptions& options) {
  ChannelFill fill = ChannelFill::fit(dataset.series);
  std::vector<Series> filled;
  for (const Series& series : dataset.series) filled.push_back(fill.fill(series));
  RocketTransform transform = RocketTransform::fit(filled, options.transform);
  const std::size_t width = transform.features();
  std::vector<float> features(filled.size() * width);
  for (std::size_t i = 0; i < filled.size(); ++i) {
    transform.transform(filled[i], std::span<float>(features).subspan(i * width, width));
  }
  const std::size_t classes = dataset.classes.size();
  const auto groups = dataset.held_out_groups();
  auto fitted = Ridge::fit(features, width, {dataset.labels, classes, groups}, options.ridge);
  TrainedClassifier trained;
  trained.held_out = rows_of_originals(fitted.held_out_scores, dataset);
  trained.classifier.reset(
      new RocketClassifier(std::move(fill), std::move(transform), std::move(fitted.ridge)));
  calibrate(trained, dataset);
  return trained;
}

}  // namespace kata
