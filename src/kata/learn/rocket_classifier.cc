// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/rocket_classifier.h"

#include <utility>

#include "kata/learn/calibration.h"

namespace kata {

RocketClassifier::RocketClassifier(ChannelFill fill, RocketTransform transform, Ridge ridge,
                                   double sharpness)
    : fill_(std::move(fill)),
      transform_(std::move(transform)),
      ridge_(std::move(ridge)),
      sharpness_(sharpness) {}

std::vector<double> RocketClassifier::predict(const Series& series) const {
  std::vector<float> features(transform_.features());
  transform_.transform(fill_.fill(series), features);
  return softmax(ridge_.scores(features), sharpness_);
}

void RocketClassifier::save(ByteWriter& writer) const {
  fill_.save(writer);
  transform_.save(writer);
  ridge_.save(writer);
  writer.put(sharpness_);
}

std::unique_ptr<RocketClassifier> RocketClassifier::load(ByteReader& reader) {
  ChannelFill fill = ChannelFill::load(reader);
  RocketTransform transform = RocketTransform::load(reader);
  Ridge ridge = Ridge::load(reader);
  const auto sharpness = reader.number<double>();
  ByteReader::expect(fill.channels() == transform.channels() &&
                     ridge.width() == transform.features() && ridge.classes() > 0);
  return std::unique_ptr<RocketClassifier>(
      new RocketClassifier(std::move(fill), std::move(transform), std::move(ridge), sharpness));
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
  auto fitted = Ridge::fit(features, width, dataset.labels, classes, options.ridge);
  const double sharpness = fit_sharpness(fitted.held_out_scores, dataset.labels, classes);

  TrainedClassifier trained;
  for (std::size_t i = 0; i < dataset.size(); ++i) {
    const std::span<const double> scores(fitted.held_out_scores);
    trained.held_out.push_back(softmax(scores.subspan(i * classes, classes), sharpness));
  }
  trained.classifier.reset(new RocketClassifier(std::move(fill), std::move(transform),
                                                std::move(fitted.ridge), sharpness));
  return trained;
}

}  // namespace kata
