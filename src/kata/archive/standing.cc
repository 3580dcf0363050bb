// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/standing.h"

#include <algorithm>
#include <set>
#include <system_error>

namespace kata {
namespace {

double rate_of(const UnitRecord& record) {
  return record.seconds > 0 ? static_cast<double>(record.frames) / record.seconds : 0;
}

double seen_of(const UnitRecord& record) {
  return record.frames > 0
             ? static_cast<double>(record.frames_with_pose) / static_cast<double>(record.frames)
             : 0;
}

/// Keeps the first few by a measure; equal ones by name, so that every look says the same.
template <typename Measure>
void keep_first(std::vector<UnitRecord>& records, Measure measure, std::size_t most) {
  const auto before = [&](const UnitRecord& a, const UnitRecord& b) {
    const double x = measure(a);
    const double y = measure(b);
    return x != y ? x < y : a.path < b.path;
  };
  const std::size_t kept = std::min(most, records.size());
  std::ranges::partial_sort(records, records.begin() + static_cast<std::ptrdiff_t>(kept), before);
  records.resize(kept);
}

/// The keys with and without networks: made once for thousands of records.
struct Keys {
  explicit Keys(const ArchiveSettings& settings)
      : with(settings_key(settings, true)), without(settings_key(settings, false)) {}
  bool fit(const UnitRecord& record, const ArchiveUnit& unit) const {
    return record.settings_key == (needs_networks(unit) ? with : without);
  }
  std::string with;
  std::string without;
};

void estimate(ArchiveStanding& standing) {
  const int finished = standing.done + standing.failed;
  if (standing.seconds <= 0 || finished == 0) return;
  standing.frame_rate_hz = static_cast<double>(standing.frames) / standing.seconds;
  const double each_s = standing.seconds / finished;
  const int workers = std::max(standing.running, 1);
  standing.left_s = each_s * (standing.left + standing.running) / workers;
}

}  // namespace

ArchiveStanding standing_of(const ArchiveFolder& folder, std::size_t most_listed) {
  const auto plan = read_plan(folder);
  const Keys keys(read_settings(folder));
  ArchiveStanding standing;
  standing.units = static_cast<int>(plan.size());
  standing.workers = running_units(folder);
  std::set<std::string> running;
  for (const RunningUnit& each : standing.workers) running.insert(each.unit);
  std::vector<UnitRecord> done;
  for (const ArchiveUnit& unit : plan) {
    auto record = record_from_json(read_if_there(folder.record(unit.id)));
    if (!record || !keys.fit(*record, unit)) {
      ++(running.contains(unit.id) ? standing.running : standing.left);
      continue;
    }
    standing.seconds += record->seconds;
    ++(record->is_done() ? standing.done : standing.failed);
    if (!unit.is_joined) standing.frames += record->frames;
    (record->is_done() ? done : standing.failures).push_back(std::move(*record));
  }
  estimate(standing);
  standing.worst_seen = done;
  keep_first(standing.worst_seen, seen_of, most_listed);
  standing.slowest = std::move(done);
  std::erase_if(standing.slowest, [](const UnitRecord& record) { return record.seconds <= 0; });
  keep_first(standing.slowest, rate_of, most_listed);
  return standing;
}

std::vector<const ArchiveUnit*> units_left(const std::vector<ArchiveUnit>& plan,
                                           const ArchiveSettings& settings,
                                           const ArchiveFolder& folder) {
  std::vector<const ArchiveUnit*> left;
  std::set<std::string> joined;  // their spans' files are gone
  for (const bool is_joined : {true, false}) {
    for (const ArchiveUnit& unit : plan) {
      if (unit.is_joined != is_joined || joined.contains(unit.path)) continue;
      const auto record = record_from_json(read_if_there(folder.record(unit.id)));
      if (!record || !fits(*record, unit, settings, folder)) {
        left.push_back(&unit);
      } else if (is_joined && record->is_done()) {
        joined.insert(unit.path);
      }
    }
  }
  std::ranges::stable_partition(left, [](const ArchiveUnit* unit) { return !unit->is_joined; });
  return left;
}

int forget_failures(const ArchiveFolder& folder) {
  int forgotten = 0;
  for (const ArchiveUnit& unit : read_plan(folder)) {
    const auto record = record_from_json(read_if_there(folder.record(unit.id)));
    if (!record || record->is_done()) continue;
    std::error_code problem;
    std::filesystem::remove(folder.record(unit.id), problem);
    if (problem) throw StorageProblem("the archive cannot be changed: " + folder.out().string());
    ++forgotten;
  }
  return forgotten;
}

}  // namespace kata
