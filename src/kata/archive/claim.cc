// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/claim.h"

#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <optional>
#include <system_error>

namespace kata {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

constexpr auto kRenewal = std::chrono::seconds(5);
constexpr auto kSilence = std::chrono::seconds(60);
constexpr auto kForgotten = std::chrono::hours(24);

/// HOST-PID-REST, as claims and scratch files are called; hosts may hold dashes too.
struct Owner {
  std::string host;
  std::int64_t pid = 0;
};

std::optional<std::int64_t> number_in(const std::string& text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  return result.ec == std::errc() && result.ptr == end ? std::optional(value) : std::nullopt;
}

std::optional<Owner> owner_of(const std::string& name) {
  const std::size_t rest = name.rfind('-');
  if (rest == std::string::npos || rest == 0) return std::nullopt;
  const std::size_t pid = name.rfind('-', rest - 1);
  if (pid == std::string::npos) return std::nullopt;
  const auto number = number_in(name.substr(pid + 1, rest - pid - 1));
  return number ? std::optional(Owner{name.substr(0, pid), *number}) : std::nullopt;
}

bool lives(const Owner& owner) {
  return ::kill(static_cast<pid_t>(owner.pid), 0) == 0 || errno == EPERM;
}

bool is_older(const fs::path& path, std::chrono::seconds age) {
  std::error_code problem;
  const auto written = fs::last_write_time(path, problem);
  return !problem && fs::file_time_type::clock::now() - written > age;
}

bool is_left_behind(const fs::path& path) {
  const auto owner = owner_of(path.filename().string());
  if (owner && owner->host == host_name()) return !lives(*owner);
  return is_older(path, kForgotten);
}

}  // namespace

Claim::Claim(const ArchiveFolder& folder, const std::string& unit)
    : path_(folder.claims() / (host_name() + "-" + std::to_string(::getpid()) + "-" + unit)),
      written_(SteadyClock::now()) {
  write(0);
}

Claim::~Claim() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

void Claim::renew(std::int64_t frames) {
  const auto now = SteadyClock::now();
  if (now - written_ < kRenewal) return;
  written_ = now;
  write(frames);
}

/// A claim that cannot be written is missed by nobody but those who ask.
void Claim::write(std::int64_t frames) const noexcept { std::ofstream(path_) << frames << '\n'; }

std::vector<RunningUnit> running_units(const ArchiveFolder& folder) {
  std::vector<RunningUnit> running;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder.claims(), ignored)) {
    const std::string name = entry.path().filename().string();
    const auto owner = owner_of(name);
    if (!owner) continue;
    const bool is_here = owner->host == host_name();
    if (is_here ? !lives(*owner) : is_older(entry.path(), kSilence)) continue;
    std::int64_t frames = 0;
    std::ifstream(entry.path()) >> frames;
    running.push_back({name.substr(name.rfind('-') + 1), owner->host, owner->pid, frames});
  }
  return running;
}

void clear_left_behind(const ArchiveFolder& folder) {
  for (const fs::path& place : {folder.claims(), folder.scratch()}) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(place, ignored)) {
      if (is_left_behind(entry.path())) fs::remove(entry.path(), ignored);
    }
  }
}

}  // namespace kata
