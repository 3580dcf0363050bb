// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/posture_classifier.h"

#include <utility>

#include "kata/learn/neighbours_classifier.h"

namespace kata {

PostureClassifier::PostureClassifier(std::uint32_t frames, ChannelFill fill, Ridge ridge)
    : frames_(frames), fill_(std::move(fill)), ridge_(std::move(ridge)) {}

std::vector<double> PostureClassifier::scores(const Series& series) const {
  return ridge_.scores(thinned(fill_.fill(series), frames_).values);
}

void PostureClassifier::save(ByteWriter& writer) const {
  writer.put(frames_);
  fill_.save(writer);
  ridge_.save(writer);
}

std::unique_ptr<PostureClassifier> PostureClassifier::load(ByteReader& reader) {
  const auto frames = reader.number<std::uint32_t>();
  ChannelFill fill = ChannelFill::load(reader);
  Ridge ridge = Ridge::load(reader);
  ByteReader::expect(frames > 0 && ridge.width() / frames == fill.channels() &&
                     ridge.width() % frames == 0 && ridge.classes() > 0);
  return std::unique_ptr<PostureClassifier>(
      new PostureClassifier(frames, std::move(fill), std::move(ridge)));
}

TrainedClassifier train_posture(const Dataset& dataset, const PostureClassifierOptions& options) {
  ChannelFill fill = ChannelFill::fit(dataset.series);
  std::vector<float> features;
  std::size_t width = 0;
  for (const Series& series : dataset.series) {
    const Series thin = thinned(fill.fill(series), options.frames);
    width = thin.values.size();
    features.insert(features.end(), thin.values.begin(), thin.values.end());
  }
  auto fitted = Ridge::fit(features, width, {dataset.labels, dataset.classes.size(), dataset.groups},
                           options.ridge);
  TrainedClassifier trained;
  trained.held_out = std::move(fitted.held_out_scores);
  trained.classifier.reset(
      new PostureClassifier(options.frames, std::move(fill), std::move(fitted.ridge)));
  calibrate(trained, dataset);
  return trained;
}

}  // namespace kata
