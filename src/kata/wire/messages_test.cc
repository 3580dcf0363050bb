// SPDX-License-Identifier: Apache-2.0
// Golden messages: the pages' tests read the same files. With KATA_WRITE_GOLDEN set they are
// written anew.
#include "kata/wire/messages.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "tests/support/shared_data.h"

namespace kata {
namespace {

using nlohmann::json;

void expect_golden(const std::string& name, const std::string& message) {
  const std::string path = test::source_path("api/golden/http-" + name + ".json").string();
  const json said = json::parse(message);
  if (std::getenv("KATA_WRITE_GOLDEN") != nullptr) std::ofstream(path) << said.dump() << "\n";
  std::ifstream file(path);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  EXPECT_EQ(said, json::parse(text, nullptr, false)) << path;
}

/// A person of simple numbers, the right hand lifted by a share of the picture's height.
Landmarks person(double time_s, float lift) {
  constexpr float kPlaces[kPosePoints][2] = {
      {.50F, .20F}, {.51F, .18F}, {.52F, .18F}, {.53F, .18F}, {.49F, .18F}, {.48F, .18F},
      {.47F, .18F}, {.55F, .19F}, {.45F, .19F}, {.51F, .23F}, {.49F, .23F}, {.60F, .35F},
      {.40F, .35F}, {.65F, .50F}, {.33F, .50F}, {.66F, .64F}, {.30F, .62F}, {.66F, .67F},
      {.30F, .65F}, {.66F, .67F}, {.30F, .65F}, {.65F, .66F}, {.31F, .64F}, {.57F, .65F},
      {.43F, .65F}, {.57F, .80F}, {.43F, .80F}, {.57F, .95F}, {.43F, .95F}, {.57F, .97F},
      {.43F, .97F}, {.58F, .98F}, {.42F, .98F}};
  Landmarks seen;
  seen.timestamp = timestamp_from_seconds(time_s);
  seen.image_width = 640;
  seen.image_height = 480;
  Pose pose;
  pose.confidence = 0.9F;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    const bool is_lifted = i == 16 || i == 18 || i == 20 || i == 22;
    const float up = is_lifted ? lift : i == 14 ? lift / 3 : 0;
    pose.points[i] = {kPlaces[i][0], kPlaces[i][1] - up, 0};
    pose.visibility[i] = 0.95F;
  }
  seen.pose = pose;
  Hand hand;
  hand.confidence = 0.8F;
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    const auto finger = static_cast<float>(i == 0 ? 2 : (i - 1) / 4);
    const auto joint = static_cast<float>(i == 0 ? 0 : (i - 1) % 4 + 1);
    hand.points[i] = {pose.points[16].x + (finger - 2) * 0.008F, pose.points[16].y - joint * 0.015F,
                      0};
  }
  seen.right_hand = hand;
  return seen;
}

CraftCard card() {
  CraftCard card;
  card.id = "0123456789abcdef";
  card.title = {"Japanese joinery",
                "Sawing and planing by hand: the pull saw, the plane, the chisel.", "Aiko Tanaka",
                "12 € a month"};
  card.movements = {{"plane", 6, 0, {}, std::nullopt, false},
                    {"saw", 9, 8, {"elbow out", "too fast"}, 1, true}};
  card.repetitions = 23;
  card.trained = TrainedCard{
      "2026-03-01T10:00:00Z", false,
      R"({"format": 1, "classifier": "rocket", "seed": 1, "protocol": "by take", "flatters": true, "n": 23, ")"
      R"(classes": ["plane correct", "plane incorrect", "saw correct", "saw incorrect"], "accuracy": 0.913, "balanced_acc)"
      R"(uracy": 0.9, "interval": [0.732, 0.976], "unsure": 0.087, "refused": 0.0, "confusion": [[6, 0, 0, 0])"
      R"(, [0, 0, 0, 0], [0, 0, 8, 1], [0, 0, 1, 7]], "movements": [{"name": "saw", "correct": 9, "incorrect")"
      R"(: 8, "accuracy": 0.882, "mistakes": [{"name": "elbow out", "n": 5, "caught": 1.0, "named": 0.8}, {"n)"
      R"(ame": "too fast", "n": 3, "caught": 0.667, "named": 0.333}]}], "baseline_majority": 0.391, "baseline)"
      R"(_duration": 0.565, "learning_curve": [{"k": 3, "accuracy": 0.78}, {"k": 5, "accuracy": 0.87}], "conf)"
      R"(used": [{"repetition": 4, "take": 4, "movement": "saw", "taught_as": "saw incorrect", "judged_as": "saw )"
      R"(right", "wrong": 1, "judged": 1, "confidence": 0.61, "advice": "look at it again: the label may be w)"
      R"(rong"}], "warnings": ["all repetitions come from one person: how well others are judged is not known)"
      R"("], "report_s": 1.2})"};
  return card;
}

