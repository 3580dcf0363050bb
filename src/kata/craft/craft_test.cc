// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/craft.h"

#include <gtest/gtest.h>

#include <bit>
#include <fstream>

#include "kata/core/error.h"
#include "tests/support/example_landmarks.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using test::example_repetition;

template <typename Work>
ErrorCode code_of(Work&& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::kCancelled;
}

class CraftFile : public ::testing::Test {
 protected:
  Craft make() { return Craft::create(path_, {"Clay", "Kneading", "Ada", "free"}); }
  const test::TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "clay.kata";
};

TEST_F(CraftFile, KeepsItsTitle) {
  { make(); }
  Craft craft = Craft::open(path_);
  EXPECT_EQ(craft.title().name, "Clay");
  EXPECT_EQ(craft.title().price_note, "free");
  craft.set_title({"Clay 2", "", "Bo", ""});
  EXPECT_EQ(Craft::open(path_, Craft::Access::kRead).title().author, "Bo");
}

TEST_F(CraftFile, IsOnePlainFileWhenClosed) {
  {
    Craft craft = make();
    craft.add_repetition(example_repetition(craft.add_take({})));
  }
  const auto begin = std::filesystem::directory_iterator(folder_.path());
  EXPECT_EQ(std::distance(begin, std::filesystem::directory_iterator()), 1);
}

TEST_F(CraftFile, IsFoldedByTheLastReaderToo) {
  {
    auto writer = std::make_unique<Craft>(make());
    const Craft reader = Craft::open(path_, Craft::Access::kRead);
    writer->add_take({});
    writer.reset();
    EXPECT_EQ(reader.takes().size(), 1U);
  }
  EXPECT_FALSE(std::filesystem::exists(path_.string() + "-wal"));
}

TEST_F(CraftFile, GivesARepetitionBackToTheBit) {
  Craft craft = make();
  Take take;
  take.person = "Ada";
  Repetition stored = example_repetition(craft.add_take(take));
  stored.label = Label::kIncorrect;
  stored.mistake = "elbow too low";
  const std::int64_t id = craft.add_repetition(stored);
  const Repetition loaded = craft.repetition(id);
  EXPECT_EQ(loaded.id, id);
  EXPECT_EQ(loaded.take, stored.take);
  EXPECT_EQ(loaded.movement, stored.movement);
  EXPECT_EQ(loaded.label, stored.label);
  EXPECT_EQ(loaded.mistake, stored.mistake);
  EXPECT_EQ(loaded.person, "Ada");
  test::expect_same_frames(loaded.frames, stored.frames);
}

TEST_F(CraftFile, ListsRepetitionsWithoutTheirLandmarks) {
  Craft craft = make();
  const Repetition stored = example_repetition(craft.add_take({}));
  const std::int64_t id = craft.add_repetition(stored);
  const auto summaries = craft.summaries();
  ASSERT_EQ(summaries.size(), 1U);
  EXPECT_EQ(summaries[0].id, id);
  EXPECT_EQ(summaries[0].start, stored.frames.front().timestamp);
  EXPECT_EQ(summaries[0].end, stored.frames.back().timestamp);
  EXPECT_EQ(summaries[0].frames, static_cast<int>(stored.frames.size()));
}

TEST_F(CraftFile, RemovedRepetitionsComeBackUntilCompacted) {
  Craft craft = make();
  const std::int64_t take = craft.add_take({});
  const std::int64_t first = craft.add_repetition(example_repetition(take));
  const std::int64_t second = craft.add_repetition(example_repetition(take));
  craft.remove(first);
  EXPECT_EQ(craft.repetitions().size(), 1U);
  EXPECT_EQ(craft.summaries().size(), 1U);
  EXPECT_EQ(craft.summaries(true).size(), 2U);
  craft.restore(first);
  EXPECT_EQ(craft.repetitions().size(), 2U);
  craft.remove(second);
  EXPECT_EQ(craft.compact().repetitions, 1);
  EXPECT_EQ(code_of([&] { craft.restore(second); }), ErrorCode::kNotFound);
  EXPECT_EQ(craft.repetitions().size(), 1U);
}

TEST_F(CraftFile, StoresNoRepetitionInWhichNobodyIsSeen) {
  Craft craft = make();
  Repetition repetition = example_repetition(craft.add_take({}));
  const std::int64_t id = craft.add_repetition(repetition);
  for (Landmarks& frame : repetition.frames) {
    frame.pose.reset();
    frame.left_hand.reset();
    frame.right_hand.reset();
    frame.face.reset();
  }
  EXPECT_EQ(code_of([&] { craft.add_repetition(repetition); }), ErrorCode::kNotEnough);
  EXPECT_EQ(code_of([&] { craft.recut(id, repetition.frames); }), ErrorCode::kNotEnough);
  EXPECT_EQ(code_of([&] {
              craft.replace_repetitions({}, {&repetition, 1});
            }),
            ErrorCode::kNotEnough);
  EXPECT_EQ(craft.summaries().size(), 1U);
}

