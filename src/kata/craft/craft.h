// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
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

/// A craft file (*.kata): takes, repetitions and the trained classifier in one SQLite file.
///
/// Every change is committed when the call returns; a crash loses at most the call under way.
/// All calls throw Error: kNotFound, kCorrupt (not a craft, damaged), kUnsupported (made by a newer
/// version), kUnavailable (locked by another program), kIo (disk full, read-only).
class Craft {
 public:
  enum class Access { kRead, kWrite };
  /// Makes a new file; Error{kInvalidArgument} if there is one already.
  static Craft create(const std::filesystem::path& path, const CraftTitle& title);
  static Craft open(const std::filesystem::path& path, Access access = Access::kWrite);
  ~Craft();
  Craft(Craft&&) noexcept;
  Craft& operator=(Craft&&) noexcept;

  CraftTitle title() const;
  void set_title(const CraftTitle& title);

  std::int64_t add_take(const Take& take);
  std::vector<Take> takes() const;

  /// Stores a repetition under its take (`repetition.take`); `id` is ignored, the new one returned.
  std::int64_t add_repetition(const Repetition& repetition);
  std::vector<RepetitionSummary> summaries(bool with_removed = false) const;
  /// Loads one with its landmarks. Error{kNotFound}.
  Repetition repetition(std::int64_t id) const;
  /// Loads all that are not removed: the training set.
  std::vector<Repetition> repetitions() const;
  void relabel(std::int64_t id, Label label, const std::optional<std::string>& mistake);
  void remove(std::int64_t id);
  void restore(std::int64_t id);

  /// Empty until trained; kept when repetitions change later (`trained_at` tells).
  std::optional<StoredClassifier> classifier() const;
  void set_classifier(const StoredClassifier& classifier);

 private:
  struct Impl;
  explicit Craft(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
