// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/store/sqlite.h"
#include "tests/support/example_landmarks.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

/// Runs `work` in a child process; its exit status is what `work` returns.
pid_t start_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    int status = 99;
    try {
      status = work();
    } catch (...) {
    }
    ::_exit(status);
  }
  return child;
}

int exit_status_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Everything that a session writes, for ever; each committed repetition's id goes into the pipe.
int write_until_killed(const fs::path& path, int pipe, int round) {
  Craft craft = Craft::open(path);
  const std::int64_t take = craft.add_take({});
  for (int i = 0;; ++i) {
    std::int64_t id = 0;
    if (i % 3 == 0) {
      const ImportRecord record{std::to_string(round) + "/" + std::to_string(i), "a.csv", ""};
      const ImportedRepetition imported{test::example_repetition(0, 3), std::nullopt};
      id = craft.add_import(record, {}, {&imported, 1}).front();
    } else {
      id = craft.add_repetition(test::example_repetition(take, 5));
    }
    if (::write(pipe, &id, sizeof(id)) != sizeof(id)) return 1;
    craft.relabel(id, Label::kIncorrect, "too fast");
    if (i % 5 == 4) craft.set_classifier({std::string(20'000, 'x'), "{}", ""}, {});
  }
}

std::set<std::int64_t> killed_after(const fs::path& path, int round, useconds_t delay_us) {
  std::array<int, 2> pipe{};
  EXPECT_EQ(::pipe(pipe.data()), 0);
  const pid_t child = start_child([&] { return write_until_killed(path, pipe[1], round); });
  ::close(pipe[1]);
  ::usleep(delay_us);
  ::kill(child, SIGKILL);
  EXPECT_EQ(exit_status_of(child), -1) << "the child ended before it was killed";
  std::set<std::int64_t> committed;
  for (std::int64_t id = 0; ::read(pipe[0], &id, sizeof(id)) == sizeof(id);) committed.insert(id);
  ::close(pipe[0]);
  return committed;
}

void expect_sound(const fs::path& path, const std::set<std::int64_t>& committed) {
  {
    const Craft craft = Craft::open(path, Craft::Access::kRead);
    std::set<std::int64_t> there;
    for (const Repetition& repetition : craft.repetitions()) there.insert(repetition.id);
    for (const std::int64_t id : committed) EXPECT_TRUE(there.contains(id)) << id;
  }
  sqlite::Database database(path.string(), sqlite::Open::kExisting);
  EXPECT_EQ(database.text_of("PRAGMA integrity_check"), "ok");
}

// KATA_CRASH_ROUNDS=200 runs the acceptance figure; a few dozen are enough to find a mistake.
TEST(CraftCrash, KilledAtAnyMomentKeepsEveryCommittedRepetition) {
  const test::TempFolder folder;
  const fs::path path = folder / "c.kata";
  Craft::create(path, {"Clay", "", "", ""});
  const char* wanted = std::getenv("KATA_CRASH_ROUNDS");
  const int rounds = wanted == nullptr ? 25 : std::atoi(wanted);
  std::set<std::int64_t> committed;
  int longest_us = 40'000;  // doubled where the machine is so busy that nothing is done by then
  for (int round = 0; round < rounds; ++round) {
    const auto delay_us = static_cast<useconds_t>(1000 + std::rand() % longest_us);
    committed.merge(killed_after(path, round, delay_us));
    if (committed.empty() && longest_us < 1'000'000) longest_us *= 2;
    expect_sound(path, committed);
    if (HasFailure()) FAIL() << "in round " << round;
  }
  EXPECT_GT(committed.size(), 0U);
}

TEST(CraftCrash, KilledWhileBeingMadeLeavesNoHalfCraft) {
  const test::TempFolder folder;
  for (int round = 0; round < 10; ++round) {
    const fs::path path = folder / (std::to_string(round) + ".kata");
    const pid_t child = start_child([&] {
      Craft::create(path, {"Clay", "", "", ""});
      return 0;
    });
    ::usleep(static_cast<useconds_t>(std::rand() % 8000));
    ::kill(child, SIGKILL);
    exit_status_of(child);
    if (fs::exists(path)) expect_sound(path, {});
  }
}

TEST(CraftProcesses, TwoWriteAtOnceAndNothingIsLost) {
  const test::TempFolder folder;
  const fs::path path = folder / "c.kata";
  Craft::create(path, {"Clay", "", "", ""});
  const auto write_ten = [&path] {
    Craft craft = Craft::open(path);
    const std::int64_t take = craft.add_take({});
    for (int i = 0; i < 10; ++i) craft.add_repetition(test::example_repetition(take, 4));
    return 0;
  };
  const pid_t first = start_child(write_ten);
  const pid_t second = start_child(write_ten);
  EXPECT_EQ(exit_status_of(first), 0);
  EXPECT_EQ(exit_status_of(second), 0);
  EXPECT_EQ(Craft::open(path).repetitions().size(), 20U);
  EXPECT_FALSE(fs::exists(path.string() + "-wal"));
}

TEST(CraftProcesses, AFileHeldByAnotherIsUnavailable) {
  const test::TempFolder folder;
  const fs::path path = folder / "c.kata";
  Craft craft = Craft::create(path, {"Clay", "", "", ""});
  sqlite::Database other(path.string(), sqlite::Open::kExisting);
  const sqlite::Transaction held(other, sqlite::Transaction::Begin::kAtOnce);
  try {
    craft.add_take({});
    ADD_FAILURE() << "it was written in spite of the lock";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUnavailable);
  }
  EXPECT_EQ(craft.title().name, "Clay") << "reading goes on";
}

/// Adds repetitions until it fails; 0 when it failed with kIo and all that came before are there.
int fill_until_error(const fs::path& path) {
  std::size_t stored = 0;
  {
    Craft craft = Craft::open(path);
    const std::int64_t take = craft.add_take({});
    try {
      for (; stored < 1000; ++stored) craft.add_repetition(test::example_repetition(take, 20));
      return 2;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kIo) return 3;
    }
    if (craft.repetitions().size() != stored) return 4;
  }
  return Craft::open(path, Craft::Access::kRead).repetitions().size() == stored ? 0 : 5;
}

TEST(CraftFullDisk, AFileThatMayNotGrowKeepsWhatItHas) {
  const test::TempFolder folder;
  const fs::path path = folder / "c.kata";
  Craft::create(path, {"Clay", "", "", ""});
  const pid_t child = start_child([&path] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{600'000, 600'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    return fill_until_error(path);
  });
  EXPECT_EQ(exit_status_of(child), 0);
  expect_sound(path, {});
}

TEST(CraftFullDisk, AFullFileSystemKeepsWhatItHas) {
  const test::TempFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=1m") != 0) {
    GTEST_SKIP() << "needs the right to mount a small tmpfs";
  }
  const fs::path path = folder / "c.kata";
  Craft::create(path, {"Clay", "", "", ""});
  const int status = exit_status_of(start_child([&path] { return fill_until_error(path); }));
  expect_sound(path, {});
  ::umount(folder.path().c_str());
  EXPECT_EQ(status, 0);
}

TEST(CraftReadOnly, AFileThatMayNotBeWrittenIsReadAndRefusedForWriting) {
  const test::TempFolder folder;
  const fs::path path = folder / "c.kata";
  {
    Craft craft = Craft::create(path, {"Clay", "", "", ""});
    craft.add_repetition(test::example_repetition(craft.add_take({})));
  }
  fs::permissions(path, fs::perms(0444));
  fs::permissions(folder.path(), fs::perms(0555));
  const pid_t child = start_child([&path] {
    if (::geteuid() == 0 && ::setuid(65534) != 0) return 2;
    if (Craft::open(path, Craft::Access::kRead).repetitions().size() != 1) return 3;
    try {
      Craft::open(path);
      return 4;
    } catch (const Error& error) {
      return error.code() == ErrorCode::kIo ? 0 : 5;
    }
  });
  EXPECT_EQ(exit_status_of(child), 0);
  fs::permissions(folder.path(), fs::perms(0755));
}

}  // namespace
}  // namespace kata
