// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/judge.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "kata/core/error.h"
#include "kata/learn/movement_for_test.h"

namespace kata {
namespace {

using test::perform;
using test::Performance;
using test::taught;
using test::operator+;

const Performance kRound{};
const Performance kSmall{.reach = 0.35};
const Performance kToAndFro{.reach = 1.6, .height = -0.3, .goes_round = false};
const TrainOptions kPlain{.with_report = false};

std::vector<Repetition> lessons(int right, int wrong) {
  Random random(7);
  return taught("polish", Label::kCorrect, kRound, right, random) +
         taught("polish", Label::kIncorrect, kSmall, wrong, random);
}

int count_of(const Judge& judge, Performance how, VerdictKind kind, std::uint64_t seed = 99) {
  Random random(seed);
  int count = 0;
  for (const Repetition& repetition : taught("", Label::kCorrect, how, 10, random)) {
    count += judge.judge(repetition.frames).kind == kind ? 1 : 0;
  }
  return count;
}

TEST(Judge, TellsRightFromWrongAfterThreeOfEach) {
  const Trained trained = train_judge(lessons(3, 3), kPlain);
  EXPECT_GE(count_of(*trained.judge, kRound, VerdictKind::kCorrect), 9);
  EXPECT_GE(count_of(*trained.judge, kSmall, VerdictKind::kIncorrect), 9);
}

TEST(Judge, ForgivesSizePlaceSpeedAndFrameRate) {
  const Trained trained = train_judge(lessons(8, 8), kPlain);
  for (const Performance how :
       {Performance{.size = 0.15}, Performance{.centre_x = 0.62}, Performance{.duration_s = 1.5},
        Performance{.frames_per_second = 9}}) {
    EXPECT_GE(count_of(*trained.judge, how, VerdictKind::kCorrect), 9);
  }
}

TEST(Judge, WithRightOnesAloneRefusesWhatIsFarOff) {
  const Trained trained = train_judge(lessons(6, 0), kPlain);
  EXPECT_GE(count_of(*trained.judge, kRound, VerdictKind::kCorrect), 9);
  EXPECT_EQ(count_of(*trained.judge, kToAndFro, VerdictKind::kCorrect), 0);
}

TEST(Judge, KnowsWhichOfTwoMovements) {
  Random random(3);
  const auto both = lessons(5, 5) + taught("saw", Label::kCorrect, kToAndFro, 5, random);
  const Trained trained = train_judge(both, kPlain);
  EXPECT_EQ(trained.judge->movements(), (std::vector<std::string>{"polish", "saw"}));
  EXPECT_EQ(trained.judge->judge(perform(kToAndFro, random)).movement, "saw");
  EXPECT_EQ(trained.judge->judge(perform(kRound, random)).movement, "polish");
}

TEST(Judge, NamesTheMistakeThatWasTaught) {
  Random random(5);
  auto all = lessons(5, 5);
  for (Repetition& repetition : all) {
    if (repetition.label == Label::kIncorrect) repetition.mistake = "circle_too_small";
  }
  const Trained trained = train_judge(all, kPlain);
  const Verdict verdict = trained.judge->judge(perform(kSmall, random));
  EXPECT_EQ(verdict.mistake, "circle_too_small");
}

TEST(Judge, GivesReasonsForAWrongOneWithTheMovingArmFirst) {
  Random random(11);
  const Trained trained = train_judge(lessons(6, 6), kPlain);
  const Verdict verdict = trained.judge->judge(perform(kSmall, random));
  ASSERT_EQ(verdict.kind, VerdictKind::kIncorrect);
  ASSERT_FALSE(verdict.reasons.empty());
  EXPECT_EQ(verdict.reasons[0].joint, "right_wrist");
  EXPECT_GT(verdict.reasons[0].offset, 0.1);
  EXPECT_FALSE(verdict.reasons[0].text.empty());
}

TEST(Judge, SavedAndLoadedGivesTheSameVerdictsAndBytes) {
  Random random(13);
  const Trained trained = train_judge(lessons(5, 5), kPlain);
  const std::string bytes = trained.judge->save();
  const Judge again = Judge::load(bytes);
  EXPECT_EQ(again.save(), bytes);
  const auto frames = perform(kRound, random);
  const Verdict a = trained.judge->judge(frames);
  const Verdict b = again.judge(frames);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.confidence, b.confidence);
  EXPECT_EQ(a.distance, b.distance);
  EXPECT_EQ(again.prototypes("polish").size(), trained.judge->prototypes("polish").size());
}

TEST(Judge, SameSeedGivesTheSameBytesAnotherSeedOthers) {
  TrainOptions other = kPlain;
  other.seed = 2;
  EXPECT_EQ(train_judge(lessons(4, 4), kPlain).judge->save(),
            train_judge(lessons(4, 4), kPlain).judge->save());
  EXPECT_NE(train_judge(lessons(4, 4), kPlain).judge->save(),
            train_judge(lessons(4, 4), other).judge->save());
}

TEST(Judge, SameSeedGivesTheSameBytesOnOneThreadAndOnTwo) {
  const std::string alone = train_judge(lessons(4, 4), kPlain).judge->save();
  std::string beside[2];
  {
    std::jthread first([&] { beside[0] = train_judge(lessons(4, 4), kPlain).judge->save(); });
    std::jthread second([&] { beside[1] = train_judge(lessons(4, 4), kPlain).judge->save(); });
  }
  EXPECT_EQ(beside[0], alone);
  EXPECT_EQ(beside[1], alone);
}

TEST(Judge, HasPrototypesOfEveryMovementAndNoneOfOthers) {
  const Trained trained = train_judge(lessons(5, 5), kPlain);
  ASSERT_GE(trained.judge->prototypes("polish").size(), 1U);
  EXPECT_EQ(trained.judge->prototypes("polish")[0].label, Label::kCorrect);
  EXPECT_GT(trained.judge->prototypes("polish")[0].frames.size(), 10U);
  EXPECT_TRUE(trained.judge->prototypes("hammer").empty());
}

TEST(Judge, WrongPrototypesComeFromTheFirstLessonToTheLast) {
  auto all = lessons(5, 30);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].take = static_cast<std::int64_t>(i);
  for (std::size_t i = 5; i < all.size(); i += 2) all[i].mistake = "too_small";
  const Trained trained = train_judge(all, kPlain);
  std::size_t early = 0, late = 0, named = 0;
  for (const Repetition& one : trained.judge->wrong_prototypes("polish")) {
    (one.take < 20 ? early : late) += 1;
    named += (one.take - 5) % 2 == 0 ? 1 : 0;
  }
  EXPECT_EQ(early + late, 10U);
  EXPECT_GE(early, 4U);
  EXPECT_GE(late, 4U);
  EXPECT_EQ(named, 5U);
}

