// SPDX-License-Identifier: Apache-2.0
#include "archive_slurm.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <set>

#include "kata/archive/plan.h"
#include "kata/archive/standing.h"
#include "kata/archive/worker_process.h"
#include "kata/core/error.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

std::vector<std::size_t> places_left(const ArchiveFolder& folder,
                                     const std::vector<ArchiveUnit>& plan) {
  std::set<std::string> left;
  for (const ArchiveUnit* unit : units_left(plan, read_settings(folder), folder))
    left.insert(unit->id);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < plan.size(); ++i)
    if (left.contains(plan[i].id)) places.push_back(i);
  return places;
}

/// The job's number, as sbatch says it.
std::string submitted(const fs::path& script) {
  WorkerProcess sbatch({"/usr/bin/env", "sbatch", "--parsable", script.string()});
  while (sbatch.read()) {
  }
  const auto job = sbatch.line();
  if (job) return *job;
  throw Error(ErrorCode::kUnavailable,
              "sbatch did not take the job (see above); the script is there: " + script.string());
}

}  // namespace

void SlurmWish::add_to(CLI::App& command) {
  auto* slurm = command.add_flag("--slurm", is_wanted,
                                 "submit a Slurm job array instead of working here; the folder "
                                 "must be the same on every host");
  const auto add = [&](const char* name, auto& value, const char* text) {
    return command.add_option(name, value, text)->needs(slurm);
  };
  command.add_flag("--print", is_only_printed, "with --slurm: only print the script")->needs(slurm);
  add("--partition", options.partition, "of the cluster");
  add("--time", options.time, "limit of a task, as sbatch takes it, such as 4:00:00");
  add("--mem", options.memory, "of a task, such as 2G");
  add("--cores", options.cores, "of a task")->check(CLI::Range(1, 64));
  add("--at-once", options.at_once, "tasks that run at the same time at most")
      ->check(CLI::Range(1, 100'000));
  add("--tasks", options.most_tasks, "of the array at most; a task does several units then")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  add("--sbatch", options.more, "any other option of sbatch, such as --sbatch=--account=me");
}

void submit(const ArchiveFolder& folder, const SlurmWish& wish) {
  const auto plan = read_plan(folder);
  const auto left = places_left(folder, plan);
  if (left.empty()) {
    fmt::print(stderr, "nothing is left to do: {}\n", folder.out().string());
    return;
  }
  const std::size_t count =
      std::min(plan.size(), static_cast<std::size_t>(wish.options.most_tasks));
  SlurmOptions options = wish.options;
  options.program = fs::read_symlink("/proc/self/exe").string();
  const auto parts = parts_with(left, count);
  const std::string script = slurm_script(folder, parts, count, options);
  if (wish.is_only_printed) {
    fmt::print("{}", script);
    return;
  }
  const fs::path place = folder.state() / "slurm.sh";
  fs::create_directories(folder.state() / "slurm");
  write_by_rename(folder, place, script);
  fmt::print("job {}: {} tasks for {} units; kata archive status {} says how far they are\n",
             submitted(place), parts.size(), left.size(), folder.out().string());
}

}  // namespace kata
