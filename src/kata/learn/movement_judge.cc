// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/movement_judge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "kata/core/error.h"
#include "kata/learn/calibration.h"

namespace kata {
namespace {

constexpr std::size_t kRight = 0;
constexpr std::size_t kWrong = 1;
/// How far right and wrong lie apart in the scores of one teacher's judge (UI-PRMD, strangers).
constexpr double kApart = 0.9;

double quantile(std::vector<double> values, double share) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

Dataset dataset_of(std::span<const TaughtSeries> lessons, std::size_t body_channels) {
  Dataset dataset;
  dataset.classes = {"correct"};
  dataset.body_channels = body_channels;
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    if (!lessons[i].is_right) dataset.classes = {"correct", "incorrect"};
    for (const Series& view : lessons[i].views) {
      dataset.groups.push_back(lessons[i].person);
      dataset.series.push_back(view);
      dataset.labels.push_back(lessons[i].is_right ? kRight : kWrong);
      dataset.ids.push_back(i);
    }
  }
  return dataset;
}

/// Right minus wrong, halved, of scores for both classes.
std::vector<double> differences(std::span<const double> scores) {
  std::vector<double> result;
  for (std::size_t i = 0; i + 1 < scores.size(); i += 2)
    result.push_back((scores[i + kRight] - scores[i + kWrong]) / 2);
  return result;
}

/// How the two members' scores add up for each kind of classifier.
double neighbours_weight_for(ClassifierKind kind) {
  switch (kind) {
    case ClassifierKind::kAuto:
      return kNeighboursWeight;
    case ClassifierKind::kNeighbours:
      return 1;
    case ClassifierKind::kRocket:
    case ClassifierKind::kBilstm:
      return 0;
  }
  return 0;
}

}  // namespace

MovementJudge MovementJudge::train(std::span<const TaughtSeries> lessons, std::size_t body_channels,
                                   const ClassifierChoice& choice, std::stop_token stop) {
  std::vector<std::string> mistakes;
  for (const TaughtSeries& lesson : lessons) mistakes.push_back(lesson.mistake);
  return train(dataset_of(lessons, body_channels), std::move(mistakes), choice, stop);
}

MovementJudge MovementJudge::train(const Dataset& dataset, std::vector<std::string> mistakes,
                                   const ClassifierChoice& choice, std::stop_token stop) {
  if (stop.stop_requested()) throw Error(ErrorCode::kCancelled, "training was stopped");
  MovementJudge judge;
  judge.is_of_several_ = dataset.is_held_out_by_group();
  TrainedClassifier neighbours = train_neighbours(dataset);
  judge.neighbours_.reset(static_cast<NeighboursClassifier*>(neighbours.classifier.release()));
  if (dataset.classes.size() > 1) {
    judge.mistakes_ = std::move(mistakes);
    judge.learn_both(dataset, std::move(neighbours.held_out), choice, stop);
  }
  judge.set_limits();
  return judge;
}

/// Learns right against wrong. `held_out` are the neighbours' scores.
void MovementJudge::learn_both(const Dataset& dataset, std::vector<double> held_out,
                               const ClassifierChoice& choice, std::stop_token stop) {
  neighbours_weight_ = neighbours_weight_for(choice.kind);
  const MemberFigure alone{"neighbours", neighbours_weight_, held_out_accuracy(held_out, dataset)};
  if (alone.weight > 0) members_.push_back(alone);
  for (double& score : held_out) score *= neighbours_weight_;
  if (choice.kind != ClassifierKind::kNeighbours) {
    TrainedClassifier trained = choice.kind == ClassifierKind::kAuto
                                    ? train_ridges(dataset, choice.seed, neighbours_->hand_weight())
                                    : train_classifier(dataset, choice, stop);
    for (std::size_t i = 0; i < held_out.size(); ++i) held_out[i] += trained.held_out[i];
    members_.insert(members_.begin(), trained.members.begin(), trained.members.end());
    classifier_ = std::move(trained.classifier);
  }
  const std::vector<std::size_t> labels = dataset.labels_of_originals();
  if (is_of_several_) {
    const ScoreLevel fitted = fit_level(differences(held_out), labels);
    level_ = fitted.level;
    unit_ = fitted.apart / kApart;
    for (std::size_t i = 0; i < held_out.size(); ++i)
      held_out[i] += i % 2 == kRight ? -level_ : level_;
  }
  sharpness_ = fit_sharpness(held_out, labels, 2);
}

