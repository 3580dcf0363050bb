// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "kata/core/error.h"
#include "kata/core/table_reader.h"
#include "kata/craft/export_craft.h"
#include "kata/craft/import_file.h"
#include "kata/craft/import_reading.h"
#include "kata/craft/npy_array.h"
#include "kata/craft/row_layout.h"
#include "tests/support/example_landmarks.h"
#include "tests/support/shared_data.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

class ImportExport : public ::testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  std::string read(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }

  const test::TempFolder folder_;
  Craft craft_ = Craft::create(folder_ / "c.kata", {"C", "", "", ""});
};

/// A CSV row: its keys, then the same value in every place.
std::string csv_row(const std::string& keys, std::size_t values, const std::string& value) {
  std::string row = keys;
  for (std::size_t i = 0; i < values; ++i) row += "," + value;
  return row + "\n";
}

std::string header(const std::string& keys, const char* layout) {
  std::string line = keys;
  for (const std::string& name : column_names(row_layout(layout))) line += "," + name;
  return line + "\n";
}

/// All numbers of a CSV file by row, with the first `texts` fields as they are; the header skipped.
struct CsvTable {
  std::vector<std::string> keys;
  std::vector<std::vector<double>> numbers;
  bool operator==(const CsvTable&) const = default;
};

CsvTable table_of(const std::string& text, std::size_t texts) {
  CsvTable table;
  TableReader lines(text, [](auto) { return false; });
  TableNumbers numbers;
  while (lines.next()) {
    const auto fields = lines.cells();
    if (std::find(fields.begin(), fields.end(), "pose_x0") != fields.end()) continue;
    table.keys.emplace_back();
    for (std::size_t i = 0; i < texts; ++i) table.keys.back() += std::string(fields[i]) + "|";
    table.numbers.emplace_back();
    for (std::size_t i = texts; i < fields.size(); ++i) {
      table.numbers.back().push_back(numbers.read(fields[i]).value);
    }
  }
  return table;
}

TEST_F(ImportExport, PrototypeFileComesOutAsItWentIn) {
  KATA_NEEDS_SHARED("data/seed/coordinates_2.csv");
  const fs::path source = test::shared_path("data/seed/coordinates_2.csv");
  const ImportReport report = import_file(craft_, source);
  EXPECT_EQ(report.format, "prototype");
  EXPECT_EQ(report.correct, 35);
  EXPECT_EQ(report.incorrect, 37);
  EXPECT_EQ(report.frames, 1025U);
  export_craft(craft_, folder_ / "out.csv", "prototype");
  EXPECT_TRUE(table_of(read(source), 3) == table_of(read(folder_ / "out.csv"), 3));
}

TEST_F(ImportExport, PrototypeFileWithHeaderComesOutAsItWentIn) {
  KATA_NEEDS_SHARED("data/seed/coordinates_1.csv");
  const fs::path source = test::shared_path("data/seed/coordinates_1.csv");
  EXPECT_EQ(import_file(craft_, source).repetitions(), 4);
  export_craft(craft_, folder_ / "out.csv", "prototype", {.with_header = true});
  EXPECT_TRUE(table_of(read(source), 3) == table_of(read(folder_ / "out.csv"), 3));
  EXPECT_EQ(read(folder_ / "out.csv").substr(0, 30), read(source).substr(0, 30));
}

TEST_F(ImportExport, WebFileComesOutAsItWentIn) {
  KATA_NEEDS_SHARED("data/seed/hello.csv");
  const fs::path source = test::shared_path("data/seed/hello.csv");
  const ImportReport report = import_file(craft_, source);
  EXPECT_EQ(report.format, "prototype-web");
  EXPECT_EQ(report.correct, 29);
  EXPECT_EQ(report.incorrect, 22);
  export_craft(craft_, folder_ / "out.csv", "prototype-web");
  EXPECT_TRUE(table_of(read(source), 2) == table_of(read(folder_ / "out.csv"), 2));
}

