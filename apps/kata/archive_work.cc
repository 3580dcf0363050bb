// SPDX-License-Identifier: Apache-2.0
#include "archive_work.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "interrupt.h"
#include "kata/archive/claim.h"
#include "kata/archive/part_runner.h"
#include "kata/archive/plan.h"
#include "kata/archive/standing.h"
#include "kata/archive/unit_runner.h"
#include "kata/archive/verdict_table.h"
#include "kata/archive/worker_pool.h"
#include "kata/core/error.h"
#include "progress_bar.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr int kExitSomeFailed = 3;

void end_with(int failed) {
  if (failed > 0) throw CLI::RuntimeError(kExitSomeFailed);
}

std::string own_program() { return fs::read_symlink("/proc/self/exe").string(); }

std::string reason_of_death(int signal) {
  return signal > 0 ? fmt::format("the program was ended by signal {} at this video, twice", signal)
                    : "the program ended at this video, twice";
}

void say_failed(const UnitRecord& record) {
  fmt::print(stderr, "failed: {}: {}\n", record.path, record.failure);
}

/// Counts what workers report, with an estimate on the terminal.
class Counter {
 public:
  explicit Counter(std::size_t units) : units_(units) {}

  void count(const WorkerReport& report) {
    if (report.state == UnitState::kStopped) return;
    ++reported_;
    frames_ += report.frames;
    bar_.show(static_cast<double>(reported_) / static_cast<double>(units_),
              fmt::format("{} of {} units, {} frames", reported_, units_, frames_));
  }
  std::size_t left() const { return units_ - reported_; }
  void clear() { bar_.clear(); }

 private:
  ProgressBar bar_;
  std::size_t units_;
  std::size_t reported_ = 0;
  std::int64_t frames_ = 0;
};

void say_end(const ArchiveStanding& standing, const ArchiveFolder& folder, bool has_table) {
  for (const UnitRecord& record : standing.failures) say_failed(record);
  fmt::print("{} of {} units done, {} failed; {} frames in {}\n", standing.done, standing.units,
             standing.failed, standing.frames, folder.out().string());
  if (has_table) fmt::print("verdicts in {}\n", folder.table().string());
}

void run_pool(const ArchiveFolder& folder, const std::vector<const ArchiveUnit*>& left,
              const JobWish& wish) {
  const JobChoice choice = choose_jobs(left.size(), machine_now(), wish);
  Counter counter(left.size());
  std::optional<UnitRunner> mourner;
  PoolOptions options;
  options.jobs = choice.jobs;
  options.command = {own_program(),         "archive",   "work",
                     folder.out().string(), "--threads", std::to_string(choice.threads)};
  options.on_report = [&](const WorkerReport& report) { counter.count(report); };
  options.on_death = [&](const ArchiveUnit& unit, int signal) {
    if (!mourner) mourner.emplace(folder, 1, KATA_VERSION);
    mourner->record_failure(unit, reason_of_death(signal));
  };
  run_in_processes(left, options, Interrupt::token());
  counter.clear();
  if (!Interrupt::token().stop_requested()) return;
  throw Error(ErrorCode::kCancelled,
              fmt::format("stopped, {} of {} units are left; the same command goes on: {}",
                          counter.left(), left.size(), folder.out().string()));
}

/// OUT/.archive/records/ID.json: the record that a unit leaves is its name.
struct UnitName {
  ArchiveFolder folder;
  std::string id;
};

UnitName unit_name(const std::string& text) {
  const fs::path record = fs::absolute(text).lexically_normal();
  return {ArchiveFolder(record.parent_path().parent_path().parent_path()), record.stem().string()};
}

const ArchiveUnit& unit_called(const UnitRunner& runner, const std::string& text) {
  const UnitName name = unit_name(text);
  const auto found = std::ranges::find(runner.plan(), name.id, &ArchiveUnit::id);
  if (found != runner.plan().end()) return *found;
  throw Error(ErrorCode::kNotFound, "the archive's plan has no such unit: " + text);
}

/// False when it was stopped.
bool say_result(const ArchiveUnit& unit, const UnitResult& result) {
  if (result.state == UnitState::kWaits) fmt::print(stderr, "waits for its spans: {}\n", unit.path);
  if (result.state == UnitState::kFailed || !result.record.is_done()) say_failed(result.record);
  return result.state != UnitState::kStopped;
}

void check_not_stopped() {
  if (Interrupt::token().stop_requested())
    throw Error(ErrorCode::kCancelled, "stopped; the unit under way was not stored");
}

}  // namespace

ArchiveFolder archive_at(const std::string& out) {
  return ArchiveFolder(fs::absolute(out).lexically_normal());
}

void work_off(const ArchiveFolder& folder, const JobWish& wish) {
  clear_left_behind(folder);
  const auto plan = read_plan(folder);
  const ArchiveSettings settings = read_settings(folder);
  const auto left = units_left(plan, settings, folder);
  if (!left.empty()) run_pool(folder, left, wish);
  const bool has_table = settings.craft && write_verdict_table(folder);
  const ArchiveStanding standing = standing_of(folder);
  say_end(standing, folder, has_table);
  end_with(standing.failed);
}

void run_units(const std::vector<std::string>& units, int threads) {
  const ArchiveFolder folder = unit_name(units.front()).folder;
  UnitRunner runner(folder, threads, KATA_VERSION);
  int failed = 0;
  for (const std::string& text : units) {
    const ArchiveUnit& unit = unit_called(runner, text);
    const UnitResult result = runner.run(unit, Interrupt::token());
    if (!say_result(unit, result)) break;
    failed += result.record.is_done() ? 0 : 1;
  }
  check_not_stopped();
  if (runner.settings().craft) write_verdict_table(folder);
  end_with(failed);
}

void run_archive_part(const ArchiveFolder& folder, const std::vector<std::size_t>& part,
                      int threads) {
  if (part.size() != 2 || part[1] == 0 || part[0] >= part[1]) {
    throw Error(ErrorCode::kInvalidArgument,
                "name the part and how many there are, such as 0 10 to 9 10");
  }
  UnitRunner runner(folder, threads, KATA_VERSION);
  const int failed = run_part(
      runner, {part[0], part[1]},
      [](const ArchiveUnit& unit, const UnitResult& result) { say_result(unit, result); },
      Interrupt::token());
  check_not_stopped();
  if (runner.settings().craft) write_verdict_table(folder);
  end_with(failed);
}

void serve_archive(const ArchiveFolder& folder, int threads) {
  UnitRunner runner(folder, threads, KATA_VERSION);
  serve_units(runner, stdin, stdout, Interrupt::token());
}

}  // namespace kata
