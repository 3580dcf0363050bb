// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kata/core/error.h"

namespace kata {
namespace {

std::string complaint(const std::string& text) {
  try {
    marks_from_csv(text, "marks.csv");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Marks, AreReadInSecondsOrFrames) {
  const auto marks = marks_from_csv(
      "movement,start_s,end_s,label,mistake\nsaw,0.5,1.25,correct,\n,2,3,0,\"too, fast\"\n", "m");
  ASSERT_EQ(marks.size(), 2U);
  EXPECT_EQ(marks[0].movement, "saw");
  EXPECT_EQ(marks[0].label, Label::kCorrect);
  EXPECT_EQ(marks[0].mistake, std::nullopt);
  EXPECT_FALSE(marks[0].is_in_frames);
  EXPECT_EQ(marks[1].movement, std::nullopt);
  EXPECT_EQ(marks[1].label, Label::kIncorrect);
  EXPECT_EQ(marks[1].mistake, "too, fast");
  EXPECT_EQ(marks[1].end, 3);
  EXPECT_TRUE(have_labels(marks));
  const auto frames = marks_from_csv("start_frame,end_frame\r\n3,9\r\n", "m");
  EXPECT_TRUE(frames.at(0).is_in_frames);
  EXPECT_FALSE(have_labels(frames));
}

TEST(Marks, AreReadAsSpreadsheetsOfAnyCountryWriteThem) {
  for (const char* text : {
           "start_s;end_s;label\n0,4;1,2;Right\n1,5;2;FALSE\n",
           "Start_s\tEnd_s\tLABEL\r\n0.4\t1.2\tTRUE\r\n1.5\t2\tWrong\r\n",
           "sep=;\nstart_s;end_s;label\n0.4;1.2;yes\n1.5;2;no\n;;\n",
           "start_s, end_s, label\n0.4, 1.2, 1\n,,\n1.5, 2, 0\n , , \n",
           "Start (s),End (s),Label\r0.4,1.2,WAHR\r1.5,2,FALSCH\r",
           "label,start_s,end_s,,\n\"correct\",\"0,4\",\"1,2\",,\nincorrect,\"1,5\",2,,\n",
       }) {
    const auto marks = marks_from_csv(text, "m");
    ASSERT_EQ(marks.size(), 2U) << text;
    EXPECT_EQ(marks[0].start, 0.4);
    EXPECT_EQ(marks[0].end, 1.2);
    EXPECT_EQ(marks[0].label, Label::kCorrect);
    EXPECT_EQ(marks[1].start, 1.5);
    EXPECT_EQ(marks[1].label, Label::kIncorrect);
  }
  const auto short_rows = marks_from_csv("start_s,end_s,mistake,movement\n1,2\n3,4,NaN,\n", "m");
  EXPECT_EQ(short_rows.at(0).mistake, std::nullopt);
  EXPECT_EQ(short_rows.at(1).mistake, std::nullopt);
}

TEST(Marks, MistakesOfTheFileAreNamedByLineAndColumn) {
  EXPECT_THAT(complaint(""), ::testing::EndsWith("marks.csv:1"));
  EXPECT_THAT(complaint("a,b\n1,2\n"), ::testing::EndsWith("marks.csv:1"));
  EXPECT_THAT(complaint("from;to\n1;2\n"),
              ::testing::HasSubstr("separated by semicolons it has \"from\", \"to\""));
  EXPECT_THAT(complaint("start_s;end_s\n0,5;abc\n"),
              ::testing::HasSubstr("is not a time or frame: \"abc\" (column end_s)"));
  EXPECT_THAT(complaint("start_s,end_s\n"), ::testing::HasSubstr("no repetition is marked"));
  EXPECT_THAT(complaint("start_s,end_s\n1,2,3\n"), ::testing::EndsWith("marks.csv:2"));
  EXPECT_THAT(complaint("start_s,end_s\n1,2\nnan,3\n"), ::testing::EndsWith("marks.csv:3:1"));
  EXPECT_THAT(complaint("start_s,end_s\n2,1\n"), ::testing::EndsWith("marks.csv:2:2"));
  EXPECT_THAT(complaint("start_s,end_s,label\n1,2,soso\n"), ::testing::EndsWith("marks.csv:2:3"));
  EXPECT_THAT(complaint("start_s,end_s,label,mistake\n1,2,right,slow\n"),
              ::testing::EndsWith("marks.csv:2:4"));
}

}  // namespace
}  // namespace kata
