// SPDX-License-Identifier: Apache-2.0
#include "archive_standing.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace kata {
namespace {

std::string span_of(const UnitRecord& record) {
  if (record.span.is_whole()) return {};
  return fmt::format(" from {:.0f} s", record.span.start_s);
}

void list(std::string& text, const char* title, const std::vector<UnitRecord>& records,
          std::string (*what)(const UnitRecord&)) {
  if (records.empty()) return;
  text += title;
  for (const UnitRecord& record : records)
    fmt::format_to(std::back_inserter(text), "  {}{}: {}\n", record.path, span_of(record),
                   what(record));
}

std::string speed_of(const UnitRecord& record) {
  return fmt::format("{:.1f} frames a second", static_cast<double>(record.frames) / record.seconds);
}

std::string seen_of(const UnitRecord& record) {
  const auto percent = [&](std::int64_t count) {
    return record.frames > 0
               ? 100.0 * static_cast<double>(count) / static_cast<double>(record.frames)
               : 0.0;
  };
  return fmt::format("body in {:.0f} %, left hand in {:.0f} %, right hand in {:.0f} %",
                     percent(record.frames_with_pose), percent(record.frames_with_left_hand),
                     percent(record.frames_with_right_hand));
}

std::string failure_of(const UnitRecord& record) { return record.failure; }

}  // namespace

std::string time_in_words(double seconds) {
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min", (whole + 59) / 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string in_words(const ArchiveStanding& standing) {
  std::string text =
      fmt::format("{} units: {} done, {} failed, {} running, {} left\n", standing.units,
                  standing.done, standing.failed, standing.running, standing.left);
  if (standing.frame_rate_hz > 0) {
    fmt::format_to(std::back_inserter(text), "{} frames, {:.1f} a second for each worker\n",
                   standing.frames, standing.frame_rate_hz);
  }
  if (standing.left_s && standing.left + standing.running > 0) {
    fmt::format_to(
        std::back_inserter(text), "about {} left with {}\n", time_in_words(*standing.left_s),
        standing.running == 0   ? "one worker"
        : standing.running == 1 ? "the worker of now"
                                : fmt::format("the {} workers of now", standing.running));
  }
  list(text, "failed:\n", standing.failures, failure_of);
  list(text, "slowest:\n", standing.slowest, speed_of);
  list(text, "worst seen:\n", standing.worst_seen, seen_of);
  return text;
}

}  // namespace kata
