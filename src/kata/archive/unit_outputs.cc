// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/unit_outputs.h"

#include <utility>

#include "kata/show/track_format.h"
#include "kata/show/watch_format.h"

namespace kata {

std::filesystem::path output_path(const ArchiveFolder& folder, const ArchiveUnit& unit,
                                  const std::string& ending, bool is_packed) {
  const bool is_span = !unit.is_joined && !unit.span.is_whole();
  const std::filesystem::path base =
      is_span ? folder.state() / "spans" / unit.id : folder.out() / unit.path;
  return base.string() + ending + (is_packed ? ".gz" : "");
}

UnitOutputs::UnitOutputs(const ArchiveFolder& folder, const ArchiveUnit& unit,
                         const ArchiveSettings& settings, std::shared_ptr<const Judge> judge) {
  const bool is_packed = settings.is_packed;
  const auto place = [&](std::string_view ending) {
    return output_path(folder, unit, std::string(ending), is_packed);
  };
  const bool is_track = !needs_networks(unit);
  if (settings.with_jsonl && !is_track)
    lines_ = std::make_unique<ResultFile>(folder, place(kLinesEnding), is_packed);
  if (settings.with_csv && !is_track)
    table_ = std::make_unique<ResultFile>(folder, place(kTableEnding), is_packed);
  if (table_) table_->write_line(track_csv_header());
  if (!judge) return;
  verdicts_ = std::make_unique<ResultFile>(
      folder, place(std::string(kVerdictsEnding) + std::string(kLinesEnding)), is_packed);
  SittingOptions options;
  options.swap_sides = settings.swap_sides;
  options.strategy = settings.strategy;
  options.with_ghost = false;
  sitting_.emplace(std::move(judge), options);
}

void UnitOutputs::write(const std::vector<Verdict>& verdicts) {
  for (const Verdict& verdict : verdicts) verdicts_->write_line(watch_json(verdict));
  verdict_count_ += static_cast<int>(verdicts.size());
}

void UnitOutputs::add(std::int64_t frame, const Landmarks& landmarks) {
  ++frames_;
  frames_with_pose_ += landmarks.pose.has_value() ? 1 : 0;
  frames_with_left_hand_ += landmarks.left_hand.has_value() ? 1 : 0;
  frames_with_right_hand_ += landmarks.right_hand.has_value() ? 1 : 0;
  if (lines_) lines_->write_line(track_json(frame, landmarks));
  if (table_) table_->write_line(track_csv_row(landmarks));
  if (sitting_) write(sitting_->step(landmarks));
}

void UnitOutputs::finish(UnitRecord& record) {
  if (sitting_) write(sitting_->finish());
  record.verdicts = verdict_count_;
  record.frames = frames_;
  record.frames_with_pose = frames_with_pose_;
  record.frames_with_left_hand = frames_with_left_hand_;
  record.frames_with_right_hand = frames_with_right_hand_;
  for (const auto& file : {lines_.get(), table_.get(), verdicts_.get()}) {
    if (file != nullptr) record.outputs.push_back(file->finish());
  }
  for (const auto& file : {lines_.get(), table_.get(), verdicts_.get()}) {
    if (file != nullptr) file->publish();
  }
}

}  // namespace kata