TEST_F(ImportExport, NpyTreesOfTheSeedsRoundTrip) {
  KATA_NEEDS_SHARED("data/seed/hello.csv");
  for (const char* seed : {"coordinates_2", "hello"}) {
    Craft first = Craft::create(folder_ / (std::string(seed) + ".kata"), {});
    import_file(first, test::shared_path("data/seed/" + std::string(seed) + ".csv"));
    const fs::path tree = folder_ / (std::string(seed) + "-tree");
    export_craft(first, tree, "npy");
    export_craft(first, folder_ / "before.csv", "prototype-web");

    Craft second = Craft::create(folder_ / (std::string(seed) + "-again.kata"), {});
    const ImportReport report = import_file(second, tree);
    EXPECT_EQ(report.format, "npy");
    EXPECT_EQ(report.repetitions(), static_cast<int>(first.summaries().size()));
    export_craft(second, folder_ / "after.csv", "prototype-web");
    EXPECT_TRUE(table_of(read(folder_ / "before.csv"), 2) ==
                table_of(read(folder_ / "after.csv"), 2))
        << seed;
  }
}

TEST_F(ImportExport, MissingHandsAreMissingAndPaddingIsDropped) {
  const std::string zeros = csv_row("saw,1,0", 300, "0.0");
  std::string seen = "saw,1,0";
  for (int i = 0; i < 300; ++i) seen += i < 132 ? ",0.5" : ",0.0";
  const fs::path file =
      write("a.csv", seen + "\n" + seen + "\n" + zeros + zeros + csv_row("saw,0,1", 300, "0"));
  const ImportReport report = import_file(craft_, file);
  EXPECT_EQ(report.repetitions(), 1);
  EXPECT_EQ(report.padding_frames, 3U);
  EXPECT_EQ(report.empty_repetitions, 1U);
  const Repetition repetition = craft_.repetitions().at(0);
  EXPECT_EQ(repetition.frames.size(), 2U);
  EXPECT_TRUE(repetition.frames[0].pose);
  EXPECT_FALSE(repetition.frames[0].left_hand);
  EXPECT_FALSE(repetition.frames[0].right_hand);
}

TEST_F(ImportExport, WrongRowsAreNamedAndNothingIsImported) {
  const std::string text = csv_row("saw,1,0", 300, "0.5") + csv_row("saw,2,0", 300, "0.5") +
                           csv_row("saw,1,0", 299, "0.5") + csv_row("saw,1,1", 300, "inf") +
                           csv_row("saw,1,x", 300, "0.5");
  const ImportReport report = import_file(craft_, write("a.csv", text));
  ASSERT_EQ(report.problems.size(), 10U);
  EXPECT_EQ(report.problem_count, 1U + 1U + 300U + 1U);
  EXPECT_EQ(report.problems[0].line, 2U);
  EXPECT_EQ(report.problems[0].column, 2U);
  EXPECT_THAT(to_string(report.problems[0]),
              ::testing::EndsWith("a.csv:2:2: is not a label (1 = right, 0 = wrong): \"2\" "
                                  "(column accuracy)"));
  EXPECT_EQ(report.problems[1].line, 3U);
  EXPECT_EQ(report.problems[1].column, 0U);
  EXPECT_EQ(report.problems[2].line, 4U);
  EXPECT_EQ(report.problems[2].column, 4U);
  EXPECT_TRUE(craft_.summaries().empty());
  EXPECT_TRUE(craft_.imports().empty());
}

TEST_F(ImportExport, UnknownWebLabelIsAProblem) {
  const ImportReport report = import_file(
      craft_, write("a.csv", header("label,sequence", "web") + csv_row("hello_X,0", 225, "0.5")));
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_EQ(report.problems[0].line, 2U);
  EXPECT_EQ(report.problems[0].column, 1U);
}

