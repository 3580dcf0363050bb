// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/craft/sha256.h"
#include "kata/store/crc32.h"
#include "kata/store/landmark_blob.h"
#include "kata/store/sqlite.h"
#include "tests/support/example_landmarks.h"
#include "tests/support/shared_data.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

class UntrustedCraft : public ::testing::Test {
 protected:
  UntrustedCraft() {
    Craft craft = Craft::create(path_, {"Clay", "", "", ""});
    const std::int64_t take = craft.add_take({});
    for (std::size_t frames = 1; frames < 4; ++frames) {
      craft.add_repetition(test::example_repetition(take, frames));
    }
  }

  std::string bytes() {
    std::ostringstream text;
    text << std::ifstream(path_, std::ios::binary).rdbuf();
    return text.str();
  }
  void write(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }
  void run_sql(const std::string& sql) {
    sqlite::Database(path_.string(), sqlite::Open::kExisting).run(sql);
  }
  /// What opening and reading everything ends with; empty when it works.
  std::optional<Error> trouble(Craft::Access access = Craft::Access::kRead) {
    try {
      const Craft craft = Craft::open(path_, access);
      craft.title();
      craft.takes();
      craft.movements();
      craft.imports();
      craft.classifier();
      for (const RepetitionSummary& summary : craft.summaries(true)) {
        craft.repetition(summary.id);
        craft.original_numbers(summary.id);
      }
      craft.repetitions();
    } catch (const Error& error) {
      return error;
    }
    return std::nullopt;
  }

  const test::TempFolder folder_;
  const fs::path path_ = folder_ / "c.kata";
};

TEST_F(UntrustedCraft, TextAndEmptyFilesAreNoCrafts) {
  for (const char* content : {"", "hello", "SQLite format 3"}) {
    write(content);
    const auto error = trouble();
    ASSERT_TRUE(error) << content;
    EXPECT_EQ(error->code(), ErrorCode::kCorrupt);
    EXPECT_THAT(error->what(), ::testing::HasSubstr("not a craft"));
    EXPECT_EQ(bytes(), content) << "the file is left as it was";
  }
}

TEST_F(UntrustedCraft, AnotherProgramsDatabaseIsNoCraft) {
  run_sql("PRAGMA application_id = 7");
  EXPECT_THAT(trouble(Craft::Access::kWrite)->what(), ::testing::HasSubstr("not a craft"));
}

TEST_F(UntrustedCraft, ANewerVersionIsRefusedPolitely) {
  run_sql("PRAGMA user_version = 99");
  const std::string before = bytes();
  const auto error = trouble(Craft::Access::kWrite);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::kUnsupported);
  EXPECT_THAT(error->what(), ::testing::HasSubstr("update kata"));
  EXPECT_EQ(bytes(), before);
}

TEST_F(UntrustedCraft, CodeInTheFileIsRefused) {
  const std::string before = bytes();
  for (const char* sql : {"CREATE TRIGGER t AFTER INSERT ON take BEGIN DELETE FROM repetition; END",
                          "CREATE VIEW v AS SELECT * FROM take", "CREATE TABLE extra (a)",
                          "CREATE INDEX i ON repetition (abs(frames))", "DROP TABLE classifier"}) {
    write(before);
    run_sql(sql);
    const auto error = trouble();
    ASSERT_TRUE(error) << sql;
    EXPECT_EQ(error->code(), ErrorCode::kCorrupt) << sql;
  }
}

TEST_F(UntrustedCraft, OrphansAndWrongLandmarksAreFound) {
  const std::string before = bytes();
  for (const char* sql :
       {"DELETE FROM take", "DELETE FROM movement", "DELETE FROM landmarks",
        "UPDATE landmarks SET frames = x'0102'", "UPDATE landmarks SET frames = zeroblob(3000)"}) {
    write(before);
    run_sql(std::string("PRAGMA foreign_keys = OFF;") + sql);
    const auto error = trouble();
    ASSERT_TRUE(error) << sql;
    EXPECT_EQ(error->code(), ErrorCode::kCorrupt) << sql;
  }
}

