// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/craft/craft_json.h"
#include "kata/craft/label_text.h"
#include "kata/store/sqlite.h"
#include "tests/support/example_landmarks.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

class CraftMovements : public ::testing::Test {
 protected:
  std::int64_t add(const std::string& movement, Label label = Label::kCorrect) {
    Repetition repetition = test::example_repetition(take_, 2);
    repetition.movement = movement;
    repetition.label = label;
    return craft_.add_repetition(repetition);
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const MovementSummary& movement : craft_.movements()) names.push_back(movement.name);
    return names;
  }

  const test::TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "c.kata";
  Craft craft_ = Craft::create(path_, {"C", "", "", ""});
  std::int64_t take_ = craft_.add_take({});
};

using Names = std::vector<std::string>;

TEST_F(CraftMovements, KeepTheirOrderAndCount) {
  craft_.set_movement("zebra", "first");
  add("ape");
  add("ape", Label::kIncorrect);
  craft_.remove(add("ape"));
  EXPECT_EQ(names(), (Names{"zebra", "ape"}));
  EXPECT_EQ(craft_.movements()[0].description, "first");
  EXPECT_EQ(craft_.movements()[0].correct, 0);
  EXPECT_EQ(craft_.movements()[1].correct, 1);
  EXPECT_EQ(craft_.movements()[1].incorrect, 1);
}

TEST_F(CraftMovements, RenamedKeepRepetitionsAndPlace) {
  const std::int64_t id = add("old");
  add("other");
  craft_.rename_movement("old", "new");
  EXPECT_EQ(names(), (Names{"new", "other"}));
  EXPECT_EQ(craft_.repetition(id).movement, "new");
  EXPECT_THROW(craft_.rename_movement("new", "other"), Error);
  EXPECT_THROW(craft_.rename_movement("none", "x"), Error);
  EXPECT_THROW(craft_.rename_movement("new", ""), Error);
  EXPECT_NO_THROW(craft_.rename_movement("new", "new"));
}

TEST_F(CraftMovements, MergedMoveEverythingAndVanish) {
  add("a");
  const std::int64_t removed = add("b");
  craft_.remove(removed);
  craft_.set_preview("b", {"video/mp4", "bytes"});
  craft_.merge_movements("b", "a");
  EXPECT_EQ(names(), Names{"a"});
  EXPECT_TRUE(craft_.movements()[0].has_preview);
  craft_.restore(removed);
  EXPECT_EQ(craft_.repetition(removed).movement, "a");
  EXPECT_THROW(craft_.merge_movements("a", "a"), Error);
  EXPECT_THROW(craft_.merge_movements("a", "none"), Error);
}

TEST_F(CraftMovements, PreviewsAreKeptByteForByteAndBounded) {
  add("a");
  EXPECT_FALSE(craft_.preview("a"));
  const std::string bytes("\0\x01video", 7);
  craft_.set_preview("a", {"video/mp4", bytes});
  EXPECT_EQ(craft_.preview("a")->bytes, bytes);
  EXPECT_EQ(craft_.preview("a")->media_type, "video/mp4");
  EXPECT_THROW(craft_.set_preview("a", {"", std::string(kMaxPreviewBytes + 1, 'x')}), Error);
  EXPECT_THROW(craft_.set_preview("none", {"", "x"}), Error);
}

TEST_F(CraftMovements, NamesFromAStrangerCannotSteerATerminal) {
  add("a");
  sqlite::Database(path_.string(), sqlite::Open::kExisting)
      .run("UPDATE movement SET name = 'a' || char(27) || '[2J' || CAST(x'FF' AS TEXT)");
  EXPECT_EQ(names(), Names{"a?[2J?"});
}

TEST_F(CraftMovements, CompactGivesSpaceBack) {
  for (int i = 0; i < 50; ++i) {
    const std::int64_t id = add("a");
    if (i > 0) craft_.remove(id);
  }
  const CompactSummary summary = craft_.compact();
  EXPECT_EQ(summary.repetitions, 49);
  EXPECT_GT(summary.bytes, 49 * 1000);
  EXPECT_EQ(craft_.repetitions().size(), 1U);
}

TEST_F(CraftMovements, JsonIsTheDocumentedObject) {
  Repetition repetition = test::example_repetition(take_, 2);
  repetition.label = Label::kIncorrect;
  repetition.mistake = "too fast";
  repetition.person = "Ada";
  craft_.add_repetition(repetition);
  craft_.remove(add("knead"));
  const auto expected = nlohmann::json::parse(R"({"name":"C",
      "movements":[{"name":"knead","correct":0,"incorrect":1}],
      "repetitions":[{"id":1,"movement":"knead","label":"incorrect","mistake":"too fast",
                      "person":"Ada","take":1,"start_s":1.000001,"end_s":1.033368,"frames":2}],
      "trained":null})");
  EXPECT_EQ(nlohmann::json::parse(craft_json(craft_)), expected);
  craft_.set_classifier({"bytes", R"({"accuracy":0.9})", "2026-01-01T00:00:00Z"}, {});
  const auto trained = nlohmann::json::parse(craft_json(craft_)).at("trained");
  EXPECT_EQ(trained.at("trained_at"), "2026-01-01T00:00:00Z");
  EXPECT_EQ(trained.at("report").at("accuracy"), 0.9);
}

TEST(LabelText, SplitsAndJoins) {
  EXPECT_EQ(split_label("hello_R").movement, "hello");
  EXPECT_EQ(split_label("hello_R").label, Label::kCorrect);
  EXPECT_EQ(split_label("a_W_W").movement, "a_W");
  EXPECT_EQ(split_label("hello").label, std::nullopt);
  EXPECT_EQ(split_label("_R").label, std::nullopt) << "a movement needs a name";
  EXPECT_EQ(joined_label("hello", Label::kIncorrect), "hello_W");
  EXPECT_EQ(shortened("a\x1b"), "a?");
}

}  // namespace
}  // namespace kata
