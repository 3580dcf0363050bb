// SPDX-License-Identifier: Apache-2.0
#include "kata/session/studio.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <span>
#include <string>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/craft/craft_size.h"
#include "tests/support/movement_generator.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

ErrorCode code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::kCancelled;
}

TEST(Studio, APreviewVideoIsGivenOnlyAsAVideo) {
  const test::TempFolder folder;
  {
    Craft craft = Craft::create(folder.path() / "saw.kata", {"Saw", "", "", ""});
    for (const char* movement : {"saw", "plane", "odd"}) craft.set_movement(movement, "");
    craft.set_preview("saw", {"video/mp4", "moving pictures"});
    craft.set_preview("odd", {"text/html", "<script>"});
  }
  Studio studio(folder.path());
  const CraftCard card = studio.cards().at(0);
  EXPECT_TRUE(card.movements.at(0).has_video);
  EXPECT_FALSE(card.movements.at(1).has_video);
  EXPECT_EQ(studio.preview_video(card.id, "saw").bytes, "moving pictures");
  EXPECT_EQ(code_of([&] { studio.preview_video(card.id, "plane"); }), ErrorCode::kNotFound);
  EXPECT_EQ(code_of([&] { studio.preview_video(card.id, "odd"); }), ErrorCode::kUnsupported);
}

TEST(Studio, MovementsKeepTheirOrderAndNamesStayUnique) {
  const test::TempFolder folder;
  Studio studio(folder.path());
  const std::string id = studio.make({"Joinery", "", "", ""}, {"saw", "plane"}).id;
  EXPECT_EQ(studio.add_movement(id, "chisel").movements.at(2).name, "chisel");
  EXPECT_EQ(code_of([&] { studio.add_movement(id, "saw"); }), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of([&] { studio.rename_movement(id, "saw", "plane"); }),
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(studio.rename_movement(id, "saw", "pull saw").movements.at(0).name, "pull saw");
}

TEST(Studio, ATakeIsKeptSoThatEdgesMoveOutwardsLater) {
  const test::TempFolder folder;
  const test::GeneratedTake take = test::generate_take({.repetitions = 4});
  std::string id;
  std::int64_t number = 0;
  {
    Studio studio(folder.path());
    id = studio.make({"Lift", {}, {}, {}}).id;
    number = studio
                 .store_take(id, {"lift", Label::kCorrect, {}, {}, {}}, take.frames,
                             "2026-01-01T00:00:00Z")
                 .take;
  }
  Studio later(folder.path());
  const TakeView view = later.take(id, number);
  EXPECT_EQ(view.end, take.frames.back().timestamp);
  ASSERT_EQ(view.repetitions.size(), 4U);
  const RepetitionSummary& second = view.repetitions[1];
  const Timestamp earlier = second.start - duration_from_seconds(0.4);
  const RepetitionSummary moved = later.move_edges(id, second.id, earlier, second.end);
  EXPECT_LT(seconds(moved.start), seconds(second.start) - 0.3);
  EXPECT_THROW(later.take(id, number + 1), Error);
}

TEST(Studio, ForLearnersNothingChanges) {
  const test::TempFolder folder;
  const std::string id = Studio(folder.path()).make({"Joinery", "", "", ""}, {"saw"}).id;
  Studio studio(folder.path(), true);
  EXPECT_EQ(code_of([&] { studio.make({"x", "", "", ""}); }), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of([&] { studio.add_movement(id, "x"); }), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of([&] {
              studio.begin_take(id, {"saw", Label::kCorrect, std::nullopt, "", std::nullopt});
            }),
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(studio.card(id).movements.size(), 1U);
}

TEST(Studio, ACraftThatHasGrownLargeIsToldAndTakesNoMore) {
  const test::TempFolder folder;
  Studio studio(folder.path());
  const std::string id = studio.make({"Saw", "", "", ""}, {"saw"}).id;
  EXPECT_EQ(studio.card(id).warning, "");
  std::filesystem::resize_file(folder.path() / "saw.kata", kLargeCraft);
  EXPECT_NE(studio.card(id).warning.find("kata compact"), std::string::npos);
  EXPECT_NE(studio.cards().at(0).warning, "");
  Lesson lesson;
  lesson.movement = "saw";
  EXPECT_NO_THROW(studio.begin_take(id, lesson)->discard());
  std::filesystem::resize_file(folder.path() / "saw.kata", kGrownCraft);
  EXPECT_EQ(code_of([&] { studio.begin_take(id, lesson); }), ErrorCode::kInvalidArgument);
  EXPECT_LT(kGrownCraft, kLargestImport) << "what has grown here comes in elsewhere";
}

TEST(Studio, AFileOnItsWayOutIsWholeThoughAnotherProgramWritesToIt) {
  const test::TempFolder folder;
  Studio studio(folder.path());
  const std::string id = studio.make({"Saw", "", "", ""}, {"saw"}).id;
  Craft open_elsewhere = Craft::open(folder.path() / "saw.kata");
  open_elsewhere.set_title({"Sawing", "", "", ""});  // lies in the log beside the file
  std::filesystem::path sent;
  {
    const CraftFile file = studio.file(id);
    sent = file.path;
    open_elsewhere.set_title({"Later", "", "", ""});
    EXPECT_EQ(Craft::open(sent, Craft::Access::kRead).title().name, "Sawing");
  }
  EXPECT_FALSE(std::filesystem::exists(sent));
}

TEST(Studio, AFileThatComesInInPiecesBecomesACraft) {
  const test::TempFolder folder;
  Studio studio(folder.path());
  const CraftFile file = studio.file(studio.make({"S\u00E4ge", "", "", ""}, {"saw"}).id);
  EXPECT_EQ(file.name, "S\u00E4ge.kata");
  std::ifstream stream(file.path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(stream), {});
  const auto incoming = studio.begin_import();
  for (std::size_t at = 0; at < bytes.size(); at += 7)
    incoming->add(std::span(bytes).subspan(at, std::min<std::size_t>(7, bytes.size() - at)));
  EXPECT_EQ(studio.import(*incoming).title.name, "S\u00E4ge");
  EXPECT_EQ(studio.cards().size(), 2U);
  EXPECT_EQ(code_of([&] { studio.begin_import()->add(std::span("SQLite 4", 8)); }),
            ErrorCode::kCorrupt);
}

TEST(Studio, WhatAKilledProgramLeftOnTheWayIsSweptAfterADay) {
  const test::TempFolder folder;
  for (const char* name : {".incoming-1-0.part", ".outgoing-1-0.part", ".incoming-2-0.part"})
    std::ofstream(folder.path() / name) << "half";
  const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(30);
  std::filesystem::last_write_time(folder.path() / ".incoming-1-0.part", long_ago);
  std::filesystem::last_write_time(folder.path() / ".outgoing-1-0.part", long_ago);
  const Studio studio(folder.path());
  EXPECT_FALSE(std::filesystem::exists(folder.path() / ".incoming-1-0.part"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / ".outgoing-1-0.part"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / ".incoming-2-0.part"));
}

}  // namespace
}  // namespace kata
