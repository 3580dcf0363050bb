// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/plan.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <set>

#include "kata/archive/record.h"
#include "kata/archive/standing.h"
#include "kata/core/error.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

void touch(const fs::path& path) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << "x";
}

std::vector<std::string> paths_of(const std::vector<ArchiveSource>& sources) {
  std::vector<std::string> paths;
  for (const ArchiveSource& source : sources) paths.push_back(source.path);
  return paths;
}

std::string problem_of(const fs::path& manifest, const std::string& text) {
  std::ofstream(manifest) << text;
  try {
    sources_of_manifest(manifest);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(ArchiveSources, AreTheVideosBelowAFolderByName) {
  const test::TempFolder folder;
  for (const char* name : {"b.mp4", "a/x.MOV", "a/notes.txt", "a/.hidden.mp4", "out/old.mp4",
                           ".git/y.mp4", "z.jsonl.gz", "a/z.csv"})
    touch(folder.path() / "in" / name);
  const fs::path in = folder.path() / "in";
  EXPECT_EQ(paths_of(sources_of_folder(in, in / "out", false)),
            (std::vector<std::string>{"a/x.MOV", "b.mp4"}));
  EXPECT_EQ(paths_of(sources_of_folder(in, in / "out", true)),
            (std::vector<std::string>{"a/x.MOV", "a/z.csv", "b.mp4", "z.jsonl.gz"}));
  EXPECT_THROW(sources_of_folder(folder.path() / "none", {}, false), Error);
  EXPECT_THROW(sources_of_folder(in / "out", in / "out", true), Error) << "left out of itself";
}

TEST(ArchiveSources, AManifestSaysWhoDoesWhatAndWhere) {
  const test::TempFolder folder;
  const fs::path manifest = folder.path() / "list.csv";
  std::ofstream(manifest) << "person,path,label\nAnn,a/x.mp4,right\n\"B, C\",../y.mp4,\n";
  const auto sources = sources_of_manifest(manifest);
  ASSERT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources[0].path, "a/x.mp4");
  EXPECT_EQ(sources[0].file, folder.path() / "a/x.mp4");
  EXPECT_EQ(sources[0].person, "Ann");
  EXPECT_EQ(sources[0].label, "right");
  EXPECT_EQ(sources[0].movement, "");
  EXPECT_EQ(sources[1].person, "B, C");
  EXPECT_EQ(sources[1].path, (folder.path().parent_path() / "y.mp4").relative_path().string())
      << "nothing is written outside the archive";
}

TEST(ArchiveSources, WhatIsWrongInAManifestIsSaidWithItsLine) {
  const test::TempFolder folder;
  const fs::path manifest = folder.path() / "list.csv";
  EXPECT_NE(problem_of(manifest, "file\na\n").find("no column path"), std::string::npos);
  EXPECT_NE(problem_of(manifest, "path,person\na\n").find("1 columns instead of 2 (line 2)"),
            std::string::npos);
  EXPECT_NE(problem_of(manifest, "path\na.mp4\n./a.mp4\n").find("same path as line 2 (line 3)"),
            std::string::npos);
  EXPECT_NE(problem_of(manifest, "path\n").find("names no video"), std::string::npos);
}

TEST(ArchivePlan, IsReadBackAsItWasWritten) {
  const test::TempFolder folder;
  const ArchiveFolder archive(folder.path() / "out");
  ArchiveSettings settings;
  settings.landmarker.model = LandmarkModel::kHeavy;
  settings.with_csv = true;
  settings.version = "1.2.3";
  settings.networks = {{"pose", "aa"}};
  settings.split_s = 600;
  const std::vector<ArchiveSource> sources = {
      {"a \"b\", c.mp4", folder.path() / "a.mp4", "Ann, B", "saw", "right"}};
  write_plan(archive, settings, units_of(sources, settings));
  const auto units = read_plan(archive);
  ASSERT_EQ(units.size(), 1U);
  EXPECT_EQ(units[0].path, "a \"b\", c.mp4");
  EXPECT_EQ(units[0].person, "Ann, B");
  EXPECT_EQ(units[0].id, unit_id(units[0].path, {}, false));
  EXPECT_TRUE(units[0].span.is_whole());
  EXPECT_EQ(settings_key(read_settings(archive), true), settings_key(settings, true));
  EXPECT_EQ(read_settings(archive).split_s, 600);
}

TEST(ArchivePlan, EverySettingChangesTheKey) {
  std::set<std::string> keys;
  const auto add = [&keys](auto change) {
    ArchiveSettings settings;
    change(settings);
    keys.insert(settings_key(settings, true));
  };
  add([](ArchiveSettings&) {});
  add([](ArchiveSettings& s) { s.landmarker.model = LandmarkModel::kLite; });
  add([](ArchiveSettings& s) { s.landmarker.mode = LandmarkMode::kHands; });
  add([](ArchiveSettings& s) { s.landmarker.with_face = true; });
  add([](ArchiveSettings& s) { s.with_csv = true; });
  add([](ArchiveSettings& s) { s.with_jsonl = false; });
  add([](ArchiveSettings& s) { s.is_packed = true; });
  add([](ArchiveSettings& s) { s.craft_sha256 = "aa"; });
  add([](ArchiveSettings& s) { s.swap_sides = true; });
  add([](ArchiveSettings& s) { s.strategy = Strategy::kWindow; });
  add([](ArchiveSettings& s) { s.version = "2"; });
  add([](ArchiveSettings& s) { s.networks["pose"] = "aa"; });
  EXPECT_EQ(keys.size(), 12U);
  ArchiveSettings more_threads;
  more_threads.landmarker.threads = 7;
  EXPECT_TRUE(keys.contains(settings_key(more_threads, true)));
}

/// An archive of tracks that are there, each with a record.
class RecordedArchive {
 public:
  explicit RecordedArchive(int units) : archive_(folder_.path() / "out") {
    settings_.version = "1";
    std::vector<ArchiveSource> sources;
    for (int i = 0; i < units; ++i) {
      const std::string name = "v" + std::to_string(i) + ".mp4";
      sources.push_back({name, folder_.path() / name, {}, {}, {}});
    }
    units_ = units_of(sources, settings_);
    write_plan(archive_, settings_, units_);
  }
  void record(std::size_t i, const std::string& failure = {}) {
    const ArchiveUnit& unit = units_[i];
    if (!fs::exists(unit.file)) std::ofstream(unit.file) << "video " << i;
    UnitRecord record;
    record.unit = unit.id;
    record.path = unit.path;
    record.settings_key = settings_key(settings_, true);
    record.version = "1";
    record.source = *look_at(unit.file);
    record.source_sha256 = file_sha256(unit.file);
    record.frames = 100;
    record.frames_with_pose = static_cast<std::int64_t>(i);
    record.seconds = 1 + static_cast<double>(i);
    record.failure = failure;
    record.host = "here";
    // Not by rename and to the disk: ten thousand of them would take the time of the test.
    std::ofstream(archive_.record(unit.id)) << record_json(record);
  }
  std::vector<const ArchiveUnit*> left() const { return units_left(units_, settings_, archive_); }

  test::TempFolder folder_;
  ArchiveFolder archive_;
  ArchiveSettings settings_;
  std::vector<ArchiveUnit> units_;
};

TEST(ArchiveRecord, FitsUntilSomethingOfItChanges) {
  RecordedArchive archive(2);
  EXPECT_EQ(archive.left().size(), 2U);
  archive.record(0);
  archive.record(1, "it is broken");
  EXPECT_TRUE(archive.left().empty()) << "a failure is a result too";

  const fs::path video = archive.units_[0].file;
  fs::last_write_time(video, fs::last_write_time(video) + std::chrono::hours(1));
  EXPECT_TRUE(archive.left().empty()) << "only touched";
  std::ofstream(video) << "another video";
  EXPECT_EQ(archive.left().size(), 1U);
  archive.record(0);
  archive.settings_.with_csv = true;
  EXPECT_EQ(archive.left().size(), 2U);
}

TEST(ArchiveRecord, AHalfRecordCountsAsNone) {
  RecordedArchive archive(1);
  archive.record(0);
  const fs::path record = archive.archive_.record(archive.units_[0].id);
  fs::resize_file(record, fs::file_size(record) / 2);
  EXPECT_EQ(archive.left().size(), 1U);
}

TEST(ArchiveRecord, AResultThatIsGoneIsMadeAgain) {
  RecordedArchive archive(1);
  archive.record(0);
  auto record = *record_from_json(read_if_there(archive.archive_.record(archive.units_[0].id)));
  record.outputs.push_back({"v0.mp4.jsonl", 3, "aa"});
  std::ofstream(archive.archive_.record(archive.units_[0].id)) << record_json(record);
  EXPECT_EQ(archive.left().size(), 1U);
  std::ofstream(archive.archive_.out() / "v0.mp4.jsonl") << "abc";
  EXPECT_TRUE(archive.left().empty());
}

TEST(ArchiveStanding, CountsAndNamesTheSlowestAndTheWorstSeen) {
  RecordedArchive archive(10);
  for (std::size_t i = 0; i < 8; ++i) archive.record(i, i == 3 ? "it is broken" : "");
  const ArchiveStanding standing = standing_of(archive.archive_, 2);
  EXPECT_EQ(standing.units, 10);
  EXPECT_EQ(standing.done, 7);
  EXPECT_EQ(standing.failed, 1);
  EXPECT_EQ(standing.left, 2);
  ASSERT_EQ(standing.failures.size(), 1U);
  EXPECT_EQ(standing.failures[0].failure, "it is broken");
  ASSERT_EQ(standing.slowest.size(), 2U);
  EXPECT_EQ(standing.slowest[0].path, "v7.mp4");
  EXPECT_EQ(standing.worst_seen[0].path, "v0.mp4");
  EXPECT_NEAR(*standing.left_s, 2 * 4.5, 1e-9);
  EXPECT_EQ(forget_failures(archive.archive_), 1);
  EXPECT_EQ(standing_of(archive.archive_).left, 3);
}

TEST(ArchiveStanding, AThousandLinesOfAManifestAreCounted) {
  const test::TempFolder folder;
  {
    std::ofstream manifest(folder.path() / "list.csv");
    manifest << "path,person,movement,label\n";
    for (int i = 0; i < 1000; ++i) manifest << "clips/" << i << ".mp4,Ann,saw,right\n";
  }
  const ArchiveFolder archive(folder.path() / "out");
  const ArchiveSettings settings;
  const auto units = units_of(sources_of_manifest(folder.path() / "list.csv"), settings);
  write_plan(archive, settings, units);
  UnitRecord record;
  record.settings_key = settings_key(settings, true);
  std::set<std::string> ids;
  for (const ArchiveUnit& unit : units) {
    record.unit = unit.id;
    ids.insert(unit.id);
    std::ofstream(archive.record(unit.id)) << record_json(record);
  }
  EXPECT_EQ(ids.size(), 1000U);
  EXPECT_EQ(standing_of(archive).done, 1000);
}

}  // namespace
}  // namespace kata
