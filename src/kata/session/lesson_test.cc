// SPDX-License-Identifier: Apache-2.0
#include "kata/session/lesson.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kata/core/error.h"

namespace kata {
namespace {

/// Thirty frames a second; somebody is seen in frames 10 to 39 of 60.
std::vector<Landmarks> half_empty_take() {
  std::vector<Landmarks> take(60);
  for (std::size_t i = 0; i < take.size(); ++i) {
    take[i].timestamp = timestamp_from_seconds(static_cast<double>(i) / 30);
    if (i >= 10 && i < 40) take[i].pose.emplace();
  }
  return take;
}

Lesson saw() { return {"saw", Label::kCorrect, {}, {}, {}}; }

Mark frames(double first, double last) {
  Mark mark;
  mark.is_in_frames = true;
  mark.start = first;
  mark.end = last;
  mark.line = 7;
  return mark;
}

TEST(MarksOfATake, LeaveOutFramesWithoutAnybodyAtTheirEnds) {
  const std::vector<Mark> marks = {frames(5, 20), frames(30, 55)};
  const auto spans = spans_of_marks(marks, half_empty_take(), saw());
  ASSERT_EQ(spans.size(), 2u);
  EXPECT_EQ(spans[0].span.first, 10u);
  EXPECT_EQ(spans[0].span.last, 20u);
  EXPECT_EQ(spans[1].span.first, 30u);
  EXPECT_EQ(spans[1].span.last, 39u);
}

TEST(MarksOfATake, AreRefusedWhereNobodyIsSeen) {
  const std::vector<Mark> marks = {frames(12, 20), frames(42, 55)};
  try {
    spans_of_marks(marks, half_empty_take(), saw());
    FAIL() << "a repetition without anybody";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kNotEnough);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("nobody is seen in the mark in line 7"));
  }
}

}  // namespace
}  // namespace kata
