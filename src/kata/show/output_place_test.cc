// SPDX-License-Identifier: Apache-2.0
#include "kata/show/output_place.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <future>
#include <iterator>

#include "kata/show/atomic_text_file.h"
#include "kata/show/small_disk.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string text_of(const fs::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write_one_line(const fs::path& path) {
  AtomicTextFile file(path);
  file.write_line("new");
  file.finish();
}

/// What is said against these; empty where nothing is.
std::string problem_of(const std::vector<NamedFile>& outputs,
                       const std::vector<NamedFile>& inputs = {}) {
  try {
    check_outputs(outputs, inputs);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
    return error.what();
  }
  return "";
}

class Place : public ::testing::Test {
 protected:
  Place() {
    fs::create_directory(folder_ / "data");
    std::ofstream(folder_ / "data/old.txt") << "old\n";
  }
  /// A device of the test's own: the machine's are not touched. Skips without the right to make it.
  bool has_device(const std::string& name, unsigned minor) {
    return ::mknod((folder_ / name).c_str(), S_IFCHR | 0666, ::makedev(1, minor)) == 0;
  }
  test::TempFolder folder_;
};

TEST_F(Place, ALinkStaysAndItsTargetIsReplaced) {
  fs::create_symlink("data/old.txt", folder_ / "link");
  fs::create_symlink(folder_ / "link", folder_ / "link of link");
  write_one_line(folder_ / "link of link");
  EXPECT_EQ(fs::read_symlink(folder_ / "link"), "data/old.txt");
  EXPECT_EQ(text_of(folder_ / "data/old.txt"), "new\n");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 3);
}

TEST_F(Place, WhatALinkPromisesIsMade) {
  fs::create_symlink("data/new.txt", folder_ / "link");
  write_one_line(folder_ / "link");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(text_of(folder_ / "data/new.txt"), "new\n");
}

TEST_F(Place, LinksInACircleAreRefused) {
  fs::create_symlink("b", folder_ / "a");
  fs::create_symlink("a", folder_ / "b");
  EXPECT_THROW(output_place(folder_ / "a"), Error);
}

TEST_F(Place, APipeGetsTheLinesAsTheyCome) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  auto first = std::async(std::launch::async, [&] {
    std::ifstream pipe(folder_ / "pipe");
    std::string line;
    std::getline(pipe, line);
    return line;
  });
  AtomicTextFile file(folder_ / "pipe");
  file.write_line("one");
  EXPECT_EQ(first.get(), "one") << "before the file is finished";
  EXPECT_TRUE(fs::is_fifo(folder_ / "pipe"));
}

TEST_F(Place, ADeviceStaysADevice) {
  if (!has_device("null", 3)) GTEST_SKIP() << "needs the right to make a device";
  write_one_line(folder_ / "null");
  EXPECT_TRUE(fs::is_character_file(folder_ / "null"));
}

TEST_F(Place, AFullDeviceIsCalledAFullDisk) {
  if (!has_device("full", 7)) GTEST_SKIP() << "needs the right to make a device";
  try {
    write_one_line(folder_ / "full");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("the disk is full"));
    EXPECT_THAT(error.what(), HasSubstr("full"));
  }
  EXPECT_TRUE(fs::is_character_file(folder_ / "full"));
}

TEST_F(Place, AnOpenFileIsWrittenOnNotReplaced) {
  std::FILE* open = std::fopen((folder_ / "data/old.txt").c_str(), "a");
  const std::string number = std::to_string(::fileno(open));
  fs::create_symlink("/proc/self/fd/" + number, folder_ / "like stdout");
  write_one_line(folder_ / "like stdout");
  write_one_line("/dev/fd/" + number);
  static_cast<void>(std::fclose(open));
  EXPECT_EQ(text_of(folder_ / "data/old.txt"), "old\nnew\nnew\n");
  EXPECT_THROW(output_place("/dev/fd/" + number), Error) << "it is closed now";
}

