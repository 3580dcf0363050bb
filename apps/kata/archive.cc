// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "archive_plan.h"
#include "archive_slurm.h"
#include "archive_standing.h"
#include "archive_work.h"
#include "commands.h"
#include "kata/archive/standing.h"
#include "kata/core/error.h"

namespace kata {
namespace {

struct ArchiveArguments {
  ArchivePlan plan;
  SlurmWish slurm;
  JobWish jobs;
  std::string out;  ///< of the subcommands
  std::vector<std::string> units;
  std::vector<std::size_t> part;
  int threads = 1;
};

using Arguments = std::shared_ptr<ArchiveArguments>;

void add_job_options(CLI::App& command, JobWish& wish) {
  command
      .add_option(
          "--jobs", wish.jobs,
          "videos at once, each in a process; else as many as cores, memory and videos allow")
      ->check(CLI::Range(1, 256));
  command.add_option("--threads", wish.threads, "processor threads of each job")
      ->check(CLI::Range(1, 64));
}

CLI::App* add_subcommand_of(CLI::App& archive, const char* name, const char* text,
                            const Arguments& arguments) {
  CLI::App* command = archive.add_subcommand(name, text);
  command->add_option("OUT", arguments->out, "the archive's folder")->required();
  return command;
}

void add_single_units(CLI::App& archive, const Arguments& arguments) {
  CLI::App* plan =
      archive.add_subcommand("plan", "Only plan, and print one line a unit for kata archive run");
  for (CLI::Option* option : arguments->plan.add_to(*plan)) option->required();
  plan->callback([arguments] {
    const ArchiveFolder folder = archive_at(arguments->plan.out);
    for (const ArchiveUnit& unit : arguments->plan.make())
      if (!unit.is_joined) fmt::print("{}\n", folder.record(unit.id).string());
  });

  CLI::App* run = archive.add_subcommand("run", "Do these units, lines of kata archive plan");
  run->add_option("UNIT", arguments->units, "as kata archive plan prints it")->required();
  run->add_option("--threads", arguments->threads, "processor threads")->check(CLI::Range(1, 64));
  run->callback([arguments] { run_units(arguments->units, arguments->threads); });
}

void add_subcommands(CLI::App& archive, const Arguments& arguments) {
  add_single_units(archive, arguments);

  CLI::App* part = add_subcommand_of(
      archive, "part", "Do one part of the plan of so many, as a job array does", arguments);
  part->add_option("PART", arguments->part, "which part, from 0, and how many there are")
      ->expected(2)
      ->required();
  part->add_option("--threads", arguments->threads, "processor threads")->check(CLI::Range(1, 64));
  part->callback([arguments] {
    run_archive_part(archive_at(arguments->out), arguments->part, arguments->threads);
  });

  CLI::App* status = add_subcommand_of(archive, "status", "How far an archive is", arguments);
  status->callback(
      [arguments] { fmt::print("{}", in_words(standing_of(archive_at(arguments->out)))); });

  CLI::App* retry = add_subcommand_of(archive, "retry", "Do what failed once more", arguments);
  add_job_options(*retry, arguments->jobs);
  retry->callback([arguments] {
    const ArchiveFolder folder = archive_at(arguments->out);
    fmt::print(stderr, "units that failed and are done again: {}\n", forget_failures(folder));
    work_off(folder, arguments->jobs);
  });

  CLI::App* work = add_subcommand_of(archive, "work", "", arguments)->group("");
  work->add_option("--threads", arguments->threads);
  work->callback([arguments] { serve_archive(archive_at(arguments->out), arguments->threads); });
}

void run_archive(const ArchiveArguments& arguments) {
  if (arguments.plan.source.empty() || arguments.plan.out.empty()) {
    throw Error(ErrorCode::kInvalidArgument,
                "name the videos and the archive's folder: kata archive FOLDER -o OUT");
  }
  arguments.plan.make();
  const ArchiveFolder folder = archive_at(arguments.plan.out);
  if (arguments.slurm.is_wanted) return submit(folder, arguments.slurm);
  work_off(folder, arguments.jobs);
}

}  // namespace

void add_archive(CLI::App& app) {
  auto arguments = std::make_shared<ArchiveArguments>();
  CLI::App* command = app.add_subcommand(
      "archive",
      "Track or watch all videos of a folder or manifest, and go on where it stopped.\n"
      "Exit code 0: all done, 3: some failed (kata archive status OUT names them)");
  arguments->plan.add_to(*command);
  arguments->slurm.add_to(*command);
  add_job_options(*command, arguments->jobs);
  add_subcommands(*command, arguments);
  command->require_subcommand(0, 1);
  command->callback([arguments, command] {
    if (command->get_subcommands().empty()) run_archive(*arguments);
  });
}

}  // namespace kata
