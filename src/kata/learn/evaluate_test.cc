// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "kata/core/error.h"
#include "kata/learn/movement_for_test.h"
#include "kata/learn/report_html.h"
#include "kata/learn/sequence_file.h"
#include "tests/support/shared_data.h"

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

TEST(Evaluate, TheOrderInWhichSplitsAreRunChangesNothing) {
  EvaluationOptions options;
  options.classifier = ClassifierKind::kRocket;
  options.protocol.repeats = 2;
  const auto set = evaluation_set_from_repetitions(lessons(6));
  auto forwards = nlohmann::json::parse(evaluation_json(evaluate(set, options)));
  options.for_each = [](std::size_t count, const std::function<void(std::size_t)>& work) {
    while (count > 0) work(--count);
  };
  auto backwards = nlohmann::json::parse(evaluation_json(evaluate(set, options)));
  for (const char* time : {"train_s", "predict_ms"}) {
    forwards.erase(time);
    backwards.erase(time);
  }
  EXPECT_EQ(forwards, backwards);
}

TEST(Evaluate, TellsWhatWasSaidOfEachExample) {
  auto all = lessons(6);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].id = 100 + static_cast<std::int64_t>(i);
  EvaluationOptions options;
  options.protocol.repeats = 3;
  const auto result = evaluate(evaluation_set_from_repetitions(all), options);
  ASSERT_EQ(result.predictions.size(), all.size());
  std::int64_t right = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Prediction& one = result.predictions[i];
    EXPECT_EQ(one.example, std::to_string(100 + i));
    EXPECT_EQ(one.group, "ada");
    EXPECT_EQ(result.classes[one.truth], to_string(all[i].label));
    EXPECT_EQ(one.said.size(), 3U);
    right += std::count(one.said.begin(), one.said.end(), one.truth);
  }
  EXPECT_EQ(right, result.confusion.at(0, 0) + result.confusion.at(1, 1));
}

TEST(Evaluate, JsonIsTheGoldenExample) {
  Evaluation evaluation;
  evaluation.protocol = "leave one group out";
  evaluation.examples = 3;
  evaluation.classes = {"correct", "incorrect"};
  evaluation.confusion = Confusion(2);
  evaluation.confusion.add(0, 0);
  evaluation.confusion.add(0, 1);
  evaluation.confusion.add(1, 1);
  evaluation.interval = {0.2, 0.9375};
  evaluation.balanced_interval = {0.25, 0.95};
  evaluation.learners = 2;
  evaluation.learners_skipped = 1;
  evaluation.learners_mirrored = 1;
  evaluation.per_group = {{"ada", 1.0}, {"bo", 0.5}};
  evaluation.baseline_majority = 0.6667;
  evaluation.baseline_duration = 0.3333;
  evaluation.train_s = 0.25;
  evaluation.predict_ms = 0.125;
  evaluation.classifier = "auto";
  evaluation.predictions = {{"1", "ada", 0, {0}}, {"2", "bo", 0, {1}}, {"a.csv \"x\"", "", 1, {1}}};
  std::ifstream file(test::source_path("api/golden/evaluation.json"));
  std::string golden;
  std::getline(file, golden);
  EXPECT_EQ(evaluation_json(evaluation), golden);
}

