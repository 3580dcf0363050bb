// SPDX-License-Identifier: Apache-2.0
// The same four repetitions as programs of many countries write them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>

#include "kata/core/error.h"
#include "kata/craft/import_file.h"
#include "kata/craft/row_layout.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using Row = std::vector<std::string>;
using Table = std::vector<Row>;
using ::testing::HasSubstr;

constexpr int kFrames = 5;
constexpr int kRepetitions = 4;
constexpr std::size_t kKeys = 2;

/// In the web page's columns; the left hand is seen in the first two frames of each.
Table plain_table() {
  Table table(1, {"label", "sequence"});
  const std::vector<std::string> names = column_names(row_layout("web"));
  table[0].insert(table[0].end(), names.begin(), names.end());
  for (int i = 0; i < kRepetitions * kFrames; ++i) {
    const int frame = i % kFrames;
    Row row = {i / kFrames < 2 ? "saw_R" : "saw_W", std::to_string(i / kFrames)};
    for (std::size_t k = 0; k < names.size(); ++k) {
      const bool is_seen = frame < 2 || !names[k].starts_with("left_hand");
      const std::size_t digits = 1'000 + (37 * static_cast<std::size_t>(i) + 101 * k) % 9'000;
      row.push_back(is_seen ? "0." + std::to_string(digits) : "0");
    }
    table.push_back(row);
  }
  return table;
}

std::string written(const Table& table, const std::string& separator = ",",
                    const std::string& end = "\n") {
  std::string text;
  for (const Row& row : table) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : separator) + row[i];
    text += end;
  }
  return text;
}

Table with_cells(Table table, const std::function<std::string(const std::string&)>& change) {
  for (std::size_t r = 1; r < table.size(); ++r) {
    for (std::size_t c = kKeys; c < table[r].size(); ++c) table[r][c] = change(table[r][c]);
  }
  return table;
}

Table with_comma(Table table) {
  return with_cells(std::move(table), [](std::string cell) {
    std::ranges::replace(cell, '.', ',');
    return cell;
  });
}

class ImportTables : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& text) {
    const std::filesystem::path path = folder_ / (std::to_string(++files_) + ".csv");
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  /// What a craft holds after the import, in one word for each frame.
  std::vector<std::string> imported(const std::string& text) {
    Craft craft = Craft::create(folder_ / (std::to_string(++files_) + ".kata"), {});
    report_ = import_file(craft, write(text));
    std::vector<std::string> frames;
    for (const Repetition& repetition : craft.repetitions()) {
      for (const Landmarks& frame : repetition.frames) {
        frames.push_back(
            repetition.movement + std::string(to_string(repetition.label)) +
            std::to_string(frame.pose->points[32].z) +
            std::to_string(frame.right_hand->points[0].x) +
            (frame.left_hand ? std::to_string(frame.left_hand->points[20].y) : "none"));
      }
      frames.emplace_back("end");
    }
    return frames;
  }

  std::string first_problem(const std::string& text) {
    imported(text);
    return report_.problems.empty() ? "" : to_string(report_.problems[0]);
  }

  const test::TempFolder folder_;
  int files_ = 0;
  ImportReport report_;
};

TEST_F(ImportTables, AreReadHoweverTheirCellsAreSeparated) {
  const auto plain = imported(written(plain_table()));
  ASSERT_EQ(plain.size(), std::size_t{kRepetitions} * (kFrames + 1));
  EXPECT_EQ(imported(written(plain_table(), ";")), plain);
  EXPECT_EQ(imported(written(with_comma(plain_table()), ";")), plain);
  EXPECT_EQ(imported(written(plain_table(), "\t")), plain);
  EXPECT_EQ(imported(written(with_comma(plain_table()), "\t")), plain);
  EXPECT_EQ(imported("sep=;\r\n" + written(plain_table(), ";", "\r\n")), plain);
  EXPECT_EQ(imported("sep=,\n" + written(plain_table())), plain);
  const Table quoted = with_cells(with_comma(plain_table()),
                                  [](const std::string& cell) { return "\"" + cell + "\""; });
  EXPECT_EQ(imported(written(quoted)), plain);
  Table headless = with_comma(plain_table());
  headless.erase(headless.begin());
  EXPECT_EQ(imported(written(headless, ";")), plain);
  EXPECT_EQ(imported(written(headless, ";", ";;\n")), plain);
}

TEST_F(ImportTables, AreReadHoweverTheirLinesEnd) {
  const auto plain = imported(written(plain_table()));
  for (const char* end : {"\r\n", "\r\r\n", "\r", "\n\n", "\n   \n", "\n,,,\n", ",\n", ",,,\r\n"}) {
    EXPECT_EQ(imported(written(plain_table(), ",", end)), plain) << end;
  }
}

TEST_F(ImportTables, TakeEveryWordForNothingAsNotSeen) {
  const auto plain = imported(written(plain_table()));
  for (const char* word : {"", "nan", "NaN", "NA", "null", " ", "#N/A"}) {
    const Table table = with_cells(
        plain_table(), [&](const std::string& cell) { return cell == "0" ? word : cell; });
    EXPECT_EQ(imported(written(table)), plain) << word;
    EXPECT_EQ(report_.incomplete_parts, 0u);
  }
}

