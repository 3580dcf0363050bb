// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "kata/core/error.h"
#include "kata/learn/banded_distance.h"
#include "kata/learn/calibration.h"
#include "kata/learn/cross_validation.h"
#include "kata/learn/metrics.h"
#include "kata/learn/random.h"
#include "kata/learn/ridge.h"
#include "kata/learn/rocket_transform.h"

namespace kata {
namespace {

Series wave(double frequency, double phase, std::size_t frames = 64) {
  Series series(2, frames);
  for (std::size_t i = 0; i < frames; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(frames - 1);
    const double angle = 2 * std::numbers::pi * (frequency * t + phase);
    series.channel(0)[i] = static_cast<float>(std::sin(angle));
    series.channel(1)[i] = static_cast<float>(std::cos(angle));
  }
  return series;
}

TEST(RocketTransform, SameSeedGivesSameFeatures) {
  const std::vector<Series> training = {wave(1, 0), wave(2, 0.1)};
  const auto a = RocketTransform::fit(training, {.features = 500, .seed = 4});
  const auto b = RocketTransform::fit(training, {.features = 500, .seed = 4});
  std::vector<float> first(a.features());
  std::vector<float> second(b.features());
  a.transform(training[0], first);
  b.transform(training[0], second);
  EXPECT_EQ(first, second);
}

TEST(RocketTransform, FeaturesAreSharesThatIgnoreTheLevel) {
  const std::vector<Series> training = {wave(1, 0), wave(2, 0.1)};
  const auto transform = RocketTransform::fit(training, {.features = 500});
  std::vector<float> features(transform.features());
  transform.transform(training[1], features);
  for (const float value : features) {
    EXPECT_GE(value, 0.0F);
    EXPECT_LE(value, 1.0F);
  }
}

TEST(RocketTransform, SavedAndLoadedIsTheSame) {
  const std::vector<Series> training = {wave(1, 0), wave(3, 0.2)};
  const auto transform = RocketTransform::fit(training, {.features = 300});
  ByteWriter writer;
  transform.save(writer);
  const std::string bytes = writer.take();
  ByteReader reader(bytes);
  const auto again = RocketTransform::load(reader);
  std::vector<float> a(transform.features());
  std::vector<float> b(again.features());
  transform.transform(training[1], a);
  again.transform(training[1], b);
  EXPECT_EQ(a, b);
}

/// Two overlapping clouds in 20 dimensions.
struct Clouds {
  std::vector<float> rows;
  std::vector<std::size_t> labels;
  std::vector<std::size_t> groups;
};

Clouds clouds(std::size_t count) {
  Random random(21);
  Clouds result;
  for (std::size_t i = 0; i < count; ++i) {
    result.labels.push_back(i % 2);
    result.groups.push_back(i);
    for (int k = 0; k < 20; ++k) {
      result.rows.push_back(static_cast<float>(random.uniform() + (i % 2 == 1 && k < 3 ? 0.5 : 0)));
    }
  }
  return result;
}

TEST(Ridge, HeldOutScoresEqualThoseOfLearningWithoutTheRow) {
  const Clouds all = clouds(16);
  const RidgeOptions options{.penalties = {0.5}, .shared_scale = 1.0};
  const auto fitted = Ridge::fit(all.rows, 20, {all.labels, 2, all.groups}, options);
  // The scaling is learned from all rows, so the comparison uses rows of one scale: only the sign
  // and the rough size can be asked for.
  for (std::size_t left = 0; left < 4; ++left) {
    Clouds rest = all;
    rest.labels.erase(rest.labels.begin() + static_cast<std::ptrdiff_t>(left));
    rest.groups.pop_back();
    rest.rows.erase(rest.rows.begin() + static_cast<std::ptrdiff_t>(20 * left),
                    rest.rows.begin() + static_cast<std::ptrdiff_t>(20 * left + 20));
    const auto without = Ridge::fit(rest.rows, 20, {rest.labels, 2, rest.groups}, options);
    const auto scores = without.ridge.scores(std::span(all.rows).subspan(20 * left, 20));
    EXPECT_NEAR(fitted.held_out_scores[2 * left], scores[0], 0.15);
  }
}

TEST(Ridge, RowsOfOneGroupAreLeftOutTogether) {
  Clouds all = clouds(12);
  const RidgeOptions options{.penalties = {0.1}, .shared_scale = 1.0};
  // Every row twice: alone, the twin gives the answer away; as a group it cannot.
  Clouds twice = all;
  twice.rows.insert(twice.rows.end(), all.rows.begin(), all.rows.end());
  twice.labels.insert(twice.labels.end(), all.labels.begin(), all.labels.end());
  twice.groups.insert(twice.groups.end(), all.groups.begin(), all.groups.end());
  std::vector<std::size_t> alone(24);
  for (std::size_t i = 0; i < 24; ++i) alone[i] = i;
  const auto honest = Ridge::fit(twice.rows, 20, {twice.labels, 2, twice.groups}, options);
  const auto flattered = Ridge::fit(twice.rows, 20, {twice.labels, 2, alone}, options);
  double honest_miss = 0;
  double flattered_miss = 0;
  for (std::size_t i = 0; i < 24; ++i) {
    const double target = twice.labels[i] == 0 ? 1 : -1;
    honest_miss += std::abs(honest.held_out_scores[2 * i] - target);
    flattered_miss += std::abs(flattered.held_out_scores[2 * i] - target);
  }
  EXPECT_GT(honest_miss, 1.2 * flattered_miss);
}

TEST(AlignableSeries, IsZeroToItselfAndForgivesASlide) {
  const AlignableSeries a(wave(1, 0, 32));
  const AlignableSeries slid(wave(1, 0.06, 32));
  const AlignableSeries other(wave(2, 0, 32));
  EXPECT_DOUBLE_EQ(a.distance_to(a, 1e9), 0);
  EXPECT_LT(a.distance_to(slid, 1e9), 0.5 * a.distance_to(other, 1e9));
}

TEST(AlignableSeries, GivesUpOnlyAboveTheLimit) {
  const AlignableSeries a(wave(1, 0, 32));
  const AlignableSeries b(wave(2, 0, 32));
  const double distance = a.distance_to(b, 1e9);
  EXPECT_DOUBLE_EQ(a.distance_to(b, 1.001 * distance), distance);
  EXPECT_TRUE(std::isinf(a.distance_to(b, 0.2 * distance)));
}

TEST(Softmax, SharperScoresAreSurerAndSumToOne) {
  const std::vector<double> scores = {1.0, 0.2, -0.5};
  const auto mild = softmax(scores, 0.5);
  const auto sharp = softmax(scores, 5);
  EXPECT_NEAR(mild[0] + mild[1] + mild[2], 1, 1e-12);
  EXPECT_GT(sharp[0], mild[0]);
}

TEST(WilsonInterval, AgreesWithTheTextbook) {
  const Interval interval = wilson_interval(0.9, 50);
  EXPECT_NEAR(interval.low, 0.7864, 1e-3);
  EXPECT_NEAR(interval.high, 0.9565, 1e-3);
}

TEST(StratifiedFolds, JudgeEveryExampleOnceARepeatAndKeepClassesEven) {
  std::vector<std::size_t> labels(23, 0);
  for (std::size_t i = 0; i < 10; ++i) labels[i] = 1;
  const auto splits = stratified_folds(labels, 5, 3, 9);
  ASSERT_EQ(splits.size(), 15U);
  std::vector<int> judged(23, 0);
  for (const Split& split : splits) {
    EXPECT_EQ(split.learn.size() + split.judge.size(), 23U);
    std::size_t ones = 0;
    for (const std::size_t place : split.judge) {
      ++judged[place];
      ones += labels[place];
    }
    EXPECT_EQ(ones, 2U);
  }
  for (const int count : judged) EXPECT_EQ(count, 3);
}

TEST(GroupSplits, NeverLearnFromTheGroupThatIsJudged) {
  const std::vector<std::size_t> groups = {0, 0, 1, 2, 2, 1};
  for (const Split& split : group_splits(groups, false)) {
    for (const std::size_t j : split.judge) {
      for (const std::size_t l : split.learn) EXPECT_NE(groups[j], groups[l]);
    }
  }
  EXPECT_THROW(group_splits(std::vector<std::size_t>{0, 0}, false), Error);
}

TEST(ShotSplits, LearnFromSoManyOfEachClass) {
  const std::vector<std::size_t> labels = {0, 0, 0, 0, 1, 1, 1};
  for (const Split& split : shot_splits(labels, 2, 5, 1)) {
    EXPECT_EQ(split.learn.size(), 4U);
    EXPECT_EQ(split.judge.size(), 3U);
  }
  EXPECT_THROW(shot_splits(labels, 3, 5, 1), Error);
}

}  // namespace
}  // namespace kata
