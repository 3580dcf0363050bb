// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/worker_pool.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <csignal>
#include <fstream>
#include <map>
#include <thread>

#include "kata/archive/claim.h"
#include "kata/archive/job_choice.h"
#include "kata/archive/result_file.h"
#include "kata/archive/slurm_script.h"
#include "kata/show/small_disk.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

std::vector<ArchiveUnit> units(int count) {
  std::vector<ArchiveUnit> all(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) all[static_cast<std::size_t>(i)].id = "u" + std::to_string(i);
  return all;
}

/// Runs units through a shell script that stands for the program.
class ScriptedPool {
 public:
  ScriptedPool(int count, const std::string& script) : units_(units(count)) {
    options_.jobs = 2;
    options_.command = {"/bin/sh", "-c", script, "sh", folder_.path().string()};
    options_.on_report = [this](const WorkerReport& report) { ++reports_[report.unit]; };
    options_.on_death = [this](const ArchiveUnit& unit, int signal) { deaths_[unit.id] = signal; };
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  }
  void run(std::stop_token stop = {}) {
    std::vector<const ArchiveUnit*> pointers;
    for (const ArchiveUnit& unit : units_) pointers.push_back(&unit);
    run_in_processes(pointers, options_, stop);
  }

  test::TempFolder folder_;
  std::vector<ArchiveUnit> units_;
  PoolOptions options_;
  std::map<std::string, int> reports_;
  std::map<std::string, int> deaths_;
};

TEST(WorkerPool, HasEveryUnitDoneOnce) {
  ScriptedPool pool(50, "while read u; do echo \"$u done 7\"; done");
  pool.run();
  EXPECT_EQ(pool.reports_.size(), 50U);
  for (const auto& [unit, count] : pool.reports_) EXPECT_EQ(count, 1) << unit;
  EXPECT_TRUE(pool.deaths_.empty());
}

TEST(WorkerPool, AUnitWhoseProcessDiesIsTriedOnceMore) {
  ScriptedPool pool(6,
                    "while read u; do if [ $u = u2 ] && [ ! -e $1/died ]; then touch $1/died; "
                    "kill -9 $$; fi; echo \"$u done 1\"; done");
  pool.run();
  EXPECT_EQ(pool.reports_.size(), 6U);
  EXPECT_TRUE(pool.deaths_.empty());
}

TEST(WorkerPool, AUnitThatKillsItsProcessTwiceFails) {
  ScriptedPool pool(6,
                    "while read u; do [ $u = u2 ] && kill -9 $$; [ $u = u4 ] && exit 0; "
                    "echo \"$u done 1\"; done");
  pool.run();
  EXPECT_EQ(pool.reports_.size(), 6U);
  EXPECT_EQ(pool.deaths_, (std::map<std::string, int>{{"u2", SIGKILL}, {"u4", 0}}));
}

TEST(WorkerPool, AFullDiskEndsAllWork) {
  ScriptedPool pool(6, "while read u; do echo '!the disk is full'; done");
  try {
    pool.run();
    FAIL() << "went on";
  } catch (const StorageProblem& problem) {
    EXPECT_STREQ(problem.what(), "the disk is full");
  }
}

TEST(WorkerPool, StopsOnRequest) {
  ScriptedPool pool(4, "while read u; do sleep 30; echo \"$u done 1\"; done");
  std::stop_source stop;
  std::jthread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    stop.request_stop();
  });
  const auto begin = std::chrono::steady_clock::now();
  pool.run(stop.get_token());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_TRUE(pool.reports_.empty());
}

std::string unpacked(const fs::path& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  std::string text(1 << 20, '\0');
  text.resize(static_cast<std::size_t>(gzread(file, text.data(), 1 << 20)));
  gzclose(file);
  return text;
}