TEST_F(ImportTables, ForgiveBlanksAndCapitals) {
  const auto plain = imported(written(plain_table()));
  EXPECT_EQ(imported(written(plain_table(), " , ")), plain);
  Table loud = plain_table();
  for (std::string& name : loud[0]) std::ranges::transform(name, name.begin(), ::toupper);
  EXPECT_EQ(imported(written(loud)), plain);
  Table shy = plain_table();
  for (std::size_t r = 1; r < shy.size(); ++r)
    shy[r][0].back() = shy[r][0].back() == 'R' ? 'r' : 'w';
  EXPECT_EQ(imported(written(shy)), plain);
}

TEST_F(ImportTables, WithAHandThatLacksAPointHaveNoHandThere) {
  Table table = plain_table();
  table[1][table[1].size() - 2] = "";  // y of the left hand's last
  imported(written(table));
  EXPECT_EQ(report_.problem_count, 0u);
  EXPECT_EQ(report_.incomplete_parts, 1u);
}

TEST_F(ImportTables, WithABodyThatLacksAPointHaveItBetweenItsNeighbours) {
  Table table = plain_table();
  table[1][kKeys] = table[3][kKeys] = "0.25";
  table[2][kKeys] = "";
  Craft craft = Craft::create(folder_ / "c.kata", {});
  import_file(craft, write(written(table)));
  const Pose pose = *craft.repetitions().at(0).frames.at(1).pose;
  EXPECT_FLOAT_EQ(pose.points[0].x, 0.25F);
  EXPECT_EQ(pose.visibility[0], 0);
  EXPECT_NE(pose.points[1].x, 0);
  EXPECT_EQ(pose.visibility[1], 1);
}

TEST_F(ImportTables, SortedFrameByFrameAreReadAsTheyWereMeant) {
  const auto plain = imported(written(plain_table()));
  EXPECT_EQ(report_.scattered.repetitions, 0u);
  const Table table = plain_table();
  Table sorted(1, table[0]);
  for (int frame = 0; frame < kFrames; ++frame) {
    for (int k = 0; k < kRepetitions; ++k)
      sorted.push_back(table[static_cast<std::size_t>(1 + k * kFrames + frame)]);
  }
  EXPECT_EQ(imported(written(sorted)), plain);
  EXPECT_EQ(report_.scattered.repetitions, 4u);
  EXPECT_TRUE(report_.scattered.were_joined);
}

TEST_F(ImportTables, WithTheRowsOfOneKeyInSeveralPlacesSaySo) {
  Table twice = plain_table();
  const Table again = plain_table();
  twice.insert(twice.end(), again.begin() + 1, again.end());
  EXPECT_EQ(imported(written(twice)).size(), 2u * kRepetitions * (kFrames + 1));
  EXPECT_EQ(report_.scattered.repetitions, 4u);
  EXPECT_FALSE(report_.scattered.were_joined);
  EXPECT_EQ(report_.scattered.name, "saw_R 0");
  EXPECT_EQ(report_.scattered.first_line, 6u);
  EXPECT_EQ(report_.scattered.again_line, 22u);
}

TEST_F(ImportTables, NameLineColumnAndWhatIsWrong) {
  Table table = plain_table();
  table[3][4] = "12px";
  EXPECT_THAT(first_problem(written(table, ";", "\r\r\n")),
              HasSubstr(":4:5: is not a number: \"12px\" (column pose_z0)"));
  table = with_comma(plain_table());
  table[3][4] = "0.5";
  EXPECT_THAT(first_problem(written(table, ";")),
              HasSubstr(":4:5: has another decimal mark than the numbers before it: \"0.5\""));
  table = plain_table();
  table[0][2] = "pose_x";
  EXPECT_THAT(first_problem(written(table, "\t")),
              HasSubstr(":1: the header has no column pose_x0"));
  table = plain_table();
  for (std::size_t c = 0; c < table[0].size(); ++c) table[0][c] = "v" + std::to_string(c);
  EXPECT_THAT(first_problem(written(table)), HasSubstr(":1:3: the header is not known"));
  table = plain_table();
  table[2].pop_back();
  EXPECT_THAT(first_problem(written(table, ";")),
              HasSubstr(":3: has 226 columns instead of 227 (separated by semicolons)"));
}

TEST_F(ImportTables, OfNoKnownKindAreDescribed) {
  try {
    imported("when;what\n1;2\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("2 columns separated by semicolons: \"when\", \"what\""));
  }
}

TEST_F(ImportTables, OfATakeHaveSomebodyInThem) {
  Table take(1, {"time_s"});
  const std::vector<std::string> names = column_names(row_layout("web"));
  take[0].insert(take[0].end(), names.begin(), names.end());
  for (int i = 0; i < 8; ++i) {
    Row row(1 + names.size(), i < 2 || i > 5 ? "" : "0.5");
    row[0] = "0.0" + std::to_string(i + 1);
    take.push_back(row);
  }
  ImportOptions options;
  options.movement = "saw";
  options.is_one_repetition = true;
  Craft craft = Craft::create(folder_ / "c.kata", {});
  EXPECT_EQ(import_file(craft, write(written(take)), options).frames, 4u);
  EXPECT_EQ(craft.repetitions().at(0).frames.front().timestamp, timestamp_from_seconds(0.03));

  take = with_cells(take, [](const std::string&) { return "0"; });
  for (Row& row : take) row[1] = row[1] == "0.5" ? "0" : row[1];
  const ImportReport report = import_file(craft, write(written(take)), options);
  ASSERT_EQ(report.problem_count, 1u);
  EXPECT_THAT(report.problems[0].what, HasSubstr("nobody is seen in the 8 frames"));
  EXPECT_EQ(craft.summaries().size(), 1u);
}

}  // namespace
}  // namespace kata
