// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/packed_lines.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>
#include <vector>

#include "kata/core/error.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

fs::path plain(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

fs::path packed(const fs::path& path, const std::string& text) {
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  return path;
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  PackedLines reader(path);
  while (reader.next())
    lines.push_back(std::to_string(reader.number()) + std::string(reader.line()));
  return lines;
}

std::string problem_of(const fs::path& path) {
  try {
    lines_of(path);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(PackedLines, ReadsPlainAndPackedAlike) {
  const test::TempFolder folder;
  const std::string text =
      "\xEF\xBB\xBF"
      "a\r\nb\n\n" +
      std::string(200'000, 'c') + "\nd";
  const std::vector<std::string> expected = {"1a", "2b", "4" + std::string(200'000, 'c'), "5d"};
  EXPECT_EQ(lines_of(plain(folder.path() / "a.txt", text)), expected);
  EXPECT_EQ(lines_of(packed(folder.path() / "a.gz", text)), expected);
  EXPECT_TRUE(lines_of(plain(folder.path() / "empty", "")).empty());
}

TEST(PackedLines, ATornPackedFileIsSaidWithItsLine) {
  const test::TempFolder folder;
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919 % 20'011) + "\n";
  const fs::path path = packed(folder.path() / "a.gz", text);
  fs::resize_file(path, fs::file_size(path) / 2);
  const std::string problem = problem_of(path);
  EXPECT_NE(problem.find("ends too early"), std::string::npos) << problem;
  EXPECT_NE(problem.find("after line "), std::string::npos) << problem;
}

TEST(PackedLines, ADamagedPackedFileIsSaid) {
  const test::TempFolder folder;
  const fs::path path = packed(folder.path() / "a.gz", std::string(100'000, 'x').append("\n"));
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(fs::file_size(path) / 2));
  file << "damage";
  file.close();
  EXPECT_NE(problem_of(path).find("damaged"), std::string::npos);
}

TEST(PackedLines, ALineWithoutEndTakesNoMemoryWithoutEnd) {
  const test::TempFolder folder;
  const auto path = packed(folder.path() / "a.gz", std::string(3 * PackedLines::kLongestLine, 'x'));
  EXPECT_NE(problem_of(path).find("line 1 is too long"), std::string::npos);
}

TEST(PackedLines, WhatIsNoFileIsSaid) {
  const test::TempFolder folder;
  EXPECT_NE(problem_of(folder.path() / "none").find("no such file"), std::string::npos);
  EXPECT_NE(problem_of(folder.path()).find("a folder"), std::string::npos);
}

}  // namespace
}  // namespace kata