TEST_F(UntrustedCraft, AnyFlippedByteIsReadOrRefusedNeverWorse) {
  const std::string before = bytes();
  int refused = 0;
  for (std::size_t at = 0; at < before.size(); at += 211) {
    std::string changed = before;
    changed[at] = static_cast<char>(changed[at] ^ 0x5A);
    write(changed);
    refused += trouble().has_value() ? 1 : 0;
  }
  EXPECT_GT(refused, 10);
}

TEST_F(UntrustedCraft, ACutFileIsRefused) {
  const std::string before = bytes();
  for (std::size_t length = 1; length < before.size(); length += 3001) {
    write(before.substr(0, length));
    EXPECT_TRUE(trouble()) << length;
  }
}

TEST_F(UntrustedCraft, EveryOldVersionOpens) {
  int versions = 0;
  for (const auto& entry : fs::directory_iterator(test::source_path("tests/data"))) {
    if (entry.path().extension() != ".kata") continue;
    const fs::path copy = folder_ / entry.path().filename().string();
    fs::copy_file(entry.path(), copy);
    Craft craft = Craft::open(copy);
    EXPECT_EQ(craft.title().name, "Old craft") << entry.path();
    EXPECT_EQ(craft.repetitions().size(), 2U);
    EXPECT_EQ(craft.summaries(true).size(), 3U);
    EXPECT_EQ(craft.repetitions().at(1).mistake, "too fast");
    const bool has_recorded = entry.path().stem() != "craft-v1";
    EXPECT_EQ(craft.recorded(craft.takes().at(0).id).has_value(), has_recorded) << entry.path();
    ++versions;
  }
  EXPECT_GE(versions, 2);
}

TEST(LandmarkBlob, KeepsEveryBitAndEveryPart) {
  std::vector<Landmarks> frames = {Landmarks{}, test::example_landmarks(0),
                                   test::example_landmarks(1)};
  frames[2].face = Face{{{0.1F, 0.2F, 0.3F}, {-0.0F, 1, 2}}, 0.5F};
  frames[2].pose->world = {};
  test::expect_same_frames(landmarks_from_blob(blob_from_landmarks(frames)), frames);
}

TEST(LandmarkBlob, WithoutWorldCoordinatesIsSmaller) {
  Landmarks frame = test::example_landmarks(1);
  const std::size_t with_world = blob_from_landmarks({&frame, 1}).size();
  frame.pose->world = {};
  EXPECT_EQ(blob_from_landmarks({&frame, 1}).size() + kPosePoints * 3 * sizeof(float), with_world);
}

TEST(LandmarkBlob, RefusesCutBytesAndFalseCounts) {
  const std::vector<Landmarks> frames = {test::example_landmarks(0), test::example_landmarks(1)};
  const std::string good = blob_from_landmarks(frames);
  const auto resealed = [](std::string body) {
    const std::uint32_t crc = crc32(body);
    body.append(reinterpret_cast<const char*>(&crc), sizeof(crc));
    return body;
  };
  for (std::size_t length = 0; length < good.size() - 4; length += 7) {
    EXPECT_THROW(landmarks_from_blob(good.substr(0, length)), Error);
    EXPECT_THROW(landmarks_from_blob(resealed(good.substr(0, length))), Error);
  }
  std::string many = good.substr(0, good.size() - 4);
  many.replace(1, 4, "\xff\xff\xff\xff");
  EXPECT_THROW(landmarks_from_blob(resealed(many)), Error);
  std::string newer = good;
  newer[0] = 2;
  try {
    landmarks_from_blob(newer);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUnsupported);
  }
}

TEST(Sha256, GivesThePublishedDigests) {  // FIPS 180-4 examples
  Sha256 short_text;
  short_text.add("abc");
  EXPECT_EQ(short_text.finish(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 two_blocks;
  two_blocks.add("abcdbcdecdefdefgefghfghighijhijk");
  two_blocks.add("ijkljklmklmnlmnomnopnopq");
  EXPECT_EQ(two_blocks.finish(),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

}  // namespace
}  // namespace kata