TEST_F(CraftFile, RelabelsWithAndWithoutAMistake) {
  Craft craft = make();
  const std::int64_t id = craft.add_repetition(example_repetition(craft.add_take({})));
  craft.relabel(id, Label::kIncorrect, "too fast");
  EXPECT_EQ(craft.summaries()[0].mistake, "too fast");
  craft.relabel(id, Label::kCorrect, std::nullopt);
  EXPECT_EQ(craft.summaries()[0].label, Label::kCorrect);
  EXPECT_EQ(craft.summaries()[0].mistake, std::nullopt);
  EXPECT_EQ(code_of([&] { craft.relabel(id, Label::kCorrect, "odd"); }),
            ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of([&] { craft.relabel(99, Label::kCorrect, {}); }), ErrorCode::kNotFound);
}

TEST_F(CraftFile, APersonIsOfRepetitionsAndOfTheTakeWhereAllAreTheirs) {
  Craft craft = make();
  Take take;
  take.person = "Ada";
  const std::int64_t id = craft.add_take(take);
  const std::int64_t first = craft.add_repetition(example_repetition(id));
  const std::int64_t second = craft.add_repetition(example_repetition(id));
  craft.set_person(first, "Bo");
  EXPECT_EQ(craft.summaries()[0].person, "Bo");
  EXPECT_EQ(craft.summaries()[1].person, "Ada");
  EXPECT_EQ(craft.takes()[0].person, "Ada");
  craft.set_person(second, "Bo");
  EXPECT_EQ(craft.takes()[0].person, "Bo");
  EXPECT_EQ(code_of([&] { craft.set_person(99, "Bo"); }), ErrorCode::kNotFound);
}

TEST_F(CraftFile, KeepsTheClassifierApartFromLaterChanges) {
  Craft craft = make();
  EXPECT_FALSE(craft.classifier());
  craft.set_classifier({std::string("a\0b", 3), R"({"accuracy":0.9})", "2026-01-01T00:00:00Z"}, {});
  craft.add_repetition(example_repetition(craft.add_take({})));
  ASSERT_TRUE(craft.classifier());
  EXPECT_EQ(craft.classifier()->bytes, std::string("a\0b", 3));
  EXPECT_EQ(craft.classifier()->trained_at, "2026-01-01T00:00:00Z");
}

TEST_F(CraftFile, RefusesWhatIsNotThere) {
  Craft craft = make();
  EXPECT_EQ(code_of([&] { craft.repetition(7); }), ErrorCode::kNotFound);
  EXPECT_EQ(code_of([&] { craft.remove(7); }), ErrorCode::kNotFound);
  EXPECT_EQ(code_of([&] { craft.add_repetition(example_repetition(7)); }), ErrorCode::kNotFound);
  EXPECT_EQ(code_of([&] { Craft::open(folder_ / "none.kata"); }), ErrorCode::kNotFound);
  EXPECT_EQ(code_of([&] { make(); }), ErrorCode::kInvalidArgument);
  EXPECT_TRUE(craft.movements().empty()) << "a refused repetition leaves no movement behind";
}

TEST_F(CraftFile, RecutKeepsAllButTheFrames) {
  Craft craft = make();
  Repetition stored = example_repetition(craft.add_take({}), 6);
  stored.label = Label::kIncorrect;
  stored.mistake = "too fast";
  const std::int64_t id = craft.add_repetition(stored);
  const std::vector<Landmarks> inner(stored.frames.begin() + 1, stored.frames.end() - 2);
  craft.recut(id, inner);
  const Repetition again = craft.repetition(id);
  test::expect_same_frames(again.frames, inner);
  EXPECT_EQ(again.mistake, "too fast");
  const RepetitionSummary summary = craft.summaries().at(0);
  EXPECT_EQ(summary.start, inner.front().timestamp);
  EXPECT_EQ(summary.end, inner.back().timestamp);
  EXPECT_EQ(summary.frames, 3);
  EXPECT_EQ(code_of([&] { craft.recut(id, {}); }), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of([&] { craft.recut(99, inner); }), ErrorCode::kNotFound);
}

TEST_F(CraftFile, ReplacesRepetitionsAllOrNothing) {
  Craft craft = make();
  const std::int64_t take = craft.add_take({});
  const std::int64_t kept = craft.add_repetition(example_repetition(take, 2));
  const std::int64_t dropped = craft.add_repetition(example_repetition(take, 3));
  const std::vector<Repetition> added = {example_repetition(take, 4), example_repetition(take, 5)};
  const std::vector<std::int64_t> unknown = {dropped, 99};
  EXPECT_EQ(code_of([&] { craft.replace_repetitions(unknown, added); }), ErrorCode::kNotFound);
  EXPECT_EQ(craft.summaries().size(), 2U) << "nothing was changed";
  const std::vector<std::int64_t> ids = craft.replace_repetitions({&dropped, 1}, added);
  ASSERT_EQ(ids.size(), 2U);
  EXPECT_EQ(craft.summaries(true).size(), 3U) << "dropped for good";
  EXPECT_EQ(craft.repetition(kept).frames.size(), 2U);
  EXPECT_EQ(craft.repetition(ids[1]).frames.size(), 5U);
}

