// SPDX-License-Identifier: Apache-2.0
#include "kata/progress/progress_kind.h"

#include <array>

namespace kata {
namespace {

// Blobs lie in a table of their own, and the first reason's joint beside the verdict, so that a
// trend over 100,000 repetitions reads one table.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE sitting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  learner TEXT NOT NULL,
  craft TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX sitting_learner ON sitting (learner, craft);
CREATE TABLE repetition (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sitting INTEGER NOT NULL REFERENCES sitting (id) ON DELETE CASCADE,
  movement TEXT NOT NULL,
  verdict INTEGER NOT NULL CHECK (verdict IN (0, 1, 2)),
  mark INTEGER NOT NULL CHECK (mark BETWEEN 0 AND 100),
  confidence REAL NOT NULL,
  distance REAL NOT NULL,
  mistake TEXT,
  joint TEXT,
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL,
  lesson_set INTEGER NOT NULL CHECK (lesson_set >= 0),
  with_help INTEGER NOT NULL CHECK (with_help IN (0, 1)),
  confirmed INTEGER CHECK (confirmed IN (0, 1))
) STRICT;
CREATE INDEX repetition_sitting ON repetition (sitting, movement);
CREATE TABLE reason (
  repetition INTEGER NOT NULL REFERENCES repetition (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  joint TEXT NOT NULL,
  text TEXT NOT NULL,
  phase_begin REAL NOT NULL,
  phase_end REAL NOT NULL,
  body_units REAL NOT NULL,
  angle_rad REAL NOT NULL,
  weight REAL NOT NULL,
  PRIMARY KEY (repetition, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE landmarks (
  repetition INTEGER PRIMARY KEY REFERENCES repetition (id) ON DELETE CASCADE,
  frames BLOB NOT NULL
) STRICT;
)sql";

constexpr std::array kSteps = {kVersion1};
constexpr std::array kListed = {"sitting", "repetition", "reason"};
constexpr std::int32_t kApplicationId = 0x4B505247;  // "KPRG"

}  // namespace

const FileKind& progress_kind() {
  static constexpr FileKind kKind = {kApplicationId, "progress", ".db",
                                     kSteps,         kListed,    "repetition"};
  return kKind;
}

}  // namespace kata
