// SPDX-License-Identifier: Apache-2.0
#include "kata/show/unfinished_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "kata/core/error.h"
#include "kata/show/atomic_text_file.h"
#include "kata/show/small_disk.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::ptrdiff_t count_of(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

TEST(UnfinishedFile, LeavesNothingBehindWhenItIsNotCompleted) {
  const test::TempFolder folder;
  { const UnfinishedFile file(folder / "a.mp4"); }
  EXPECT_EQ(count_of(folder.path()), 0);
}

TEST(AtomicTextFile, AppearsUnderItsNameOnlyWhenFinished) {
  const test::TempFolder folder;
  AtomicTextFile file(folder / "a.csv");
  file.write_line("one");
  EXPECT_FALSE(fs::exists(folder / "a.csv"));
  file.write_line("two");
  file.finish();
  EXPECT_EQ(text_of(folder / "a.csv"), "one\ntwo\n");
  EXPECT_EQ(count_of(folder.path()), 1);
}

TEST(AtomicTextFile, LeavesTheFileThatWasThereUntilThen) {
  const test::TempFolder folder;
  std::ofstream(folder / "a.csv") << "old";
  {
    AtomicTextFile file(folder / "a.csv");
    file.write("half of the ne");
  }
  EXPECT_EQ(text_of(folder / "a.csv"), "old");
  EXPECT_EQ(count_of(folder.path()), 1);
}

TEST(AtomicTextFile, SaysThatAPlaceCannotBeWritten) {
  const test::TempFolder folder;
  EXPECT_THROW(AtomicTextFile(folder.path()), Error);
  EXPECT_THROW(AtomicTextFile(folder / "none/a.csv"), Error);
  EXPECT_THROW(AtomicTextFile(fs::path("")), Error);
  EXPECT_THROW(AtomicTextFile(fs::path("/proc/kata-cannot-write-here")), Error);
}

TEST(AtomicTextFile, SaysThatTheDiskIsFullAndLeavesNothing) {
  const test::TempFolder folder;
  {
    const test::SmallDisk small(4096);
    AtomicTextFile file(folder / "a.csv");
    EXPECT_THROW(
        {
          for (int i = 0; i < 1000; ++i) file.write_line(std::string(100, 'x'));
          file.finish();
        },
        Error);
  }
  EXPECT_EQ(count_of(folder.path()), 0);
}

}  // namespace
}  // namespace kata
