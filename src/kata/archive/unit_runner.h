// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/archive/plan.h"
#include "kata/archive/record.h"
#include "kata/landmark/landmarker.h"
#include "kata/learn/judge.h"

namespace kata {

enum class UnitState {
  kSkipped,  ///< its record is there and fits
  kDone,
  kFailed,   ///< its record says why
  kWaits,    ///< a whole whose spans are not all done
  kStopped,  ///< on request; nothing was stored
};

struct UnitResult {
  UnitState state = UnitState::kDone;
  UnitRecord record;  ///< of what was done or failed, or is there already
};

/// Does units of an archive, one after the other, with the same networks and craft.
class UnitRunner {
 public:
  /// `threads` are for the networks. Throws Error{kUnsupported} where the archive was planned with
  /// another version, other networks, or a craft that has changed since.
  UnitRunner(ArchiveFolder folder, int threads, const std::string& version);
  ~UnitRunner();
  UnitRunner(const UnitRunner&) = delete;
  UnitRunner& operator=(const UnitRunner&) = delete;

  const std::vector<ArchiveUnit>& plan() const { return plan_; }
  const ArchiveSettings& settings() const { return settings_; }

  /// What goes wrong with the video is a result. Throws StorageProblem when nothing can be stored.
  UnitResult run(const ArchiveUnit& unit, std::stop_token stop);
  /// Records that a unit failed for a reason that only others can know (its process died).
  void record_failure(const ArchiveUnit& unit, const std::string& reason);

 private:
  std::optional<UnitRecord> fitting_record(const ArchiveUnit& unit) const;
  UnitRecord begun_record(const ArchiveUnit& unit) const;
  UnitState track(const ArchiveUnit& unit, UnitRecord& record, std::stop_token stop);
  UnitState join(const ArchiveUnit& unit, UnitRecord& record);
  std::vector<const ArchiveUnit*> spans_of(const ArchiveUnit& whole) const;
  const ArchiveUnit* whole_of(const ArchiveUnit& span) const;
  std::optional<UnitRecord> record_of_joined(const ArchiveUnit& span) const;
  Landmarker& landmarker(const ArchiveUnit& unit);
  std::string source_sha256(const ArchiveUnit& unit, const FileLook& look) const;
  void store(UnitRecord& record) const;

  ArchiveFolder folder_;
  ArchiveSettings settings_;
  std::vector<ArchiveUnit> plan_;
  std::shared_ptr<const Judge> judge_;
  std::unique_ptr<Landmarker> tracking_;
  std::unique_ptr<Landmarker> blind_;
};

}  // namespace kata
