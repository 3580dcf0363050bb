// SPDX-License-Identifier: Apache-2.0
// A trained craft knows whether what its judge was taught by has changed since.
#include <gtest/gtest.h>

#include <functional>

#include "kata/craft/craft.h"
#include "kata/store/sqlite.h"
#include "tests/support/example_landmarks.h"
#include "tests/support/shared_data.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

const StoredClassifier kClassifier = {"bytes", "{}", "2026-01-03T00:00:00Z"};

class TaughtCraft : public ::testing::Test {
 protected:
  TaughtCraft() {
    Take take;
    take.person = "Ada";
    take.recorded_at = "2026-01-02T00:00:00Z";
    const std::int64_t id = craft_.add_take(take);
    for (std::size_t frames = 4; frames < 8; ++frames) {
      Repetition repetition = test::example_repetition(id, frames);
      repetition.person = "Ada";
      ids_.push_back(craft_.add_repetition(repetition));
    }
    craft_.relabel(ids_[3], Label::kIncorrect, "too fast");
    train();
  }

  void train() { craft_.set_classifier(kClassifier, craft_.repetitions()); }

  /// Stale after the change, fresh again once it is taken back.
  void expect_stale_until(const std::function<void()>& change, const std::function<void()>& back) {
    EXPECT_FALSE(craft_.is_stale());
    change();
    EXPECT_TRUE(craft_.is_stale());
    back();
    EXPECT_FALSE(craft_.is_stale());
  }

  const test::TempFolder folder_;
  Craft craft_ = Craft::create(folder_ / "c.kata", {});
  std::vector<std::int64_t> ids_;
};

TEST_F(TaughtCraft, IsStaleAfterEveryChangeUntilItIsTakenBack) {
  const Repetition first = craft_.repetition(ids_[0]);
  const std::vector<Landmarks> shorter(first.frames.begin(), first.frames.end() - 1);
  expect_stale_until([&] { craft_.relabel(ids_[0], Label::kIncorrect, {}); },
                     [&] { craft_.relabel(ids_[0], Label::kCorrect, {}); });
  expect_stale_until([&] { craft_.relabel(ids_[3], Label::kIncorrect, "too slow"); },
                     [&] { craft_.relabel(ids_[3], Label::kIncorrect, "too fast"); });
  expect_stale_until([&] { craft_.relabel(ids_[3], Label::kIncorrect, {}); },
                     [&] { craft_.relabel(ids_[3], Label::kIncorrect, "too fast"); });
  expect_stale_until([&] { craft_.remove(ids_[1]); }, [&] { craft_.restore(ids_[1]); });
  expect_stale_until([&] { craft_.recut(ids_[0], shorter); },
                     [&] { craft_.recut(ids_[0], first.frames); });
  expect_stale_until([&] { craft_.set_person(ids_[2], "Bo"); },
                     [&] { craft_.set_person(ids_[2], "Ada"); });
  std::int64_t added = 0;
  expect_stale_until([&] { added = craft_.add_repetition(first); }, [&] { craft_.remove(added); });
  expect_stale_until([&] { craft_.rename_movement("knead", "press"); },
                     [&] { craft_.rename_movement("press", "knead"); });
  expect_stale_until(
      [&] {
        craft_.remove(ids_[0]);
        craft_.add_repetition(test::example_repetition(first.take, 9));
      },
      [&] { train(); });
}

TEST_F(TaughtCraft, IsFreshAfterWhatTeachesNothing) {
  craft_.set_title({"Another name", "", "", ""});
  craft_.set_movement("knead", "with both hands");
  craft_.set_movement("new", "without repetitions yet");
  craft_.add_take({});
  EXPECT_FALSE(craft_.is_stale());
  craft_.remove(ids_[0]);
  train();
  craft_.compact();
  EXPECT_FALSE(craft_.is_stale());
}

TEST_F(TaughtCraft, IsStaleAfterWhatWasChangedDuringTheTraining) {
  const std::vector<Repetition> loaded = craft_.repetitions();
  craft_.relabel(ids_[0], Label::kIncorrect, {});
  craft_.set_classifier(kClassifier, loaded);
  EXPECT_TRUE(craft_.is_stale());
}

TEST_F(TaughtCraft, IsFreshWhereTheClassifierIsRenamedWithTheMovement) {
  StoredClassifier renamed = kClassifier;
  renamed.bytes = "renamed";
  craft_.rename_movement("knead", "press", renamed);
  EXPECT_FALSE(craft_.is_stale());
  EXPECT_EQ(craft_.classifier()->bytes, "renamed");
  craft_.set_movement("push", "");
  craft_.merge_movements("press", "push", renamed);
  EXPECT_FALSE(craft_.is_stale());
}

TEST_F(TaughtCraft, KeepsAClassifierThatWasTrainedMeanwhile) {
  StoredClassifier older = kClassifier;
  older.trained_at = "2025-12-31T00:00:00Z";
  older.bytes = "renamed";
  craft_.rename_movement("knead", "press", older);
  EXPECT_EQ(craft_.classifier()->bytes, "bytes");
  EXPECT_TRUE(craft_.is_stale());
}

TEST(UntaughtCraft, IsNotStale) {
  const test::TempFolder folder;
  Craft craft = Craft::create(folder / "c.kata", {});
  craft.add_repetition(test::example_repetition(craft.add_take({})));
  EXPECT_FALSE(craft.is_stale());
}

/// A craft as the program before kept it: trained, but not by what.
Craft old_craft(const std::filesystem::path& path, const char* trained_at) {
  std::filesystem::copy_file(test::source_path("tests/data/craft-v2.kata"), path);
  {
    sqlite::Database database(path.string(), sqlite::Open::kExisting);
    sqlite::Statement train(database,
                            "INSERT OR REPLACE INTO classifier VALUES (1, x'00', '{}', ?)");
    train.bind(1, trained_at);
    train.run();
  }
  return Craft::open(path);
}

TEST(OldCraft, CountsAsTaughtByWhatItHolds) {
  const test::TempFolder folder;
  Craft craft = old_craft(folder / "c.kata", "2026-01-02T00:00:00Z");
  EXPECT_FALSE(craft.is_stale());
  craft.remove(1);
  EXPECT_TRUE(craft.is_stale());
}

TEST(OldCraft, IsStaleWhereATakeCameAfterTheTraining) {
  const test::TempFolder folder;
  EXPECT_TRUE(old_craft(folder / "c.kata", "2025-01-02T00:00:00Z").is_stale());
}

}  // namespace
}  // namespace kata