TEST(Evaluate, LeavesOutTakesAndRefusesToLeaveOutTheOnlyPerson) {
  EvaluationOptions options;
  options.protocol.kind = Protocol::Kind::kLeaveOneGroupOut;
  auto all = lessons(6);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].take = static_cast<std::int64_t>(i % 3);
  const auto result = evaluate(evaluation_set_from_repetitions(all, CraftGroups::kTakes), options);
  EXPECT_EQ(result.per_group.size(), 3U);
  EXPECT_EQ(result.predictions[0].group, "take 0");
  try {
    evaluate(evaluation_set_from_repetitions(all), options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("of one group, \"ada\""), std::string::npos);
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

/// Two right and two wrong ones of each of four persons who do it alike.
EvaluationSet four_persons() {
  std::vector<Repetition> all;
  for (const char* name : {"ada", "bo", "chen", "dayo"}) {
    for (Repetition& one : lessons(4)) {
      one.person = name;
      one.id = static_cast<std::int64_t>(all.size()) + 1;
      all.push_back(std::move(one));
    }
  }
  return evaluation_set_from_repetitions(all);
}

TEST(Evaluate, ConfirmedRepetitionsAreNotJudged) {
  const EvaluationSet set = four_persons();
  EvaluationOptions options;
  options.protocol.kind = Protocol::Kind::kTeachOneGroup;
  const Evaluation none = evaluate(set, options);
  options.confirmed = {1, 1};
  const Evaluation two = evaluate(set, options);
  EXPECT_EQ(none.learners, 12U);
  EXPECT_EQ(none.confusion.total() - two.confusion.total(), 2 * 12);
  EXPECT_GE(two.confusion.balanced_accuracy(), 0.9);
  options.confirmed = {100, 0};
  EXPECT_THROW(evaluate(set, options), Error) << "nobody has so many";
}

TEST(Evaluate, TeachersAreDrawnAndNeverJudged) {
  const EvaluationSet set = four_persons();
  EvaluationOptions options;
  options.protocol.kind = Protocol::Kind::kTeachGroups;
  options.protocol.groups = 3;
  options.protocol.each = 4;
  options.protocol.draws = 5;
  const Evaluation result = evaluate(set, options);
  EXPECT_EQ(result.learners, 5U);
  options.protocol.each = 100;
  EXPECT_THROW(evaluate(set, options), Error);
}

TEST(Evaluate, NothingIsConfirmedWhereLearnersAreNotToldApart) {
  EvaluationOptions options;
  options.confirmed = {1, 0};
  EXPECT_THROW(evaluate(four_persons(), options), Error);
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

TEST(Report, OnRightOnesAloneClaimsNothingAboutWrongOnes) {
  Random random(17);
  const Trained trained = train_judge(taught("polish", Label::kCorrect, {}, 8, random));
  const auto report = nlohmann::json::parse(trained.report_json);
  EXPECT_TRUE(report["only_right"]);
  EXPECT_TRUE(report["accuracy"].is_number());
  for (const char* key : {"balanced_accuracy", "baseline_majority", "baseline_duration"})
    EXPECT_TRUE(report[key].is_null()) << key;
  EXPECT_TRUE(report["learning_curve"].empty());
  EXPECT_TRUE(report["multilabel_confusion"][1].is_null());
  const std::string page = report_html(trained.report_json, "Craft");
  EXPECT_NE(page.find("of the right ones judged right"), std::string::npos);
  EXPECT_NE(page.find("whether wrong ones are noticed is not known"), std::string::npos);
  for (const char* claim : {"judged as taught</p>", "most frequent", "<th>incorrect</th><td"})
    EXPECT_EQ(page.find(claim), std::string::npos) << claim;
  EXPECT_FALSE(nlohmann::json::parse(train_judge(lessons(8)).report_json)["only_right"]);
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

TEST(SequenceFile, IsReadAsSpreadsheetsOfAnyCountryWriteIt) {
  const auto plain = parse_sequences("seq,frame,v\na,0,0.5\na,1,\nb,0,2\n");
  for (const char* text : {"seq;frame;v\r\na;0;0,5\r\na;1;\r\nb;0;2\r\n",
                           "sep=;\nSeq; Frame ;v\na;0;0.5\na;1;NaN\nb;0;2\n",
                           "seq\tframe\tv\ra\t0\t0,5\ra\t1\tNA\rb\t0\t2\r",
                           "seq,frame,v,,\na,0,\"0,5\",,\n,,,,\na,1,null\nb,0,2\n"}) {
    const auto table = parse_sequences(text);
    EXPECT_EQ(table.channels, plain.channels) << text;
    EXPECT_EQ(table.names, plain.names) << text;
    ASSERT_EQ(table.series.size(), 2U);
    EXPECT_EQ(table.series[0].at(0, 0), 0.5F);
    EXPECT_TRUE(std::isnan(table.series[0].at(0, 1))) << text;
  }
  const auto index = parse_index("SEQ;Class;Who\na;up;x\n;;\nb;down;y\n");
  EXPECT_EQ(index.rows.size(), 2U);
  EXPECT_EQ(index.column("class"), 0U);
}

TEST(SequenceFile, SaysWhichLineIsWrong) {
  try {
    parse_sequences("seq,frame,v\na,0,1\na,1,zwei\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("line 3"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("(column 3, v)"), std::string::npos);
  }
  EXPECT_THROW(parse_sequences("seq,frame,v\na,0\n"), Error);
  EXPECT_THROW(parse_sequences(""), Error);
  EXPECT_THROW(parse_index("seq,class\na,1\na,2\n"), Error);
}

}  // namespace
}  // namespace kata
