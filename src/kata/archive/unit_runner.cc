// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/unit_runner.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "kata/archive/claim.h"
#include "kata/archive/join_spans.h"
#include "kata/archive/span_source.h"
#include "kata/archive/unit_outputs.h"
#include "kata/core/error.h"
#include "kata/input/video_file_source.h"
#include "kata/session/blind_landmarker.h"
#include "kata/session/follow.h"
#include "kata/session/open_source.h"
#include "kata/session/track_source.h"
#include "kata/session/train_craft.h"
#include "kata/session/utc_now.h"

namespace kata {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// So long before a span tracking begins, so that what it remembers is as in the whole.
constexpr double kLeadIn_s = 12;

double seconds_since(SteadyClock::time_point begin) {
  const double elapsed_s = std::chrono::duration<double>(SteadyClock::now() - begin).count();
  return std::round(elapsed_s * 1000) / 1000;
}

/// The settings that would be made now must be those of the plan.
void check_is_same(const ArchiveSettings& planned, const ArchiveSettings& now) {
  const char* what = planned.version != now.version             ? "with another version of kata"
                     : planned.networks != now.networks         ? "with other networks"
                     : planned.craft_sha256 != now.craft_sha256 ? "before its craft was changed"
                                                                : nullptr;
  if (what == nullptr) return;
  throw Error(ErrorCode::kUnsupported,
              std::string("the archive was planned ") + what + "; plan it again");
}

std::unique_ptr<FrameSource> source_of(const ArchiveUnit& unit) {
  if (unit.span.is_whole()) {
    if (!needs_networks(unit)) return std::make_unique<TrackSource>(unit.file);
    return make_video_file_source(unit.file);
  }
  return make_span_source(unit.file,
                          {std::max(0.0, unit.span.start_s - kLeadIn_s), unit.span.end_s});
}

}  // namespace

UnitRunner::UnitRunner(ArchiveFolder folder, int threads, const std::string& version)
    : folder_(std::move(folder)), settings_(read_settings(folder_)), plan_(read_plan(folder_)) {
  ArchiveSettings now = settings_;
  now.version = version;
  complete(now, !settings_.networks.empty());
  check_is_same(settings_, now);
  settings_.landmarker.threads = threads;
  if (settings_.craft) judge_ = load_judge(*settings_.craft);
}

UnitRunner::~UnitRunner() = default;

std::optional<UnitRecord> UnitRunner::fitting_record(const ArchiveUnit& unit) const {
  auto record = record_from_json(read_if_there(folder_.record(unit.id)));
  if (record && !fits(*record, unit, settings_, folder_)) record.reset();
  return record;
}

UnitRecord UnitRunner::begun_record(const ArchiveUnit& unit) const {
  UnitRecord record;
  record.unit = unit.id;
  record.path = unit.path;
  record.span = unit.span;
  record.settings_key = settings_key(settings_, needs_networks(unit));
  record.version = settings_.version;
  if (needs_networks(unit)) record.networks = settings_.networks;
  record.host = host_name();
  return record;
}

/// Kept beside the records while the file looks the same: spans of a long video share it.
std::string UnitRunner::source_sha256(const ArchiveUnit& unit, const FileLook& look) const {
  const auto path = folder_.hashes() / unit_id(unit.path, {}, false);
  const std::string key = std::to_string(look.bytes) + " " + std::to_string(look.modified_ns) + " ";
  const std::string known = read_if_there(path);
  if (known.size() == key.size() + 64 && known.starts_with(key)) return known.substr(key.size());
  std::string hash = file_sha256(unit.file);
  if (!unit.span.is_whole()) write_by_rename(folder_, path, key + hash);
  return hash;
}

Landmarker& UnitRunner::landmarker(const ArchiveUnit& unit) {
  auto& landmarker = needs_networks(unit) ? tracking_ : blind_;
  if (!landmarker) {
    SourceDescription file;
    file.has_landmarks = !needs_networks(unit);
    landmarker = landmarker_for(file, settings_.landmarker);
  }
  landmarker->reset();
  return *landmarker;
}

