// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/slurm_script.h"

#include <fmt/format.h>

#include <iterator>
#include <set>

namespace kata {
namespace {

/// For a POSIX shell.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// "0-3,7": as sbatch takes it.
std::string ranges(const std::vector<std::size_t>& sorted) {
  std::string text;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t last = i;
    while (last + 1 < sorted.size() && sorted[last + 1] == sorted[last] + 1) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ",", sorted[i]);
    if (last > i) text += fmt::format("-{}", sorted[last]);
    i = last + 1;
  }
  return text;
}

void option(std::string& script, const char* name, const std::string& value) {
  if (!value.empty()) fmt::format_to(std::back_inserter(script), "#SBATCH --{}={}\n", name, value);
}

}  // namespace

std::vector<std::size_t> parts_with(const std::vector<std::size_t>& places, std::size_t count) {
  std::set<std::size_t> parts;
  for (const std::size_t place : places) parts.insert(place % count);
  return {parts.begin(), parts.end()};
}

std::string slurm_script(const ArchiveFolder& folder, const std::vector<std::size_t>& parts,
                         std::size_t count, const SlurmOptions& options) {
  std::string script = "#!/bin/bash\n";
  option(script, "job-name", "kata-archive");
  option(script, "array",
         ranges(parts) + (options.at_once ? fmt::format("%{}", *options.at_once) : ""));
  option(script, "partition", options.partition);
  option(script, "time", options.time);
  option(script, "mem", options.memory);
  option(script, "cpus-per-task", std::to_string(options.cores));
  option(script, "output", "\"" + (folder.state() / "slurm" / "%A_%a.log").string() + "\"");
  script += "#SBATCH --open-mode=append\n#SBATCH --requeue\n";
  for (const std::string& more : options.more) script += "#SBATCH " + more + "\n";
  fmt::format_to(std::back_inserter(script),
                 "# A unit that is complete is passed over, so a task may be run again anywhere.\n"
                 "for attempt in 1 2 3; do\n"
                 "  {} archive part {} \"$SLURM_ARRAY_TASK_ID\" {} --threads {}\n"
                 "  code=$?\n"
                 "  [ $code -gt 128 ] && [ $code -ne 130 ] || break  # killed by a signal\n"
                 "done\n"
                 "exit $code\n",
                 quoted(options.program), quoted(folder.out().string()), count, options.cores);
  return script;
}

}  // namespace kata
