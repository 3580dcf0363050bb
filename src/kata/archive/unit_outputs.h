// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "kata/archive/plan.h"
#include "kata/archive/record.h"
#include "kata/archive/result_file.h"
#include "kata/learn/judge.h"
#include "kata/session/sitting.h"

namespace kata {

/// Turns the landmarks of a unit, frame by frame, into its files.
class UnitOutputs {
 public:
  /// `judge` may be null: nobody is watched.
  UnitOutputs(const ArchiveFolder& folder, const ArchiveUnit& unit, const ArchiveSettings& settings,
              std::shared_ptr<const Judge> judge);

  void add(std::int64_t frame, const Landmarks& landmarks);
  /// Gives the files their names and notes them, and what was seen, in the record.
  void finish(UnitRecord& record);

 private:
  void write(const std::vector<Verdict>& verdicts);

  std::unique_ptr<ResultFile> lines_;
  std::unique_ptr<ResultFile> table_;
  std::unique_ptr<ResultFile> verdicts_;
  std::optional<Sitting> sitting_;
  int verdict_count_ = 0;
  std::int64_t frames_ = 0;
  std::int64_t frames_with_pose_ = 0;
  std::int64_t frames_with_left_hand_ = 0;
  std::int64_t frames_with_right_hand_ = 0;
};

/// Where a unit's track of a kind lies, under the archive's folder. Spans lie in the state's folder
/// until they are joined.
std::filesystem::path output_path(const ArchiveFolder& folder, const ArchiveUnit& unit,
                                  const std::string& ending, bool is_packed);

}  // namespace kata
