// SPDX-License-Identifier: Apache-2.0
#include "kata/session/studio.h"

#include <gtest/gtest.h>

#include <functional>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
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

}  // namespace
}  // namespace kata