TEST_F(CraftFile, KeepsATakeAsItWasRecorded) {
  Craft craft = make();
  const std::int64_t take = craft.add_take({}), other = craft.add_take({});
  RecordedTake recorded;
  recorded.frames = {test::example_landmarks(0), test::example_landmarks(1)};
  recorded.expected_repetitions = 5;
  recorded.goes_on = true;
  craft.keep_recorded(take, recorded);
  EXPECT_FALSE(craft.recorded(other));
  const auto kept = craft.recorded(take);
  ASSERT_TRUE(kept);
  test::expect_same_frames(kept->frames, recorded.frames);
  EXPECT_EQ(kept->expected_repetitions, 5);
  EXPECT_TRUE(kept->goes_on);
  EXPECT_FALSE(kept->is_corrected);
  recorded.expected_repetitions.reset();
  craft.keep_recorded(take, recorded);
  EXPECT_FALSE(craft.recorded(take)->expected_repetitions);
}

TEST_F(CraftFile, GivesNoTakeWithTimesOfNoTake) {
  Craft craft = make();
  const std::int64_t take = craft.add_take({});
  RecordedTake recorded;
  recorded.frames = {test::example_landmarks(0), test::example_landmarks(1)};
  std::swap(recorded.frames[0].timestamp, recorded.frames[1].timestamp);
  craft.keep_recorded(take, recorded);
  EXPECT_FALSE(craft.recorded(take));
  recorded.frames[1].timestamp = recorded.frames[0].timestamp + duration_from_seconds(1e9);
  craft.keep_recorded(take, recorded);
  EXPECT_FALSE(craft.recorded(take));
}

TEST_F(CraftFile, KeepsNoTakeThatIsNotThereOrEmptyOrEndless) {
  Craft craft = make();
  const std::int64_t take = craft.add_take({});
  EXPECT_EQ(code_of([&] { craft.keep_recorded(take, {}); }), ErrorCode::kInvalidArgument);
  RecordedTake recorded;
  recorded.frames.resize(50'001);
  EXPECT_EQ(code_of([&] { craft.keep_recorded(take, recorded); }), ErrorCode::kInvalidArgument);
  recorded.frames.resize(1);
  EXPECT_EQ(code_of([&] { craft.keep_recorded(take + 1, recorded); }), ErrorCode::kNotFound);
}

TEST_F(CraftFile, ATakeIsCorrectedOnceARepetitionOfItIsChanged) {
  Craft craft = make();
  const auto new_take = [&] {
    const std::int64_t take = craft.add_take({});
    craft.keep_recorded(take, {{test::example_landmarks(0)}, {}, false, false});
    const std::vector<Repetition> added = {example_repetition(take)};
    const std::int64_t id = craft.replace_repetitions({}, added).at(0);
    EXPECT_FALSE(craft.recorded(take)->is_corrected);
    return std::pair{take, id};
  };
  const auto [untouched, _] = new_take();
  const auto corrects = [&](auto&& change) {
    const auto [take, id] = new_take();
    change(take, id);
    return craft.recorded(take)->is_corrected;
  };
  using Id = std::int64_t;
  EXPECT_TRUE(corrects([&](Id, Id id) { craft.recut(id, {test::example_landmarks(2)}); }));
  EXPECT_TRUE(corrects([&](Id, Id id) { craft.relabel(id, Label::kIncorrect, "too fast"); }));
  EXPECT_TRUE(corrects([&](Id, Id id) { craft.remove(id); }));
  EXPECT_TRUE(corrects([&](Id, Id id) { craft.restore(id); }));
  EXPECT_TRUE(corrects([&](Id take, Id) { craft.add_repetition(example_repetition(take)); }));
  EXPECT_FALSE(craft.recorded(untouched)->is_corrected);
}

TEST_F(CraftFile, OfATakeWithoutRepetitionsNothingIsKept) {
  Craft craft = make();
  const std::int64_t take = craft.add_take({});
  craft.keep_recorded(take, {{test::example_landmarks(0)}, {}, false, false});
  craft.compact();
  EXPECT_FALSE(craft.recorded(take));
}

TEST_F(CraftFile, OpenedForReadingIsNotWritten) {
  { make(); }
  Craft craft = Craft::open(path_, Craft::Access::kRead);
  EXPECT_EQ(code_of([&] { craft.add_take({}); }), ErrorCode::kIo);
}

TEST_F(CraftFile, RefusesOddText) {
  Craft craft = make();
  EXPECT_EQ(code_of([&] { craft.set_title({"a\x01z", "", "", ""}); }), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of([&] { craft.set_title({"a\xffz", "", "", ""}); }), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of([&] {
              craft.set_title({std::string(5000, 'a'), "", "", ""});
            }),
            ErrorCode::kInvalidArgument);
  EXPECT_NO_THROW(craft.set_title({"Töpfern 粘土", "two\nlines", "", ""}));
}

}  // namespace
}  // namespace kata
