// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/join_spans.h"

#include <system_error>

#include "kata/archive/unit_outputs.h"
#include "kata/core/error.h"
#include "kata/craft/packed_lines.h"
#include "kata/session/track_reader.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

/// The span's file of one kind.
fs::path file_of(const ArchiveFolder& folder, const UnitRecord& span, std::string_view ending) {
  for (const ArchiveOutput& output : span.outputs) {
    if (output.path.find(ending) != std::string::npos) return folder.out() / output.path;
  }
  throw Error(ErrorCode::kCorrupt, "a span of this video has no result: " + span.path);
}

void join_lines(const ArchiveFolder& folder, const ArchiveUnit& whole, std::string_view ending,
                bool is_packed, const std::vector<UnitRecord>& spans, UnitRecord& record) {
  const bool has_header = ending == kTableEnding;
  ResultFile joined(folder, output_path(folder, whole, std::string(ending), is_packed), is_packed);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    PackedLines lines(file_of(folder, spans[i], ending));
    while (lines.next()) {
      if (!has_header || lines.number() > 1 || i == 0) joined.write_line(lines.line());
    }
  }
  record.outputs.push_back(joined.finish());
  joined.publish();
}

/// Watches the track that was joined.
void watch_joined(const ArchiveFolder& folder, const ArchiveUnit& whole,
                  const ArchiveSettings& settings, const std::shared_ptr<const Judge>& judge,
                  UnitRecord& record) {
  ArchiveUnit track = whole;
  track.file = folder.out() / record.outputs.front().path;
  UnitOutputs outputs(folder, track, settings, judge);
  TrackReader reader(track.file);
  for (std::int64_t frame = 0; const auto landmarks = reader.next(); ++frame)
    outputs.add(frame, *landmarks);
  outputs.finish(record);
}

}  // namespace

void join_spans(const ArchiveFolder& folder, const ArchiveUnit& whole,
                const ArchiveSettings& settings, const std::shared_ptr<const Judge>& judge,
                const std::vector<UnitRecord>& spans, UnitRecord& record) {
  for (const UnitRecord& span : spans) {
    record.frames += span.frames;
    record.frames_with_pose += span.frames_with_pose;
    record.frames_with_left_hand += span.frames_with_left_hand;
    record.frames_with_right_hand += span.frames_with_right_hand;
    for (const std::string& warning : span.warnings) record.warnings.push_back(warning);
  }
  if (record.frames == 0)
    throw Error(ErrorCode::kNotEnough, "the source holds no picture: " + whole.file.string());
  if (settings.with_jsonl)
    join_lines(folder, whole, kLinesEnding, settings.is_packed, spans, record);
  if (settings.with_csv) join_lines(folder, whole, kTableEnding, settings.is_packed, spans, record);
  if (judge) watch_joined(folder, whole, settings, judge, record);
}

void remove_spans(const ArchiveFolder& folder, const std::vector<const ArchiveUnit*>& spans,
                  const ArchiveSettings& settings) {
  for (const ArchiveUnit* span : spans) {
    for (const std::string_view ending : {kLinesEnding, kTableEnding}) {
      std::error_code ignored;
      fs::remove(output_path(folder, *span, std::string(ending), settings.is_packed), ignored);
    }
  }
}

}  // namespace kata
