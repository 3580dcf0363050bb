// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "kata/core/error.h"
#include "kata/progress/progress_csv.h"
#include "kata/progress/progress_file.h"
#include "kata/progress/progress_json.h"
#include "kata/progress/trends.h"
#include "kata/store/sqlite.h"
#include "tests/support/example_landmarks.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Access = ProgressFile::Access;

SittingRecord sitting_of(const std::string& learner, const std::string& craft = "saw",
                         const std::string& at = "2026-05-01T10:00:00Z") {
  return {0, learner, craft, at, ""};
}

PractisedRepetition practised(VerdictKind kind, int mark, const std::string& joint = "",
                              const std::string& movement = "saw") {
  PractisedRepetition repetition;
  repetition.verdict.kind = kind;
  repetition.verdict.movement = movement;
  repetition.verdict.score = mark;
  repetition.verdict.start = Timestamp(std::chrono::seconds(2));
  repetition.verdict.end = Timestamp(std::chrono::seconds(4));
  if (!joint.empty())
    repetition.verdict.reasons = {{joint, joint + " too low", 0.1, 0.5, 0.3, 0, 1}};
  return repetition;
}

class Progress : public ::testing::Test {
 protected:
  ProgressFile open(Access access = Access::kWrite) { return ProgressFile::open(path_, access); }
  std::string bytes() {
    std::ostringstream text;
    for (const char* ending : {"", "-wal"})
      text << std::ifstream(path_.string() + ending, std::ios::binary).rdbuf();
    return text.str();
  }

  const test::TempFolder folder_;
  const fs::path path_ = folder_ / "progress.db";
};

TEST_F(Progress, KeepsWhatWasPractised) {
  const auto frames = test::example_repetition(1, 12).frames;
  std::int64_t id = 0;
  {
    ProgressFile file = open();
    const std::int64_t sitting = file.begin_sitting(sitting_of("Ann"));
    PractisedRepetition repetition = practised(VerdictKind::kIncorrect, 23, "right_elbow");
    repetition.frames = frames;
    repetition.with_help = false;
    repetition.set = 2;
    repetition.verdict.mistake = "bent";
    id = file.add(sitting, repetition);
    file.end_sitting(sitting, "2026-05-01T10:10:00Z");
  }
  const ProgressFile file = open(Access::kRead);
  ASSERT_EQ(file.sittings().size(), 1U);
  EXPECT_EQ(file.sittings()[0].ended_at, "2026-05-01T10:10:00Z");
  const PractisedRepetition found = file.repetition(id);
  EXPECT_EQ(found.verdict.kind, VerdictKind::kIncorrect);
  EXPECT_EQ(found.verdict.score, 23);
  EXPECT_EQ(found.verdict.mistake, "bent");
  EXPECT_EQ(found.verdict.end, Timestamp(std::chrono::seconds(4)));
  ASSERT_EQ(found.verdict.reasons.size(), 1U);
  EXPECT_EQ(found.verdict.reasons[0].joint, "right_elbow");
  EXPECT_EQ(found.set, 2);
  EXPECT_FALSE(found.with_help);
  EXPECT_EQ(found.frames.size(), frames.size());
  EXPECT_FALSE(found.confirmed);
  EXPECT_FALSE(fs::exists(path_.string() + "-wal")) << "one plain file is left";
}

TEST_F(Progress, AConfirmationIsKeptAndTakenBack) {
  ProgressFile file = open();
  const std::int64_t sitting = file.begin_sitting(sitting_of("Ann"));
  const std::int64_t id = file.add(sitting, practised(VerdictKind::kIncorrect, 30));
  file.add(sitting, practised(VerdictKind::kIncorrect, 30));
  file.confirm(id, Label::kCorrect);
  ASSERT_EQ(file.confirmed({"Ann", "saw", {}}, 10).size(), 1U);
  EXPECT_EQ(file.confirmed({"Ann", "saw", {}}, 10)[0].confirmed, Label::kCorrect);
  EXPECT_TRUE(file.confirmed({"Ben", {}, {}}, 10).empty());
  file.confirm(id, std::nullopt);
  EXPECT_TRUE(file.confirmed({"Ann", {}, {}}, 10).empty());
  EXPECT_THROW(file.confirm(99, Label::kCorrect), Error);
}

TEST_F(Progress, OtherMovementsAreNoRepetitions) {
  ProgressFile file = open();
  const std::int64_t sitting = file.begin_sitting(sitting_of(""));
  EXPECT_THROW(file.add(sitting, practised(VerdictKind::kOther, 0)), Error);
  EXPECT_THROW(file.begin_sitting(sitting_of("a\x1b[2J")), Error);
}

