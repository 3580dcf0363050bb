// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/job_choice.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace kata {
namespace {

/// A process that tracks takes about 350 MB; pictures of 4K and the decoder's own take more.
constexpr std::int64_t kBytesOfJob = std::int64_t{700} << 20U;

std::optional<std::int64_t> number_in(const char* path) {
  std::int64_t value = 0;
  std::ifstream file(path);
  return file >> value ? std::optional(value) : std::nullopt;  // "max" is no number
}

std::optional<std::int64_t> free_of_machine() {
  std::ifstream file("/proc/meminfo");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    std::int64_t kilobytes = 0;
    if (words >> name >> kilobytes && name == "MemAvailable:") return kilobytes << 10U;
  }
  return std::nullopt;
}

/// Of a container's own limit.
std::optional<std::int64_t> free_of_group() {
  const auto limit = number_in("/sys/fs/cgroup/memory.max");
  const auto used = number_in("/sys/fs/cgroup/memory.current");
  return limit && used ? std::optional(std::max<std::int64_t>(*limit - *used, 0)) : std::nullopt;
}

}  // namespace

Machine machine_now() {
  Machine machine;
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (::sched_getaffinity(0, sizeof cores, &cores) == 0)
    machine.cores = std::max(CPU_COUNT(&cores), 1);
  machine.free_bytes = free_of_machine();
  if (const auto group = free_of_group())
    machine.free_bytes = std::min(machine.free_bytes.value_or(*group), *group);
  return machine;
}

JobChoice choose_jobs(std::size_t units, const Machine& machine, const JobWish& wish) {
  JobChoice choice;
  const auto most = static_cast<int>(std::min<std::size_t>(units, 4096));
  choice.jobs = wish.jobs.value_or(machine.cores);
  if (!wish.jobs && machine.free_bytes) {
    choice.jobs =
        static_cast<int>(std::min<std::int64_t>(choice.jobs, *machine.free_bytes / kBytesOfJob));
  }
  choice.jobs = std::max(1, std::min(choice.jobs, most));
  choice.threads = wish.threads.value_or(std::max(1, machine.cores / choice.jobs));
  return choice;
}

}  // namespace kata