TEST_F(ImportExport, SameFileTwiceChangesNothing) {
  const fs::path file = write("a.csv", csv_row("saw,1,0", 300, "0.5"));
  EXPECT_FALSE(import_file(craft_, file).was_imported_before);
  fs::copy_file(file, folder_ / "renamed.csv");
  EXPECT_TRUE(import_file(craft_, folder_ / "renamed.csv").was_imported_before);
  EXPECT_EQ(craft_.summaries().size(), 1U);
  EXPECT_EQ(craft_.takes().size(), 1U);
}

TEST_F(ImportExport, NumbersBeyondFloatsAreKept) {
  const std::string text = csv_row("saw,1,7", 300, "0.12345678901234567");
  import_file(craft_, write("a.csv", text));
  export_craft(craft_, folder_ / "out.csv", "prototype");
  EXPECT_TRUE(table_of(text, 3) == table_of(read(folder_ / "out.csv"), 3));
}

TEST_F(ImportExport, WindowsLineEndsAndQuotedNamesAreRead) {
  std::string text = csv_row("\"a, \"\"b\"\"\",1,0", 300, "0.5");
  text.insert(text.size() - 1, "\r");
  import_file(craft_, write("a.csv", "\xEF\xBB\xBF" + text + "\r\n"));
  EXPECT_EQ(craft_.movements().at(0).name, "a, \"b\"");
}

TEST_F(ImportExport, TrackIsOneTakeWithItsOwnTimes) {
  std::string text = header("class,accuracy,sequence", "prototype");
  text.insert(text.size() - 1, ",time_s,width,height");
  for (const char* time : {"0.1", "0.2", "0.4"}) {
    std::string row = csv_row(",,0", 300, "0.25");
    row.insert(row.size() - 1, "," + std::string(time) + ",640,480");
    text += row;
  }
  const fs::path file = write("track.csv", text);
  EXPECT_FALSE(import_file(craft_, file).problems.empty()) << "it names no movement";
  ImportOptions options;
  options.movement = "saw";
  options.label = Label::kIncorrect;
  options.mistake = "too slow";
  options.is_one_repetition = true;
  EXPECT_EQ(import_file(craft_, file, options).format, "track");
  const Repetition repetition = craft_.repetitions().at(0);
  EXPECT_EQ(repetition.movement, "saw");
  EXPECT_EQ(repetition.mistake, "too slow");
  EXPECT_EQ(repetition.frames.at(2).timestamp, timestamp_from_seconds(0.4));
  EXPECT_EQ(repetition.frames.at(2).image_width, 640);
}

TEST_F(ImportExport, AncestorsTreeOf1662ValuesKeepsTheFace) {
  std::vector<double> row(1662);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = 0.001 * static_cast<double>(i + 1);
  for (const char* frame : {"2", "10"}) {
    const fs::path folder = folder_ / "tree" / "thanks" / "0";
    fs::create_directories(folder);
    row[0] = frame[0] == '2' ? 0.25 : 0.75;
    std::ofstream(folder / (std::string(frame) + ".npy"), std::ios::binary)
        << npy_from_numbers(row);
  }
  import_file(craft_, folder_ / "tree");
  const Repetition repetition = craft_.repetitions().at(0);
  EXPECT_EQ(repetition.movement, "thanks");
  EXPECT_FLOAT_EQ(repetition.frames.at(0).pose->points[0].x, 0.25F) << "10 comes after 2";
  EXPECT_EQ(repetition.frames.at(0).face->points.size(), kFacePoints);
  export_craft(craft_, folder_ / "out", "npy");
  const auto again = numbers_from_npy(read(folder_ / "out" / "thanks_R" / "0" / "1.npy"));
  EXPECT_EQ(again, row);
}

TEST_F(ImportExport, FileOfNoKnownFormatIsRefused) {
  EXPECT_THROW(import_file(craft_, write("a.txt", "hello there\n")), Error);
  EXPECT_THROW(import_file(craft_, write("empty.csv", "")), Error);
  EXPECT_THROW(import_file(craft_, folder_ / "none.csv"), Error);
  EXPECT_THROW(import_file(craft_, folder_.path()), Error);
}