TEST(ResultFile, AppearsWholeAndPackedAlikeEachTime) {
  const test::TempFolder folder;
  const ArchiveFolder archive(folder.path());
  archive.make();
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919 % 20'011) + "\n";
  ArchiveOutput outputs[2];
  for (int i = 0; i < 2; ++i) {
    ResultFile file(archive, folder.path() / "a/b.gz", true);
    file.write(text);
    outputs[i] = file.finish();
    EXPECT_EQ(fs::exists(folder.path() / "a/b.gz"), i == 1);
    file.publish();
  }
  EXPECT_EQ(outputs[0].sha256, outputs[1].sha256);
  EXPECT_EQ(outputs[0].path, "a/b.gz");
  EXPECT_EQ(outputs[0].bytes, fs::file_size(folder.path() / "a/b.gz"));
  EXPECT_EQ(outputs[0].sha256, file_sha256(folder.path() / "a/b.gz"));
  EXPECT_EQ(unpacked(folder.path() / "a/b.gz"), text);
}

TEST(ResultFile, AFullDiskIsSaidAndLeavesNothing) {
  const test::TempFolder folder;
  const ArchiveFolder archive(folder.path());
  archive.make();
  const test::SmallDisk disk(1000);
  {
    ResultFile file(archive, folder.path() / "a", false);
    EXPECT_THROW(
        {
          file.write(std::string(100'000, 'x'));
          file.finish();
        },
        StorageProblem);
  }
  EXPECT_TRUE(fs::is_empty(archive.scratch()));
  EXPECT_FALSE(fs::exists(folder.path() / "a"));
}

TEST(Claim, IsSeenWhileItLivesAndClearedWhenItsProcessDied) {
  const test::TempFolder folder;
  const ArchiveFolder archive(folder.path());
  archive.make();
  std::ofstream(archive.claims() / (host_name() + "-999999999-dead"));
  std::ofstream(archive.scratch() / (host_name() + "-999999999-0"));
  std::ofstream(archive.claims() / "other-host-12-there") << 40;
  {
    const Claim claim(archive, "mine");
    const auto running = running_units(archive);
    ASSERT_EQ(running.size(), 2U);
    std::map<std::string, std::string> hosts;
    for (const RunningUnit& each : running) hosts[each.unit] = each.host;
    EXPECT_EQ(hosts["mine"], host_name());
    EXPECT_EQ(hosts["there"], "other-host");
    clear_left_behind(archive);
    EXPECT_EQ(running_units(archive).size(), 2U);
    EXPECT_TRUE(fs::is_empty(archive.scratch()));
  }
  EXPECT_EQ(running_units(archive).size(), 1U);
}

TEST(JobChoice, TakesNoMoreThanThereIs) {
  const Machine machine{8, std::int64_t{32} << 30U};
  EXPECT_EQ(choose_jobs(100, machine).jobs, 8);
  EXPECT_EQ(choose_jobs(100, machine).threads, 1);
  EXPECT_EQ(choose_jobs(2, machine).jobs, 2);
  EXPECT_EQ(choose_jobs(2, machine).threads, 4);
  EXPECT_EQ(choose_jobs(100, {8, std::int64_t{1500} << 20U}).jobs, 2);
  EXPECT_EQ(choose_jobs(100, {8, 1000}).jobs, 1);
  EXPECT_EQ(choose_jobs(100, machine, {3, {}}).jobs, 3);
  EXPECT_EQ(choose_jobs(100, machine, {3, {}}).threads, 2);
}

TEST(SlurmScript, NamesOnlyTheTasksThatAreLeft) {
  EXPECT_EQ(parts_with({0, 1, 2, 5, 8}, 6), (std::vector<std::size_t>{0, 1, 2, 5}));
  SlurmOptions options;
  options.program = "/usr/bin/it's";
  options.partition = "main";
  options.at_once = 2;
  options.more = {"--account=me"};
  const std::string script = slurm_script(ArchiveFolder("/shared/out"), {0, 1, 2, 5}, 6, options);
  EXPECT_NE(script.find("#SBATCH --array=0-2,5%2\n"), std::string::npos) << script;
  EXPECT_NE(script.find("#SBATCH --partition=main\n"), std::string::npos);
  EXPECT_NE(script.find("#SBATCH --account=me\n"), std::string::npos);
  EXPECT_NE(script.find("'/usr/bin/it'\\''s' archive part '/shared/out'"), std::string::npos);
  EXPECT_EQ(script.find("--mem"), std::string::npos);
}

}  // namespace
}  // namespace kata
