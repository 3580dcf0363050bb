// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/movement_judge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "kata/core/error.h"
#include "kata/learn/neighbours_classifier.h"
#include "kata/motion/alignment.h"

namespace kata {
namespace {

constexpr std::size_t kAlignedFrames = 32;
constexpr double kFar = std::numeric_limits<double>::infinity();
const std::vector<std::string> kWrongRight = {"incorrect", "correct"};

double nearest(std::span<const double> distances) {
  return distances.empty() ? kFar : *std::min_element(distances.begin(), distances.end());
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

/// For each example the distance to its nearest fellow.
std::vector<double> distances_to_fellows(std::span<const Series> examples) {
  std::vector<double> result(examples.size(), kFar);
  for (std::size_t i = 0; i < examples.size(); ++i) {
    for (std::size_t j = i + 1; j < examples.size(); ++j) {
      const double distance = alignment_distance(examples[i], examples[j]);
      result[i] = std::min(result[i], distance);
      result[j] = std::min(result[j], distance);
    }
  }
  return result;
}

/// How far an example goes from its own mean: what a body that does not move at all would miss.
double extent(const Series& series) {
  double sum = 0;
  std::size_t used = 0;
  for (std::size_t c = 0; c < series.channels; ++c) {
    const auto values = series.channel(c);
    if (!std::isfinite(values[0])) continue;
    double mean = 0;
    for (const float value : values) mean += static_cast<double>(value);
    mean /= static_cast<double>(values.size());
    double variance = 0;
    for (const float value : values) {
      variance += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean);
    }
    sum += variance / static_cast<double>(values.size());
    ++used;
  }
  return used > 0 ? std::sqrt(sum / static_cast<double>(used)) : 0;
}

double mean_extent(std::span<const Series> examples) {
  double sum = 0;
  for (const Series& example : examples) sum += extent(example);
  return examples.empty() ? 0 : sum / static_cast<double>(examples.size());
}

}  // namespace

MovementJudge MovementJudge::train(std::span<const TaughtSeries> lessons,
                                   const ClassifierChoice& choice, std::stop_token stop) {
  MovementJudge judge;
  Dataset dataset;
  dataset.classes = kWrongRight;
  for (const TaughtSeries& lesson : lessons) {
    Series aligned = thinned(lesson.series, kAlignedFrames);
    if (lesson.is_right) {
      judge.right_.push_back(std::move(aligned));
    } else {
      judge.wrong_.push_back(std::move(aligned));
      judge.wrong_mistakes_.push_back(lesson.mistake);
    }
    dataset.series.push_back(lesson.series);
    dataset.labels.push_back(lesson.is_right ? 1 : 0);
  }
  KATA_CHECK(judge.right_.size() >= 2, "two right repetitions at least");
  if (!judge.wrong_.empty()) {
    judge.classifier_ = train_classifier(dataset, choice, stop).classifier;
  }
  // Another person, seen from elsewhere, is farther from the taught ones than those from each
  // other, but not as far as a body that does something else; the extent of the movement is the
  // yardstick of the latter.
  const auto fellows = distances_to_fellows(judge.right_);
  const double spread = quantile(fellows, 0.9);
  const double span = mean_extent(judge.right_);
  judge.right_limit_ = std::max({2.0 * spread, 0.5 * span, 1e-6});
  judge.unknown_limit_ = std::max({3.5 * spread, 1.0 * span, 1e-6});
  return judge;
}

std::vector<double> MovementJudge::distances_to(const Series& query,
                                                std::span<const Series> examples) const {
  std::vector<double> result;
  for (const Series& example : examples) result.push_back(alignment_distance(query, example));
  return result;
}

Opinion MovementJudge::judge(const Series& series) const {
  const Series query = thinned(series, kAlignedFrames);
  const auto to_right = distances_to(query, right_);
  const auto to_wrong = distances_to(query, wrong_);
  const double right_distance = nearest(to_right);
  Opinion opinion;
  opinion.nearest_right = static_cast<std::size_t>(
      std::min_element(to_right.begin(), to_right.end()) - to_right.begin());
  opinion.right_distance = right_distance / unknown_limit_;
  opinion.distance = std::min(right_distance, nearest(to_wrong)) / unknown_limit_;
  if (classifier_) {
    opinion.right = classifier_->predict(series)[1];
    const auto closest = std::min_element(to_wrong.begin(), to_wrong.end());
    const std::string& name =
        wrong_mistakes_[static_cast<std::size_t>(closest - to_wrong.begin())];
    if (!name.empty()) opinion.mistake = name;
  } else {
    constexpr double kSteepness = 6;  // from sure to sure within half the limit on either side
    opinion.right = 1 / (1 + std::exp(kSteepness * (right_distance / right_limit_ - 1)));
  }
  return opinion;
}

std::vector<std::size_t> MovementJudge::central_right(std::size_t most) const {
  const std::size_t count = right_.size();
  std::vector<std::vector<double>> table(count, std::vector<double>(count, 0.0));
  std::vector<double> sums(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      table[i][j] = table[j][i] = alignment_distance(right_[i], right_[j]);
      sums[i] += table[i][j];
      sums[j] += table[i][j];
    }
  }
  std::vector<std::size_t> chosen = {
      static_cast<std::size_t>(std::min_element(sums.begin(), sums.end()) - sums.begin())};
  while (chosen.size() < std::min(most, count)) {
    std::size_t farthest = 0;
    double largest = -1;
    for (std::size_t i = 0; i < count; ++i) {
      double least = kFar;
      for (const std::size_t c : chosen) least = std::min(least, table[i][c]);
      if (std::find(chosen.begin(), chosen.end(), i) == chosen.end() && least > largest) {
        largest = least;
        farthest = i;
      }
    }
    chosen.push_back(farthest);
  }
  return chosen;
}

void MovementJudge::save(ByteWriter& writer) const {
  writer.put(unknown_limit_);
  writer.put(right_limit_);
  writer.put(static_cast<std::uint32_t>(right_.size()));
  for (const Series& series : right_) save_series(writer, series);
  writer.put(static_cast<std::uint32_t>(wrong_.size()));
  for (std::size_t i = 0; i < wrong_.size(); ++i) {
    writer.put_text(wrong_mistakes_[i]);
    save_series(writer, wrong_[i]);
  }
  writer.put(static_cast<std::uint8_t>(classifier_ ? 1 : 0));
  if (classifier_) save_classifier(writer, *classifier_);
}

MovementJudge MovementJudge::load(ByteReader& reader) {
  constexpr std::size_t kLeastSeries = 3 * sizeof(std::uint32_t);
  MovementJudge judge;
  judge.unknown_limit_ = reader.number<double>();
  judge.right_limit_ = reader.number<double>();
  ByteReader::expect(judge.unknown_limit_ > 0 && judge.right_limit_ > 0);
  const std::size_t right = reader.count(kLeastSeries);
  ByteReader::expect(right > 0);
  for (std::size_t i = 0; i < right; ++i) judge.right_.push_back(load_series(reader));
  const std::size_t wrong = reader.count(kLeastSeries);
  for (std::size_t i = 0; i < wrong; ++i) {
    judge.wrong_mistakes_.push_back(reader.text());
    judge.wrong_.push_back(load_series(reader));
  }
  for (const auto* examples : {&judge.right_, &judge.wrong_}) {
    for (const Series& example : *examples) {
      ByteReader::expect(example.channels == judge.right_[0].channels);
    }
  }
  if (reader.number<std::uint8_t>() != 0) {
    ByteReader::expect(wrong > 0);
    judge.classifier_ = load_classifier(reader);
  }
  return judge;
}

}  // namespace kata