TEST_F(Progress, TrendsCountBySittingAndMistake) {
  ProgressFile file = open();
  const std::int64_t first = file.begin_sitting(sitting_of("Ann"));
  const std::int64_t low = file.add(first, practised(VerdictKind::kIncorrect, 10, "right_elbow"));
  file.add(first, practised(VerdictKind::kIncorrect, 20, "right_elbow"));
  file.add(first, practised(VerdictKind::kIncorrect, 30, "left_wrist"));
  const std::int64_t second = file.begin_sitting(sitting_of("Ann", "saw", "2026-05-02T10:00:00Z"));
  file.add(second, practised(VerdictKind::kIncorrect, 40, "right_elbow"));
  const std::int64_t high = file.add(second, practised(VerdictKind::kCorrect, 90));
  PractisedRepetition alone = practised(VerdictKind::kCorrect, 80);
  alone.with_help = false;
  file.add(second, alone);
  file.add(file.begin_sitting(sitting_of("Ben")), practised(VerdictKind::kCorrect, 99));

  const auto found = trends(file, {"Ann", {}, {}});
  ASSERT_EQ(found.size(), 1U);
  ASSERT_EQ(found[0].points.size(), 2U);
  EXPECT_EQ(found[0].points[0].with_help.incorrect, 3);
  EXPECT_DOUBLE_EQ(found[0].points[0].with_help.mean_mark, 20);
  EXPECT_EQ(found[0].points[1].with_help.repetitions, 2);
  EXPECT_EQ(found[0].points[1].without_help.correct, 1);
  EXPECT_EQ(found[0].best, high);
  EXPECT_EQ(found[0].worst, low);
  ASSERT_EQ(found[0].mistakes.size(), 2U);
  EXPECT_EQ(found[0].mistakes[0].joint, "right_elbow");
  EXPECT_THAT(found[0].mistakes[0].times, ElementsAre(2, 1));

  const auto next = drills(file, {"Ann", {}, {}});
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].mistake, "right_elbow");
  EXPECT_EQ(next[0].wrong, 4);
  EXPECT_EQ(next[0].of, 6);
  EXPECT_TRUE(drills(file, {"Ben", {}, {}}).empty()) << "one repetition says nothing";
  const auto json = nlohmann::json::parse(progress_json(file));
  EXPECT_EQ(json["learners"], (std::vector<std::string>{"Ann", "Ben"}));
  EXPECT_EQ(json["movements"][0]["points"].size(), 3U);
}

TEST_F(Progress, WhatToDrillFollowsTheNewest) {
  ProgressFile file = open();
  const std::int64_t sitting = file.begin_sitting(sitting_of("Ann"));
  for (int i = 0; i < 30; ++i)
    file.add(sitting, practised(VerdictKind::kIncorrect, 10, "right_elbow", "old"));
  for (int i = 0; i < 20; ++i) file.add(sitting, practised(VerdictKind::kCorrect, 90, "", "old"));
  for (int i = 0; i < 6; ++i)
    file.add(sitting,
             practised(i == 0 ? VerdictKind::kIncorrect : VerdictKind::kCorrect, 50, "", "new"));
  const auto next = drills(file);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].movement, "new");
}

TEST_F(Progress, CsvIsSafeForSpreadsheets) {
  ProgressFile file = open();
  PractisedRepetition repetition = practised(VerdictKind::kIncorrect, 5, "left_knee");
  repetition.verdict.mistake = "too \"low\", bent";
  file.add(file.begin_sitting(sitting_of("=1+1")), repetition);
  const std::string text = progress_csv(file);
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
  EXPECT_THAT(text, HasSubstr("'=1+1,saw,1,2026-05-01T10:00:00Z,0,yes,saw,2.000,4.000,incorrect,5,"
                              "\"too \"\"low\"\", bent\",left_knee too low,\n"));
}

TEST_F(Progress, ADeletedLearnerLeavesNoBytes) {
  ProgressFile file = open();
  PractisedRepetition repetition = practised(VerdictKind::kIncorrect, 5, "left_knee");
  repetition.verdict.mistake = "quite-unmistakable";
  for (int i = 0; i < 3; ++i) file.add(file.begin_sitting(sitting_of("Annabella")), repetition);
  file.add(file.begin_sitting(sitting_of("Ben")), practised(VerdictKind::kCorrect, 90));
  ASSERT_THAT(bytes(), HasSubstr("Annabella"));
  EXPECT_EQ(file.delete_learner("Annabella"), 3);
  EXPECT_THAT(file.learners(), ElementsAre("Ben"));
  EXPECT_EQ(file.repetitions().size(), 1U);
  EXPECT_THAT(bytes(), ::testing::Not(HasSubstr("Annabella")));
  EXPECT_THAT(bytes(), ::testing::Not(HasSubstr("quite-unmistakable")));
}

TEST_F(Progress, StrangersFilesAreRefused) {
  open();
  {
    sqlite::Database database(path_.string(), sqlite::Open::kExisting);
    database.run("CREATE TRIGGER t AFTER INSERT ON sitting BEGIN DELETE FROM sitting; END");
  }
  EXPECT_THROW(open(), Error);
  std::ofstream(path_) << "hello";
  try {
    open();
    FAIL() << "text is no file of sittings";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCorrupt);
    EXPECT_THAT(error.what(), HasSubstr("not a progress file"));
  }
}

TEST_F(Progress, NothingThatWasAddedIsLostByASuddenEnd) {
  int reports[2];
  ASSERT_EQ(::pipe(reports), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ProgressFile file = ProgressFile::open(path_, Access::kWrite);
    const std::int64_t sitting = file.begin_sitting(sitting_of("Ann"));
    for (;;) {
      const std::int64_t id = file.add(sitting, practised(VerdictKind::kCorrect, 90));
      if (::write(reports[1], &id, sizeof id) != sizeof id) ::_exit(1);
    }
  }
  std::int64_t id = 0;
  while (id < 25) ASSERT_EQ(::read(reports[0], &id, sizeof id), ssize_t(sizeof id));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(reports[1]);
  while (::read(reports[0], &id, sizeof id) == ssize_t(sizeof id)) {
  }
  ::close(reports[0]);
  EXPECT_GE(open(Access::kRead).repetitions().size(), static_cast<std::size_t>(id));
}

}  // namespace
}  // namespace kata