void MovementJudge::set_limits() {
  const double spread = quantile(neighbours_->fellow_distances(), 0.9);
  const double span = neighbours_->extent();
  if (is_of_several_) {
    // These distances are between people: what one in twenty right ones of another person exceeds.
    right_limit_ = std::max(quantile(neighbours_->fellow_distances(), 0.95), 1e-6);
    unknown_limit_ = std::max(1.2 * spread, 0.27 + 0.15 * span);
    return;
  }
  right_limit_ = std::max({2.0 * spread, 0.5 * span, 1e-6});
  // Another body and another camera bring a difference of their own, whatever the movement, and
  // some more with its extent; beyond that a body does something else. In body units, from ten
  // combinations of teacher and learner of five rendered movements, seen from ±25°: the repetitions
  // lie at 0.15 to 0.39, other movements from 0.35 (small ones) and from 0.45 (large ones) on.
  unknown_limit_ = std::max(2.2 * spread, 0.27 + 0.15 * span);
}

/// Half the difference of the members' scores, right minus wrong.
double MovementJudge::score_of(const std::vector<Nearest>& nearest, const Series& series) const {
  const std::vector<double> scores = NeighboursClassifier::scores_from(nearest);
  double sum = neighbours_weight_ * (scores[kRight] - scores[kWrong]) / 2;
  if (!classifier_) return sum;
  const std::vector<double> more = classifier_->scores(series);
  return sum + (more[kRight] - more[kWrong]) / 2;
}

std::optional<Measured> MovementJudge::measure(const Series& series) const {
  if (is_one_sided()) return std::nullopt;
  const std::vector<Nearest> nearest = neighbours_->nearest(series);
  return Measured{(score_of(nearest, series) - level_) / unit_, nearest[kWrong].distance,
                  neighbours_->view_of(series)};
}

double MovementJudge::distance_to_taught(const Series& series) const {
  double least = std::numeric_limits<double>::infinity();
  for (const Nearest& one : neighbours_->nearest(series)) least = std::min(least, one.distance);
  return least;
}

Opinion MovementJudge::judge(const Series& series) const {
  const std::vector<Nearest> nearest = neighbours_->nearest(series);
  Opinion opinion;
  opinion.right_distance = nearest[kRight].distance / unknown_limit_;
  opinion.distance = opinion.right_distance;
  if (is_one_sided()) {
    constexpr double kSteepness = 6;  // from sure to sure within half the limit on either side
    opinion.right = 1 / (1 + std::exp(kSteepness * (nearest[kRight].distance / right_limit_ - 1)));
    return opinion;
  }
  opinion.distance = std::min(opinion.distance, nearest[kWrong].distance / unknown_limit_);
  const double score = score_of(nearest, series) - level_;
  opinion.right = softmax(std::array{score, -score}, sharpness_)[kRight];
  opinion.nearest_wrong = nearest[kWrong].example;
  const std::string& name = mistakes_[nearest[kWrong].example];
  if (!name.empty()) opinion.mistake = name;
  return opinion;
}

std::vector<std::size_t> MovementJudge::central_right(std::size_t most) const {
  return neighbours_->central(kRight, most);
}

void MovementJudge::save(ByteWriter& writer) const {
  for (const double value :
       {neighbours_weight_, sharpness_, unknown_limit_, right_limit_, level_, unit_}) {
    writer.put(value);
  }
  writer.put(static_cast<std::uint8_t>(is_of_several_ ? 1 : 0));
  writer.put(static_cast<std::uint32_t>(mistakes_.size()));
  for (const std::string& mistake : mistakes_) writer.put_text(mistake);
  neighbours_->save(writer);
  writer.put(static_cast<std::uint8_t>(classifier_ ? 1 : 0));
  if (classifier_) save_classifier(writer, *classifier_);
}

MovementJudge MovementJudge::load(ByteReader& reader, bool has_level) {
  MovementJudge judge;
  for (double* value :
       {&judge.neighbours_weight_, &judge.sharpness_, &judge.unknown_limit_, &judge.right_limit_}) {
    *value = reader.number<double>();
    ByteReader::expect(*value >= 0 && *value < 1e9);
  }
  if (has_level) {
    judge.level_ = reader.number<double>();
    judge.unit_ = reader.number<double>();
    judge.is_of_several_ = reader.number<std::uint8_t>() != 0;
    ByteReader::expect(std::abs(judge.level_) < 1e9 && judge.unit_ > 1e-9 && judge.unit_ < 1e9);
  }
  const std::size_t mistakes = reader.count(sizeof(std::uint32_t));
  for (std::size_t i = 0; i < mistakes; ++i) judge.mistakes_.push_back(reader.text());
  judge.neighbours_ = NeighboursClassifier::load(reader);
  ByteReader::expect(judge.neighbours_->classes() == (mistakes > 0 ? 2U : 1U) &&
                     (mistakes == 0 || judge.neighbours_->largest_id() < mistakes));
  if (reader.number<std::uint8_t>() != 0) judge.classifier_ = load_classifier(reader);
  return judge;
}

}  // namespace kata