RepetitionSummary summary(std::int64_t id, Label label, double start_s) {
  RepetitionSummary summary;
  summary.id = id;
  summary.take = 4;
  summary.movement = "saw";
  summary.label = label;
  if (label == Label::kIncorrect) summary.mistake = "elbow out";
  summary.person = "Aiko Tanaka";
  summary.start = timestamp_from_seconds(start_s);
  summary.end = timestamp_from_seconds(start_s + 1.4);
  summary.frames = 42;
  return summary;
}

Tally tally() { return {6, 4, 1, 1, 0}; }

TEST(Messages, CraftsAndTheirRepetitions) {
  CraftDetail detail;
  detail.card = card();
  for (int i = 0; i < 5; ++i)
    detail.repetitions.push_back(
        summary(i + 1, i < 3 ? Label::kCorrect : Label::kIncorrect, 2.0 * i + 1));
  detail.repetitions.back().is_removed = true;
  expect_golden("craft", to_json(detail));
  CraftCard damaged;
  damaged.id = "fedcba9876543210";
  damaged.title.name = "old-file";
  damaged.problem = "it is damaged or no craft";
  CraftCard fresh;
  fresh.id = "00112233445566aa";
  fresh.title = {"Bow greeting", "", "", ""};
  fresh.movements = {{"bow", 3, 2, {}, 1, false}};
  fresh.repetitions = 5;
  expect_golden("crafts", to_json({card(), fresh, damaged}, {{"aaaaaaaaaaaaaaaa", {}, "gone"}}));
}

TEST(Messages, ARepetitionWithItsLandmarks) {
  Repetition repetition;
  repetition.id = 1;
  repetition.movement = "saw";
  for (int i = 0; i < 15; ++i)
    repetition.frames.push_back(
        person(1 + i * 0.1, 0.04F * static_cast<float>(i < 8 ? i : 15 - i)));
  expect_golden("repetition", to_json(repetition));
}

TEST(Messages, ATakeWithItsCuts) {
  TakeView take;
  take.take = 4;
  take.end = timestamp_from_seconds(9);
  for (int i = 0; i < 90; ++i)
    take.motion.push_back(
        static_cast<float>(i % 20 < 14 && i >= 10 ? (i % 20) * (14 - i % 20) : 2) * 0.01F);
  for (int i = 0; i < 4; ++i)
    take.repetitions.push_back(summary(i + 1, Label::kCorrect, 2.0 * i + 1));
  expect_golden("take", to_json(take));
  expect_golden("live-take", to_json(LiveReply(LiveTake{take})));
}

TEST(Messages, TrainingStates) {
  TrainingState state;
  state.phase = TrainingState::Phase::kRunning;
  state.done = 0.4;
  state.doing = "judging what was left out";
  state.curve = {{5, 5}, {10, 9}, {15, 13}};
  expect_golden("training", to_json(state));
}