TEST_F(ImportExport, RecordedRepetitionsGoThroughThePrototypesFormat) {
  Repetition recorded = test::example_repetition(craft_.add_take({}));
  craft_.add_repetition(recorded);
  export_craft(craft_, folder_ / "out.csv", "prototype");
  Craft other = Craft::create(folder_ / "other.kata", {});
  import_file(other, folder_ / "out.csv");
  const Repetition again = other.repetitions().at(0);
  ASSERT_EQ(again.frames.size(), recorded.frames.size());
  EXPECT_TRUE(test::same_bits(again.frames[1].pose->points, recorded.frames[1].pose->points));
  EXPECT_TRUE(
      test::same_bits(again.frames[1].right_hand->points, recorded.frames[1].right_hand->points));
  EXPECT_FALSE(again.frames[1].left_hand);
}

TEST_F(ImportExport, NamesOfAStrangersCraftStayInsideTheFolder) {
  Repetition repetition = test::example_repetition(craft_.add_take({}));
  repetition.movement = "../../evil/name";
  craft_.add_repetition(repetition);
  export_craft(craft_, folder_ / "npy", "npy");
  export_craft(craft_, folder_ / "trc", "trc");
  EXPECT_TRUE(fs::exists(folder_ / "npy" / "_.._.._evil_name_R" / "0" / "0.npy"));
  EXPECT_FALSE(fs::exists(folder_.path().parent_path() / "evil"));
}

TEST_F(ImportExport, TrcHasARowForEachFrameAndACellForEachCoordinate) {
  craft_.add_repetition(test::example_repetition(craft_.add_take({}), 4));
  export_craft(craft_, folder_ / "trc", "trc");
  std::istringstream text(read(folder_ / "trc" / "knead_correct_1.trc"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  ASSERT_EQ(lines.size(), 6U + 4U);
  for (std::size_t i = 6; i < lines.size(); ++i) {
    EXPECT_EQ(std::count(lines[i].begin(), lines[i].end(), '\t'), 1 + 75 * 3);
  }
}

TEST_F(ImportExport, ExportLeavesNothingHalfDone) {
  EXPECT_THROW(export_craft(craft_, folder_ / "a.csv", "prototype"), Error) << "no repetition";
  craft_.add_repetition(test::example_repetition(craft_.add_take({})));
  EXPECT_THROW(export_craft(craft_, folder_ / "no" / "a.csv", "prototype"), Error);
  EXPECT_THROW(export_craft(craft_, folder_ / "a.csv", "xml"), Error);
  EXPECT_THROW(export_craft(craft_, folder_.path(), "npy"), Error) << "the folder is not empty";
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    EXPECT_THAT(entry.path().filename().string(), ::testing::StartsWith("c.kata"));
  }
}

TEST(NpyArray, ReadsFloat32AndTheLongerHeader) {
  std::string bytes("\x93NUMPY\x02\x00", 8);
  const std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)}\n";
  bytes += static_cast<char>(header.size());
  bytes += std::string(3, '\0') + header;
  const std::array<float, 2> values = {0.5F, -2};
  bytes.append(reinterpret_cast<const char*>(values.data()), sizeof(values));
  EXPECT_EQ(numbers_from_npy(bytes), (std::vector<double>{0.5, -2}));
}

TEST(NpyArray, RefusesObjectsAndCutFiles) {
  const std::string good = npy_from_numbers(std::vector<double>{1, 2, 3});
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_THROW(numbers_from_npy(good.substr(0, length)), Error);
  }
  std::string object = good;
  object.replace(object.find("<f8"), 3, "|O8");
  EXPECT_THROW(numbers_from_npy(object), Error);
}

}  // namespace
}  // namespace kata