TEST_F(Place, FoldersSocketsAndMissingFoldersAreRefused) {
  EXPECT_THROW(output_place(folder_.path()), Error);
  EXPECT_THROW(output_place(folder_ / "data/"), Error);
  EXPECT_THROW(output_place(folder_ / "none/a"), Error);
  EXPECT_THROW(output_place(folder_ / "data/old.txt/a"), Error);
  ::sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, (folder_ / "socket").c_str(), sizeof address.sun_path - 1);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(socket, reinterpret_cast<::sockaddr*>(&address), sizeof address), 0);
  EXPECT_THROW(output_place(folder_ / "socket"), Error);
  ::close(socket);
}

TEST_F(Place, AFileKeepsItsPermissions) {
  fs::permissions(folder_ / "data/old.txt", fs::perms::owner_read | fs::perms::owner_write);
  write_one_line(folder_ / "data/old.txt");
  EXPECT_EQ(fs::status(folder_ / "data/old.txt").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Place, ALongNameHasRoomForATemporaryOne) {
  write_one_line(folder_ / std::string(250, 'a'));
  EXPECT_EQ(text_of(folder_ / std::string(250, 'a')), "new\n");
}

TEST_F(Place, AnOutputIsNoInputByWhateverName) {
  const fs::path old = folder_ / "data/old.txt";
  fs::create_symlink("data/old.txt", folder_ / "link");
  fs::create_hard_link(old, folder_ / "hard");
  fs::create_directory_symlink("data", folder_ / "folder");
  for (const fs::path& name : {old, folder_ / "link", folder_ / "hard", folder_ / "folder/old.txt",
                               folder_ / "data/../data/./old.txt", fs::relative(old)}) {
    EXPECT_THAT(problem_of({{"--csv", name}}, {{"SOURCE", old}}),
                ::testing::AllOf(HasSubstr("--csv"), HasSubstr("SOURCE")))
        << name;
  }
  EXPECT_EQ(problem_of({{"--csv", folder_ / "data/other.txt"}}, {{"SOURCE", old}}), "");
}

TEST_F(Place, TwoOutputsAreTwoFilesBeforeTheyExistToo) {
  fs::create_directory_symlink("data", folder_ / "folder");
  fs::create_symlink("data/new.txt", folder_ / "link");
  for (const fs::path& name : {folder_ / "data/new.txt", folder_ / "folder/new.txt",
                               folder_ / "link", folder_ / "data/../data/new.txt"}) {
    EXPECT_THAT(problem_of({{"--csv", folder_ / "data/new.txt"}, {"--jsonl", name}}),
                ::testing::AllOf(HasSubstr("--csv"), HasSubstr("--jsonl")))
        << name;
  }
  EXPECT_NE(problem_of({{"--csv", "-"}, {"--jsonl", "-"}}), "");
  EXPECT_EQ(problem_of({{"--csv", folder_ / "a"}, {"--jsonl", folder_ / "b"}}), "");
}

TEST_F(Place, ManyMayGoNowhere) {
  if (!has_device("null", 3)) GTEST_SKIP() << "needs the right to make a device";
  EXPECT_EQ(problem_of({{"--csv", folder_ / "null"}, {"--jsonl", folder_ / "null"}}), "");
}

TEST_F(Place, AfterAFailureTheWholeLinesAreKept) {
  const fs::path path = folder_ / "lines.txt";
  {
    const test::SmallDisk small(100'000);
    AtomicTextFile file(path);
    EXPECT_THROW(for (int i = 0; i < 5000; ++i)
                     file.write_line("line " + std::to_string(i) + std::string(90, ' ')),
                 Error);
    file.finish_with_whole_lines();
  }
  const std::string text = text_of(path);
  EXPECT_GT(text.size(), 90'000U);
  EXPECT_EQ(text.back(), '\n');
}

}  // namespace
}  // namespace kata
