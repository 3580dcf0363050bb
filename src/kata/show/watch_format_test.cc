// SPDX-License-Identifier: Apache-2.0
#include "kata/show/watch_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>

#include "tests/support/shared_data.h"

namespace kata {
namespace {

using nlohmann::json;

Verdict right() {
  Verdict verdict;
  verdict.kind = VerdictKind::kCorrect;
  verdict.movement = "saw";
  verdict.score = 94;
  verdict.confidence = 0.97;
  verdict.distance = 0.31;
  verdict.start = timestamp_from_seconds(1.2);
  verdict.end = timestamp_from_seconds(2.88);
  return verdict;
}

Verdict wrong() {
  Verdict verdict;
  verdict.kind = VerdictKind::kIncorrect;
  verdict.movement = "saw";
  verdict.mistake = "elbow_out";
  verdict.score = 41;
  verdict.confidence = 0.88;
  verdict.distance = 0.82;
  verdict.start = timestamp_from_seconds(3.5);
  verdict.end = timestamp_from_seconds(5.123456);
  verdict.reasons = {{"right_elbow", "right elbow too far out from 40 % on, by 25°", 0.4, 1, 0.35,
                      25 * std::numbers::pi / 180, 0.7}};
  return verdict;
}

std::vector<std::string> lines() {
  Verdict other;
  other.kind = VerdictKind::kOther;
  other.distance = 2.4;
  other.movement = "saw";
  other.start = timestamp_from_seconds(6);
  other.end = timestamp_from_seconds(7.5);
  const WatchTotals totals = {872, 4, 10, 6, 3, 1, 2, 1, 41.25, 31.4, 48};
  const WatchProgress sawing = {timestamp_from_seconds(8.04), "saw", 0.63, true, {}, "", {}};
  const WatchProgress resting = {timestamp_from_seconds(9), std::nullopt, 0, true, {}, "", {}};
  const WatchProgress hidden = {timestamp_from_seconds(10),
                                std::nullopt,
                                0,
                                false,
                                {"right_hand"},
                                "step back until both hands are in the picture",
                                {}};
  WatchProgress kneading = {timestamp_from_seconds(11), "knead", 0, true, {}, "", right()};
  const Hint turned = {HintCause::kCameraSide, "saw", timestamp_from_seconds(12),
                       timestamp_from_seconds(22), 1.3};
  const Hint still = {HintCause::kNothingMoves, "", timestamp_from_seconds(60),
                      timestamp_from_seconds(70), 0};
  return {watch_json(right()), watch_json(wrong()), watch_json(other),    watch_json(sawing),
          watch_json(resting), watch_json(hidden),  watch_json(kneading), watch_json(turned),
          watch_json(still),   watch_json(totals)};
}

TEST(WatchFormat, WritesTheGoldenLines) {
  std::ifstream golden(test::source_path("api/golden/watch.jsonl"));
  ASSERT_TRUE(golden);
  std::string expected;
  for (const std::string& line : lines()) {
    ASSERT_TRUE(std::getline(golden, expected));
    EXPECT_EQ(line, expected);
  }
  EXPECT_FALSE(std::getline(golden, expected)) << "more golden lines than events";
}

TEST(WatchFormat, KeepsToOneLineWhateverTheNamesAre) {
  Verdict verdict = right();
  verdict.movement = "two\nlines \"and\" \xFF bytes";
  const std::string line = watch_json(verdict);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_TRUE(json::accept(line));
}

TEST(WatchFormat, HasNoNotANumber) {
  WatchTotals totals;
  totals.frame_rate_hz = std::numeric_limits<double>::quiet_NaN();
  totals.latency_median_ms = std::numeric_limits<double>::infinity();
  EXPECT_EQ(json::parse(watch_json(totals)).at("fps"), 0);
}

}  // namespace
}  // namespace kata
