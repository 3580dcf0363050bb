// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/evaluate.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "kata/core/error.h"
#include "kata/learn/movement_for_test.h"
#include "kata/learn/report_html.h"
#include "kata/learn/sequence_file.h"

namespace kata {
namespace {

using test::Performance;
using test::taught;
using test::operator+;

std::vector<Repetition> lessons(int each) {
  Random random(17);
  return taught("polish", Label::kCorrect, {}, each, random) +
         taught("polish", Label::kIncorrect, {.reach = 0.35}, each, random);
}

TEST(Evaluate, JudgesEveryRepetitionOnceARepeat) {
  EvaluationOptions options;
  options.protocol.repeats = 2;
  const auto result = evaluate(evaluation_set_from_repetitions(lessons(8)), options);
  EXPECT_EQ(result.confusion.total(), 32);
  EXPECT_GE(result.confusion.accuracy(), 0.95);
  EXPECT_LT(result.interval.low, result.confusion.accuracy());
  EXPECT_DOUBLE_EQ(result.baseline_majority, 0.5);
}

TEST(Evaluate, ShuffledLabelsGiveChance) {
  auto all = lessons(12);
  Random random(2);
  for (Repetition& repetition : all) {
    repetition.label = random.below(2) == 0 ? Label::kCorrect : Label::kIncorrect;
  }
  const auto result = evaluate(evaluation_set_from_repetitions(all), {});
  const Interval chance = wilson_interval(result.baseline_majority, result.examples);
  EXPECT_GE(result.confusion.accuracy(), 1 - chance.high);
  EXPECT_LE(result.confusion.accuracy(), chance.high);
}

TEST(Evaluate, SameSeedGivesTheSameConfusion) {
  EvaluationOptions options;
  options.protocol.kind = Protocol::Kind::kShots;
  options.protocol.shots = 3;
  options.protocol.draws = 3;
  const auto set = evaluation_set_from_repetitions(lessons(6));
  const auto a = nlohmann::json::parse(evaluation_json(evaluate(set, options)));
  const auto b = nlohmann::json::parse(evaluation_json(evaluate(set, options)));
  EXPECT_EQ(a["confusion"], b["confusion"]);
  for (const char* key :
       {"protocol", "n", "classes", "accuracy", "balanced_accuracy", "interval", "per_group",
        "baseline_majority", "train_s", "predict_ms", "classifier"}) {
    EXPECT_TRUE(a.contains(key)) << key;
  }
}

TEST(Evaluate, EveryKindOfClassifierLearns) {
  const auto set = evaluation_set_from_repetitions(lessons(6));
  for (const ClassifierKind kind : {ClassifierKind::kRocket, ClassifierKind::kNeighbours}) {
    EvaluationOptions options;
    options.protocol.repeats = 1;
    options.classifier = kind;
    EXPECT_GE(evaluate(set, options).confusion.accuracy(), 0.9);
  }
}

TEST(Report, SaysHowItWasMeasuredAndWarnsOfOneTake) {
  const Trained trained = train_judge(lessons(8));
  const auto report = nlohmann::json::parse(trained.report_json);
  EXPECT_EQ(report["protocol"], "by repetition");
  EXPECT_TRUE(report["flatters"]);
  EXPECT_GE(report["accuracy"], 0.9);
  EXPECT_FALSE(report["warnings"].empty());
  EXPECT_EQ(report["multilabel_confusion"].size(), 2U);
  EXPECT_GE(report["learning_curve"].size(), 2U);
}

TEST(Report, LeavesOutPersonsWhereThereAreSeveral) {
  auto all = lessons(6) + lessons(6);
  for (std::size_t i = 12; i < all.size(); ++i) all[i].person = "bruno";
  const auto report = nlohmann::json::parse(train_judge(all).report_json);
  EXPECT_EQ(report["protocol"], "by person");
  EXPECT_FALSE(report["flatters"]);
}

TEST(Report, PageShowsEverySectionAndEscapesNames) {
  auto all = lessons(8);
  all[0].label = Label::kIncorrect;  // one that must come out as misjudged
  for (Repetition& repetition : all) {
    repetition.movement = "<b>polish</b>";
    if (repetition.label == Label::kIncorrect) repetition.mistake = "too_small";
  }
  const Trained trained = train_judge(all);
  const auto report = nlohmann::json::parse(trained.report_json);
  ASSERT_FALSE(report["confused"].empty());
  EXPECT_EQ(report["confused"][0]["figure"].size(), 5U);
  EXPECT_EQ(report["deciders"][0]["members"].size(), 3U);
  const std::string page = report_html(trained.report_json, "Craft & <more>");
  for (const char* part :
       {"Craft &amp; &lt;more&gt;", "What was taken for what", "rightly so", "<svg class=figure",
        "How many repetitions are needed", "too_small", "Advice:", "95 % interval"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(page.find("<b>polish"), std::string::npos);
}

constexpr const char* kIndex = "seq,class,who\na,up,x\nb,down,x\nc,up,y\nd,down,y\n";

std::string sequences() {
  std::string csv = "seq,frame,v,w\n";
  for (const char name : {'a', 'b', 'c', 'd'}) {
    for (int i = 0; i < 20; ++i) {
      const int sign = name == 'a' || name == 'c' ? 1 : -1;
      csv += std::string(1, name) + "," + std::to_string(i) + "," + std::to_string(sign * i * i) +
             ",0.5\n";
    }
  }
  return csv;
}

TEST(SequenceFile, IsReadAndLeftOutByGroup) {
  const auto set = evaluation_set_from_sequences(
      parse_sequences(sequences()), parse_index(kIndex),
      {.label = "class", .group = "who", .split = {}, .origin = {}, .scale = {}});
  EvaluationOptions options;
  options.protocol.kind = Protocol::Kind::kLeaveOneGroupOut;
  const auto result = evaluate(set, options);
  EXPECT_EQ(result.classes, (std::vector<std::string>{"down", "up"}));
  EXPECT_DOUBLE_EQ(result.confusion.accuracy(), 1);
  EXPECT_EQ(result.per_group.size(), 2U);
}

TEST(SequenceFile, SaysWhichLineIsWrong) {
  try {
    parse_sequences("seq,frame,v\na,0,1\na,1,zwei\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("line 3"), std::string::npos);
  }
  EXPECT_THROW(parse_sequences("seq,frame,v\na,0\n"), Error);
  EXPECT_THROW(parse_sequences(""), Error);
  EXPECT_THROW(parse_index("seq,class\na,1\na,2\n"), Error);
}

}  // namespace
}  // namespace kata
