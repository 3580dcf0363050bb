// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/migrations.h"

#include <array>
#include <cstdint>

namespace kata {
namespace {

// Blobs live in tables of their own, so that listing thousands of repetitions reads none of them.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE craft (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  author TEXT NOT NULL,
  price_note TEXT NOT NULL
) STRICT;
CREATE TABLE movement (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  description TEXT NOT NULL
) STRICT;
CREATE TABLE preview (
  movement INTEGER PRIMARY KEY REFERENCES movement (id) ON DELETE CASCADE,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE take (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person TEXT NOT NULL,
  source TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  frame_rate_hz REAL NOT NULL,
  is_mirrored INTEGER NOT NULL CHECK (is_mirrored IN (0, 1))
) STRICT;
CREATE TABLE repetition (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  take INTEGER NOT NULL REFERENCES take (id),
  movement INTEGER NOT NULL REFERENCES movement (id),
  is_correct INTEGER NOT NULL CHECK (is_correct IN (0, 1)),
  mistake TEXT,
  person TEXT NOT NULL,
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL,
  frames INTEGER NOT NULL CHECK (frames > 0),
  is_removed INTEGER NOT NULL DEFAULT 0 CHECK (is_removed IN (0, 1))
) STRICT;
CREATE TABLE landmarks (
  repetition INTEGER PRIMARY KEY REFERENCES repetition (id) ON DELETE CASCADE,
  frames BLOB NOT NULL
) STRICT;
CREATE TABLE original_numbers (
  repetition INTEGER PRIMARY KEY REFERENCES repetition (id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  layout TEXT NOT NULL,
  frames INTEGER NOT NULL,
  doubles BLOB NOT NULL
) STRICT;
CREATE TABLE imported_file (
  sha256 TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  imported_at TEXT NOT NULL
) STRICT;
CREATE TABLE classifier (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  bytes BLOB NOT NULL,
  report_json TEXT NOT NULL,
  trained_at TEXT NOT NULL
) STRICT;
)sql";

/// The takes as they were recorded, so that repetitions can be cut anew out of them.
constexpr const char* kVersion2 = R"sql(
CREATE TABLE recorded_take (
  take INTEGER PRIMARY KEY REFERENCES take (id) ON DELETE CASCADE,
  expected_repetitions INTEGER CHECK (expected_repetitions > 0),
  goes_on INTEGER NOT NULL CHECK (goes_on IN (0, 1)),
  is_corrected INTEGER NOT NULL CHECK (is_corrected IN (0, 1)),
  frames BLOB NOT NULL
) STRICT;
)sql";

/// What the judge was taught by, to tell whether it has changed since. A craft that was trained
/// before counts as it is now, unless a take came after the training.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE taught (
  take INTEGER NOT NULL,
  movement TEXT NOT NULL,
  is_correct INTEGER NOT NULL CHECK (is_correct IN (0, 1)),
  mistake TEXT,
  person TEXT NOT NULL,
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL,
  frames INTEGER NOT NULL CHECK (frames > 0)
) STRICT;
INSERT INTO taught
  SELECT r.take, m.name, r.is_correct, r.mistake, r.person, r.start_us, r.end_us, r.frames
  FROM repetition AS r JOIN movement AS m ON m.id = r.movement
  WHERE r.is_removed = 0 AND EXISTS (SELECT 1 FROM classifier)
    AND NOT EXISTS (SELECT 1 FROM take, classifier WHERE take.recorded_at > classifier.trained_at);
)sql";

constexpr std::array kSteps = {kVersion1, kVersion2, kVersion3};
constexpr std::array kListed = {"craft", "movement", "take", "repetition", "imported_file"};
constexpr std::int32_t kApplicationId = 0x4B415441;  // "KATA"

}  // namespace

const FileKind& craft_kind() {
  static constexpr FileKind kKind = {kApplicationId, "craft", ".kata",
                                     kSteps,         kListed, "repetition"};
  return kKind;
}

}  // namespace kata
