// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/posture_classifier.h"

#include <utility>

namespace kata {

PostureClassifier::PostureClassifier(std::uint32_t frames, WeightedView view, Ridge ridge)
    : frames_(frames), view_(std::move(view)), ridge_(std::move(ridge)) {}

std::vector<double> PostureClassifier::scores(const Series& series) const {
  return ridge_.scores(view_.of(series, frames_).values);
}

void PostureClassifier::save(ByteWriter& writer) const {
  writer.put(frames_);
  view_.save(writer);
  ridge_.save(writer);
}

std::unique_ptr<PostureClassifier> PostureClassifier::load(ByteReader& reader) {
  const auto frames = reader.number<std::uint32_t>();
  WeightedView view = WeightedView::load(reader);
  Ridge ridge = Ridge::load(reader);
  ByteReader::expect(frames > 0 && ridge.width() / frames == view.fill.channels() &&
                     ridge.width() % frames == 0 && ridge.classes() > 0);
  return std::unique_ptr<PostureClassifier>(
      new PostureClassifier(frames, std::move(view), std::move(ridge)));
}

TrainedClassifier train_posture(const Dataset& dataset, const PostureOptions& options) {
  WeightedView view = WeightedView::learn(dataset, options.hand_weight);
  std::vector<float> features;
  std::size_t width = 0;
  for (const Series& series : dataset.series) {
    const Series posture = view.of(series, options.frames);
    width = posture.values.size();
    features.insert(features.end(), posture.values.begin(), posture.values.end());
  }
  const auto groups = dataset.held_out_groups();
  auto fitted =
      Ridge::fit(features, width, {dataset.labels, dataset.classes.size(), groups}, options.ridge);
  TrainedClassifier trained;
  trained.held_out = rows_of_originals(fitted.held_out_scores, dataset);
  trained.classifier.reset(
      new PostureClassifier(options.frames, std::move(view), std::move(fitted.ridge)));
  calibrate(trained, dataset);
  return trained;
}

}  // namespace kata