TEST(Judge, RefusesFramesInWhichNothingIsSeen) {
  const Trained trained = train_judge(lessons(5, 5), kPlain);
  EXPECT_EQ(trained.judge->judge(std::vector<Landmarks>(20)).kind, VerdictKind::kOther);
  EXPECT_EQ(trained.judge->judge({}).kind, VerdictKind::kOther);
}

TEST(Judge, DamagedBytesThrowAndNeverCrash) {
  const std::string bytes = train_judge(lessons(3, 3), kPlain).judge->save();
  EXPECT_THROW(Judge::load("rubbish"), Error);
  for (std::size_t size = 0; size < bytes.size(); size += 997) {
    EXPECT_THROW(Judge::load(bytes.substr(0, size)), Error);
  }
  Random random(1);
  for (int i = 0; i < 200; ++i) {
    std::string damaged = bytes;
    damaged[random.below(damaged.size())] ^= static_cast<char>(1 + random.below(255));
    try {
      Judge::load(damaged).judge(perform(kRound, random));
    } catch (const Error&) {
      // Refusing is right; the flipped bit may also have hit a harmless number.
    }
  }
}

TEST(TrainJudge, SaysWhatIsMissing) {
  try {
    train_judge(lessons(3, 1), kPlain);
    FAIL() << "one wrong repetition is not enough";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kNotEnough);
    EXPECT_NE(std::string(error.what()).find("2 more wrong"), std::string::npos) << error.what();
  }
  EXPECT_THROW(train_judge({}, kPlain), Error);
  EXPECT_THROW(train_judge(lessons(1, 0), kPlain), Error);
  EXPECT_THROW(train_judge(lessons(0, 4), kPlain), Error);
}

TEST(TrainJudge, TwoOfEachAreEnoughForOneWhoInsistsAndIsWarned) {
  EXPECT_THROW(train_judge(lessons(2, 2), kPlain), Error);
  const TrainOptions insisting{.may_be_few = true};
  const Trained trained = train_judge(lessons(2, 2), insisting);
  const auto report = nlohmann::json::parse(trained.report_json);
  ASSERT_EQ(report["shortfalls"].size(), 1U);
  const auto shortfall = report["shortfalls"][0].get<std::string>();
  EXPECT_NE(shortfall.find("1 more right repetition and 1 more wrong"), std::string::npos);
  EXPECT_NE(report["warnings"][0].get<std::string>().find(shortfall), std::string::npos);
  EXPECT_TRUE(report["accuracy"].is_null()) << "nothing can be left out of two";
  EXPECT_GE(count_of(*trained.judge, kRound, VerdictKind::kCorrect), 8);
  EXPECT_THROW(train_judge(lessons(2, 1), insisting), Error);
  EXPECT_THROW(train_judge(lessons(1, 2), insisting), Error);
  const auto enough = nlohmann::json::parse(train_judge(lessons(3, 3), insisting).report_json);
  EXPECT_TRUE(enough["shortfalls"].empty());
}

TEST(TrainJudge, StopsOnRequest) {
  std::stop_source source;
  source.request_stop();
  try {
    train_judge(lessons(4, 4), kPlain, {}, source.get_token());
    FAIL() << "was asked to stop";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCancelled);
  }
}

}  // namespace
}  // namespace kata
