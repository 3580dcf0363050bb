// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/bilstm_classifier.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "kata/core/error.h"
#include "kata/learn/random.h"
#include "kata/learn/weighted_view.h"

namespace kata {
namespace {

/// Of each class some, drawn by the seed, are held back; never all.
std::vector<bool> held_back(const Dataset& dataset, const std::vector<std::size_t>& originals,
                            const BilstmOptions& options) {
  std::vector<std::vector<std::size_t>> by_class(dataset.classes.size());
  for (std::size_t i = 0; i < originals.size(); ++i)
    by_class[dataset.labels[originals[i]]].push_back(i);
  Random random(options.schedule.seed);
  std::vector<bool> result(originals.size(), false);
  for (std::vector<std::size_t>& places : by_class) {
    if (places.size() < 2) continue;
    random.shuffle(places);
    const double wanted = std::round(options.check_share * static_cast<double>(places.size()));
    const auto count =
        std::clamp<std::size_t>(static_cast<std::size_t>(wanted), 1, places.size() - 1);
    for (std::size_t i = 0; i < count; ++i) result[places[i]] = true;
  }
  return result;
}

void append(const Series& series, std::size_t label, std::vector<float>& values,
            std::vector<std::int64_t>& labels) {
  for (std::size_t frame = 0; frame < series.frames; ++frame) {
    for (std::size_t c = 0; c < series.channels; ++c) values.push_back(series.at(c, frame));
  }
  labels.push_back(static_cast<std::int64_t>(label));
}

BilstmNetwork learn(const BilstmLessons& lessons, const BilstmSchedule& schedule,
                    const EpochWatch& on_epoch, std::stop_token stop) {
  const BilstmTrainer train = bilstm_trainer();
  const BilstmWatch watch = [&](const TrainingEpoch& epoch) {
    if (epoch.number > 0 && on_epoch) on_epoch(epoch);
    return !stop.stop_requested();
  };
  BilstmNetwork network;
  std::string failure;
  train(lessons, schedule, watch, network, failure);
  if (stop.stop_requested()) throw Error(ErrorCode::kCancelled, "training was stopped");
  if (!failure.empty()) {
    throw Error(ErrorCode::kUnavailable, "libtorch could not train the network: " + failure);
  }
  return network;
}

}  // namespace

BilstmClassifier::BilstmClassifier(std::uint32_t frames, ChannelFill fill, BilstmNetwork network)
    : frames_(frames), fill_(std::move(fill)), network_(std::move(network)) {}

std::vector<double> BilstmClassifier::scores(const Series& series) const {
  std::vector<double> scores = network_.probabilities(thinned(fill_.fill(series), frames_));
  for (double& score : scores) score = 2 * score - 1;
  return scores;
}

void BilstmClassifier::save(ByteWriter& writer) const {
  writer.put(frames_);
  fill_.save(writer);
  network_.save(writer);
}

std::unique_ptr<BilstmClassifier> BilstmClassifier::load(ByteReader& reader) {
  const auto frames = reader.number<std::uint32_t>();
  ChannelFill fill = ChannelFill::load(reader);
  BilstmNetwork network = BilstmNetwork::load(reader);
  ByteReader::expect(frames > 0 && frames <= 4096 && fill.channels() == network.channels());
  return std::unique_ptr<BilstmClassifier>(
      new BilstmClassifier(frames, std::move(fill), std::move(network)));
}

TrainedClassifier train_bilstm(const Dataset& dataset, const BilstmOptions& options,
                               const EpochWatch& on_epoch, std::stop_token stop) {
  const std::vector<std::size_t> originals =
      dataset.originals();  // as the prototype: as they were seen
  const std::vector<bool> is_held_back = held_back(dataset, originals, options);
  ChannelFill fill = ChannelFill::fit(dataset.series);
  BilstmLessons lessons;
  const auto frames = static_cast<std::uint32_t>(
      std::min<std::size_t>(options.most_frames, dataset.series.front().frames));
  lessons.frames = frames;
  lessons.channels = fill.channels();
  lessons.classes = dataset.classes.size();
  for (std::size_t i = 0; i < originals.size(); ++i) {
    const Series series = thinned(fill.fill(dataset.series[originals[i]]), frames);
    const std::size_t label = dataset.labels[originals[i]];
    if (is_held_back[i]) {
      append(series, label, lessons.check_values, lessons.check_labels);
    } else {
      append(series, label, lessons.learn_values, lessons.learn_labels);
    }
  }
  std::unique_ptr<BilstmClassifier> classifier(new BilstmClassifier(
      frames, std::move(fill), learn(lessons, options.schedule, on_epoch, stop)));
  TrainedClassifier trained;
  for (std::size_t i = 0; i < originals.size(); ++i) {
    std::vector<double> row(lessons.classes, std::numeric_limits<double>::quiet_NaN());
    if (is_held_back[i]) row = classifier->scores(dataset.series[originals[i]]);
    trained.held_out.insert(trained.held_out.end(), row.begin(), row.end());
  }
  trained.classifier = std::move(classifier);
  calibrate(trained, dataset);
  return trained;
}

}  // namespace kata
