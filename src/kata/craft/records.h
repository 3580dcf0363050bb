// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kata/core/repetition.h"

namespace kata {

/// What a craft says of itself; free text of the teacher's.
struct CraftTitle {
  std::string name;
  std::string description;
  std::string author;
  std::string price_note;
};

/// One recording session: who, when, from what.
struct Take {
  std::int64_t id = 0;
  std::string person;
  std::string source;       ///< file name or "camera 0"; never a full path
  std::string recorded_at;  ///< ISO 8601, UTC
  double frame_rate_hz = 0;
  bool is_mirrored = false;
};

/// A take as it was recorded, out of which its repetitions can be cut anew.
struct RecordedTake {
  std::vector<Landmarks> frames;
  std::optional<int> expected_repetitions;  ///< what the teacher said
  bool goes_on = false;                     ///< after those: ended while a movement was under way
  bool is_corrected = false;                ///< somebody changed a repetition of it since
};

/// One movement of a craft and how many repetitions it has, removed ones not counted.
struct MovementSummary {
  std::string name;
  std::string description;
  int correct = 0;
  int incorrect = 0;
  bool has_preview = false;
};

/// A small video that shows a movement, as its container's bytes.
struct PreviewVideo {
  std::string media_type;  ///< "video/mp4"
  std::string bytes;       ///< at most kMaxPreviewBytes
};
inline constexpr std::size_t kMaxPreviewBytes = 16U << 20U;

/// A repetition without its landmarks: cheap to list by the thousand.
struct RepetitionSummary {
  std::int64_t id = 0;
  std::int64_t take = 0;
  std::string movement;
  Label label = Label::kCorrect;
  std::optional<std::string> mistake;
  std::string person;
  Timestamp start{};
  Timestamp end{};
  int frames = 0;
  bool is_removed = false;  ///< removed, but not yet compacted away
};

/// The trained judge as stored, opaque here.
struct StoredClassifier {
  std::string bytes;
  std::string report_json;
  std::string trained_at;  ///< ISO 8601, UTC
};

/// What compacting dropped.
struct CompactSummary {
  int repetitions = 0;
  std::int64_t bytes = 0;  ///< by which the file became smaller
};

/// A file that was imported; its content's hash says when it comes a second time.
struct ImportRecord {
  std::string sha256;       ///< 64 hexadecimal digits
  std::string source;       ///< file name, never a full path
  std::string imported_at;  ///< ISO 8601, UTC
};

/// What an imported file said beyond the landmarks, for a loss-free export.
struct OriginalNumbers {
  std::int64_t sequence = 0;  ///< the repetition's number in the file
  std::string layout;         ///< name of the row layout (row_layout.h)
  std::size_t frames = 0;
  std::vector<double> values;  ///< frames × values of a row; empty where 32-bit landmarks hold them
};

/// A repetition as an import found it.
struct ImportedRepetition {
  Repetition repetition;  ///< `id` and `take` are ignored
  std::optional<OriginalNumbers> original;
};

}  // namespace kata