TEST(Messages, LiveReplies) {
  expect_golden("live-ready", to_json(LiveReply(LiveReady{"learn"})));
  expect_golden("live-hello", to_json(LiveReply(LiveHello{"learn", true})));
  expect_golden("live-error",
                to_json(LiveReply(LiveProblem{
                    "not_found", "there is no such craft, or it has not been trained yet"})));
  expect_golden("live-confirmed", to_json(LiveReply(LiveConfirmed{3, Label::kCorrect})));
  LiveFrame frame;
  frame.landmarks = person(3.2, 0.3F);
  LiveCoach coach;
  coach.update.movement = "saw";
  coach.update.phase = 0.62;
  coach.update.cannot_see =
      CannotSee{{"left_hand"}, "keep the left hand in the picture, with light on it"};
  coach.scene.joint_errors = {{"right_elbow", 0.8}};
  coach.scene.ghost = person(3.2, 0.25F);
  coach.tally = tally();
  frame.coach = coach;
  frame.work_ms = 31.4;
  expect_golden("live-frame", to_json(LiveReply(frame)));
  LiveVerdict judged;
  judged.verdict.kind = VerdictKind::kIncorrect;
  judged.verdict.movement = "saw";
  judged.verdict.mistake = "elbow out";
  judged.verdict.score = 54;
  judged.verdict.confidence = 0.87;
  judged.verdict.start = timestamp_from_seconds(2.1);
  judged.verdict.end = timestamp_from_seconds(3.4);
  judged.verdict.reasons = {
      {"right_elbow", "right elbow too far out from 40 % on, by 25°", 0.4, 1, 0.31, 0.4363, 0.7}};
  judged.tally = tally();
  expect_golden("live-verdict", to_json(LiveReply(judged)));
}

TEST(Messages, NumbersThatAreNoneBecomeZero) {
  Landmarks seen = person(0, 0);
  seen.pose->points[3].x = std::numeric_limits<float>::quiet_NaN();
  LiveFrame frame;
  frame.landmarks = seen;
  EXPECT_EQ(json::parse(to_json(LiveReply(frame)))["pose"][3][0], 0.0);
}

TEST(Messages, StrangersReportsAreBounded) {
  CraftCard hostile = card();
  hostile.trained->report_json = std::string(100000, '[');
  EXPECT_TRUE(json::parse(to_json(hostile))["trained"]["report"].is_null());
  hostile.title.name = "\xff\xfe bytes";
  EXPECT_NO_THROW(json::parse(to_json(hostile)));
}

TEST(Messages, TextsThatNamePathsAreKeptIn) {
  EXPECT_EQ(public_text(Error(ErrorCode::kIo, "disk full: /home/aiko/saw.kata")).find("aiko"),
            std::string::npos);
  EXPECT_EQ(public_text(Error(ErrorCode::kNotEnough, "two more are needed")),
            "two more are needed");
}

TEST(Messages, RequestsAreReadOrRefused) {
  const auto learn = std::get<LearnRequest>(
      live_request_from_json(R"({"type":"learn","craft":"a","swap_sides":true})"));
  EXPECT_TRUE(learn.swap_sides);
  const auto confirm = std::get<ConfirmRequest>(
      live_request_from_json(R"({"type":"confirm","number":2,"label":"incorrect"})"));
  EXPECT_EQ(confirm.number, 2U);
  EXPECT_EQ(confirm.label, Label::kIncorrect);
  EXPECT_THROW(live_request_from_json(R"({"type":"confirm","number":-1,"label":"correct"})"),
               Error);
  const auto record = std::get<RecordRequest>(live_request_from_json(
      R"({"type":"record","craft":"a","movement":"saw","label":"incorrect","mistake":"fast","expected_repetitions":5})"));
  EXPECT_EQ(record.lesson.mistake, "fast");
  EXPECT_EQ(record.lesson.expected_repetitions, 5);
  for (
      const char* text :
      {"", "[]", "{}", R"({"type":"shutdown"})", R"({"type":7})",
       R"({"type":"record","craft":"a","movement":"saw","label":"correct","mistake":"fast"})",
       R"({"type":"record","craft":"a","movement":"saw","label":"right"})",
       R"({"type":"record","craft":"a","movement":"saw","label":"correct","expected_repetitions":1e300})"}) {
    EXPECT_THROW(live_request_from_json(text), Error) << text;
  }
  EXPECT_THROW(edges_from_json(R"({"start_s":2,"end_s":1})"), Error);
  EXPECT_THROW(label_from_json(R"({"label":"maybe"})"), Error);
  EXPECT_THROW(label_from_json("{}"), Error);
  EXPECT_THROW(label_from_json(R"({"person":7})"), Error);
  EXPECT_THROW(title_from_json("{\"name\":\"\\u0000\"}", {}), Error);
}

}  // namespace
}  // namespace kata