UnitState UnitRunner::track(const ArchiveUnit& unit, UnitRecord& record, std::stop_token stop) {
  const auto source = source_of(unit);
  Landmarker& finder = landmarker(unit);
  const bool is_span = !unit.span.is_whole();
  UnitOutputs outputs(folder_, unit, settings_, is_span ? nullptr : judge_);
  Claim claim(folder_, unit.id);
  const Timestamp start = timestamp_from_seconds(unit.span.start_s);
  const FollowSummary summary = follow(
      *source, finder,
      [&](const FollowedFrame& followed) {
        claim.renew(followed.frame.index);
        if (followed.frame.timestamp >= start)
          outputs.add(followed.frame.index, followed.landmarks);
        return true;
      },
      {}, stop);
  if (stop.stop_requested()) return UnitState::kStopped;
  if (summary.frames == 0 && !is_span)
    throw Error(ErrorCode::kNotEnough, "the source holds no picture: " + unit.file.string());
  record.warnings = summary.warnings;
  outputs.finish(record);
  return UnitState::kDone;
}

void UnitRunner::store(UnitRecord& record) const {
  record.finished_at = utc_now();
  write_by_rename(folder_, folder_.record(record.unit), record_json(record));
}

std::vector<const ArchiveUnit*> UnitRunner::spans_of(const ArchiveUnit& whole) const {
  std::vector<const ArchiveUnit*> spans;
  for (const ArchiveUnit& unit : plan_) {
    if (unit.path == whole.path && !unit.is_joined) spans.push_back(&unit);
  }
  return spans;
}

UnitState UnitRunner::join(const ArchiveUnit& unit, UnitRecord& record) {
  const auto spans = spans_of(unit);
  std::vector<UnitRecord> records;
  for (const ArchiveUnit* span : spans) {
    auto of_span = fitting_record(*span);
    if (!of_span) return UnitState::kWaits;
    if (!of_span->is_done()) throw Error(ErrorCode::kCorrupt, of_span->failure);
    records.push_back(std::move(*of_span));
  }
  join_spans(folder_, unit, settings_, judge_, records, record);
  return UnitState::kDone;
}

const ArchiveUnit* UnitRunner::whole_of(const ArchiveUnit& span) const {
  if (span.is_joined || span.span.is_whole()) return nullptr;
  const auto is_whole = [&](const ArchiveUnit& unit) {
    return unit.is_joined && unit.path == span.path;
  };
  const auto whole = std::ranges::find_if(plan_, is_whole);
  return whole == plan_.end() ? nullptr : &*whole;
}

/// A span needs not be there once its video is joined.
std::optional<UnitRecord> UnitRunner::record_of_joined(const ArchiveUnit& span) const {
  const ArchiveUnit* whole = whole_of(span);
  auto record = whole == nullptr ? std::nullopt : fitting_record(*whole);
  if (record && !record->is_done()) record.reset();
  return record;
}

UnitResult UnitRunner::run(const ArchiveUnit& unit, std::stop_token stop) {
  for (auto record : {fitting_record(unit), record_of_joined(unit)}) {
    if (record) return {UnitState::kSkipped, std::move(*record)};
  }
  const auto begin = SteadyClock::now();
  UnitResult result{UnitState::kDone, begun_record(unit)};
  UnitRecord& record = result.record;
  try {
    if (const auto look = look_at(unit.file)) {
      record.source = *look;
      record.source_sha256 = source_sha256(unit, *look);
    }
    result.state = unit.is_joined ? join(unit, record) : track(unit, record, stop);
  } catch (const StorageProblem&) {
    throw;
  } catch (const std::exception& error) {
    if (stop.stop_requested()) return {UnitState::kStopped, record};
    record.outputs.clear();
    record.failure = error.what();
    result.state = UnitState::kFailed;
  }
  if (result.state == UnitState::kStopped || result.state == UnitState::kWaits) return result;
  record.seconds = seconds_since(begin);
  store(record);
  if (unit.is_joined && record.is_done()) remove_spans(folder_, spans_of(unit), settings_);
  // Whoever finishes the last span joins them; where two do at once, both make the same.
  if (const ArchiveUnit* whole = whole_of(unit)) run(*whole, stop);
  return result;
}

void UnitRunner::record_failure(const ArchiveUnit& unit, const std::string& reason) {
  UnitRecord record = begun_record(unit);
  record.failure = reason;
  if (const auto look = look_at(unit.file)) {
    record.source = *look;
    record.source_sha256 = file_sha256(unit.file);
  }
  store(record);
}

}  // namespace kata
