// SPDX-License-Identifier: Apache-2.0
#include "kata/core/table_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kata/core/error.h"

namespace kata {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using Rows = std::vector<std::vector<std::string>>;

bool begins_with_a(std::span<const std::string_view> cells) {
  return cells.size() == 3 && plain_column_name(cells[0]) == "a";
}

Rows rows_of(std::string_view text) {
  TableReader table(text, begins_with_a);
  Rows rows;
  while (table.next()) rows.emplace_back(table.cells().begin(), table.cells().end());
  return rows;
}

std::vector<std::size_t> lines_of(std::string_view text) {
  TableReader table(text, begins_with_a);
  std::vector<std::size_t> lines;
  while (table.next()) lines.push_back(table.line());
  return lines;
}

std::string utf16(std::string_view text, bool is_little, bool with_mark) {
  std::string bytes;
  const auto put = [&](char high, char low) {
    bytes += is_little ? low : high;
    bytes += is_little ? high : low;
  };
  if (with_mark) put('\xFE', '\xFF');
  for (const char c : text) put('\0', c);
  return bytes;
}

const Rows kTable = {{"a", "b", "c"}, {"1", "2", "3"}};

TEST(TableReader, FindsTheSeparator) {
  for (const char* text : {"a,b,c\n1,2,3\n", "a;b;c\n1;2;3\n", "a\tb\tc\n1\t2\t3\n",
                           "a|b|c\n1|2|3\n", "sep=;\na;b;c\n1;2;3\n", "sep=,,\na,b,c\n1,2,3\n",
                           "\"sep=|\"\na|b|c\n1|2|3\n", "SEP=\t\na\tb\tc\n1\t2\t3\n"}) {
    EXPECT_EQ(rows_of(text), kTable) << text;
  }
  EXPECT_EQ(rows_of("a;b;c\n0,5;1,5;2,5\n")[1], (std::vector<std::string>{"0,5", "1,5", "2,5"}));
}

TEST(TableReader, KnowsEveryEndOfALine) {
  for (const char* text : {"a,b,c\r\n1,2,3\r\n", "a,b,c\r\r\n1,2,3\r\r\n", "a,b,c\r1,2,3\r",
                           "a,b,c\r1,2,3", "a,b,c\n1,2,3", "\n\na,b,c\n\n1,2,3\n\n"}) {
    EXPECT_EQ(rows_of(text), kTable) << text;
  }
}

TEST(TableReader, CountsLinesAsAnEditorDoes) {
  EXPECT_THAT(lines_of("a,b,c\n1,2,3\n"), ElementsAre(1, 2));
  EXPECT_THAT(lines_of("a,b,c\r\r\n1,2,3\r\r\n"), ElementsAre(1, 2));
  EXPECT_THAT(lines_of("a,b,c\r1,2,3\r4,5,6\r"), ElementsAre(1, 2, 3));
  EXPECT_THAT(lines_of("a,b,c\r\rx,y,z"), ElementsAre(1, 3));
  EXPECT_THAT(lines_of("\na,b,c\n\n1,2,3\n"), ElementsAre(2, 4));
  EXPECT_THAT(lines_of("a,b,c\n\"x\ny\",2,3\n4,5,6\n"), ElementsAre(1, 2, 4));
}

TEST(TableReader, LeavesOutRowsOfSeparatorsAndBlanks) {
  EXPECT_EQ(rows_of("a,b,c\n,,\n   \n , ,\t\n1,2,3\n\"\",,\n;;\n\xC2\xA0\n"), kTable);
  EXPECT_EQ(rows_of(";;;\na;b;c\n1;2;3\n"), kTable);
}

TEST(TableReader, TrimsCellsAndUnquotesThem) {
  EXPECT_EQ(rows_of(" a, b ,\xC2\xA0"
                    "c\n \"1\" ,\"2\",3 \n"),
            kTable);
  const Rows rows = rows_of("a,b,c\n\"x, \"\"y\"\"\",\"two\r\nlines\",5\" wide\n");
  EXPECT_THAT(rows[1], ElementsAre("x, \"y\"", "two\nlines", "5\" wide"));
}

TEST(TableReader, AQuoteThatIsNeverClosedSwallowsNoOtherRow) {
  const Rows rows = rows_of("a,b,c\n\"1,2,3\n4,5,6\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_THAT(rows[2], ElementsAre("4", "5", "6"));
}

TEST(TableReader, ReadsUtf16) {
  for (const bool is_little : {true, false}) {
    for (const bool with_mark : {true, false}) {
      EXPECT_EQ(rows_of(utf16("a,b,c\r\n1,2,3\r\n", is_little, with_mark)), kTable)
          << is_little << with_mark;
    }
  }
  EXPECT_EQ(rows_of("\xEF\xBB\xBF"
                    "a,b,c\n1,2,3\n"),
            kTable);
  const std::string beyond =
      "\xFF\xFE"s + "a\0,\0b\0,\0c\0\n\0"s + "\x3D\xD8\x00\xDE"s + ",\0\xE4\0"s + ",\0\xAC\x20"s;
  EXPECT_THAT(rows_of(beyond)[1], ElementsAre("\xF0\x9F\x98\x80", "\xC3\xA4", "\xE2\x82\xAC"));
}

TEST(TableReader, RefusesWhatIsNoText) {
  EXPECT_THROW(rows_of("a\0b,c"s), Error);
  EXPECT_THROW(rows_of("\xFF\xFE\0\0a\0\0\0"s), Error);
  EXPECT_THROW(rows_of(utf16("a,b,c\n", true, true) + "x"), Error) << "cut in a letter";
}

TEST(TableReader, ComesBackToARow) {
  TableReader table("a;b;c\n1;2;3\n\n4;5;6\n", begins_with_a);
  std::vector<TableReader::Place> places;
  while (table.next()) places.push_back(table.place());
  table.read_at(places[1]);
  ASSERT_TRUE(table.next());
  EXPECT_EQ(table.cells()[0], "1");
  EXPECT_EQ(table.line(), 2u);
  ASSERT_TRUE(table.next());
  EXPECT_EQ(table.line(), 4u);
}

TEST(TableReader, DropsThePaddingOfAWiderRow) {
  TableReader table("a,b,c\n1,2,3,, ,\n1,2,3,,4\n", begins_with_a);
  table.next();
  table.next();
  table.drop_blank_cells_after(3);
  EXPECT_EQ(table.cells().size(), 3u);
  table.next();
  table.drop_blank_cells_after(3);
  EXPECT_EQ(table.cells().size(), 5u);
}

TEST(PlainColumnName, HasNoBlanksCapitalsOrBrackets) {
  EXPECT_EQ(plain_column_name(" POSE_X0 "), "pose_x0");
  EXPECT_EQ(plain_column_name("Start (s)"), "start_s");
  EXPECT_EQ(plain_column_name("start-frame"), "start_frame");
}

using Kind = TableNumbers::Kind;

TEST(TableNumbers, HaveAPointOrACommaButNotBoth) {
  TableNumbers german;
  EXPECT_EQ(german.read("1").value, 1);
  EXPECT_EQ(german.read("0,47").value, 0.47);
  EXPECT_EQ(german.read("-1,5e-3").value, -0.0015);
  EXPECT_EQ(german.read("0.47").kind, Kind::kOtherMark);
  TableNumbers english;
  EXPECT_EQ(english.read("+0.47").value, 0.47);
  EXPECT_EQ(english.read("1,234").kind, Kind::kOtherMark) << "a thousand, or 1.234?";
  EXPECT_EQ(english.read("1,234.5").kind, Kind::kNoNumber);
  EXPECT_EQ(english.read("1,2,3").kind, Kind::kNoNumber);
  EXPECT_EQ(english
                .read("\xE2\x88\x92"
                      "0.5")
                .value,
            -0.5);
  EXPECT_EQ(english.read("1e-400").value, 0);
}

TEST(TableNumbers, KnowWhatIsMissing) {
  TableNumbers numbers;
  for (const char* cell : {"", "NaN", "nan", "NA", "N/A", "null", "NULL", "None", "-nan", "#N/A",
                           "#NV", "<NA>", "-nan(ind)", "1.#QNAN"}) {
    EXPECT_EQ(numbers.read(cell).kind, Kind::kMissing) << cell;
  }
  for (const char* cell : {"x", "0x10", "1.5x", "nano", "1 2"}) {
    EXPECT_EQ(numbers.read(cell).kind, Kind::kNoNumber) << cell;
  }
}

}  // namespace
}  // namespace kata
