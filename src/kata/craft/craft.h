// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/repetition.h"
#include "kata/craft/records.h"

namespace kata {

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

  /// In the order in which they came in.
  std::vector<MovementSummary> movements() const;
  /// Makes a movement, or changes the description of one that is there.
  void set_movement(const std::string& name, const std::string& description);
  /// Error{kNotFound}, or {kInvalidArgument} when `to` is taken (merge_movements joins two).
  /// `renamed`: the classifier with the movement's new name, stored in the same step; without it
  /// the classifier is stale.
  void rename_movement(const std::string& from, const std::string& to,
                       const std::optional<StoredClassifier>& renamed = {});
  /// Moves all repetitions of `from` to `into` and forgets `from`. `renamed`: as above.
  void merge_movements(const std::string& from, const std::string& into,
                       const std::optional<StoredClassifier>& renamed = {});
  void set_preview(const std::string& movement, const PreviewVideo& preview);
  std::optional<PreviewVideo> preview(const std::string& movement) const;

  std::int64_t add_take(const Take& take);
  std::vector<Take> takes() const;
  /// Keeps a take as it was recorded; Error{kInvalidArgument} for more than kMaxFrames frames.
  void keep_recorded(std::int64_t take, const RecordedTake& recorded);
  /// Empty where the take was not kept, or where its times do not rise or span an hour.
  std::optional<RecordedTake> recorded(std::int64_t take) const;

  /// A repetition that is added, recut, relabelled, removed or restored makes its take a corrected
  /// one (RecordedTake); replace_repetitions() does not.
  ///
  /// Stores a repetition under its take (`repetition.take`); `id` is ignored, the new one returned.
  /// Makes the movement if it is not there. An empty person is the take's.
  std::int64_t add_repetition(const Repetition& repetition);
  std::vector<RepetitionSummary> summaries(bool with_removed = false) const;
  /// Loads one with its landmarks. Error{kNotFound}.
  Repetition repetition(std::int64_t id) const;
  /// Loads all that are not removed: the training set.
  std::vector<Repetition> repetitions() const;
  /// Gives a repetition other frames, of the same take; an imported one forgets its file's numbers.
  void recut(std::int64_t id, const std::vector<Landmarks>& frames);
  /// Drops some for good and stores others in their place, all or nothing; the new ones' ids.
  std::vector<std::int64_t> replace_repetitions(std::span<const std::int64_t> dropped,
                                                std::span<const Repetition> added);
  void relabel(std::int64_t id, Label label, const std::optional<std::string>& mistake);
  /// Who performed it; the take's person too where all its repetitions are by one then. The cut is
  /// the program's still.
  void set_person(std::int64_t id, const std::string& person);
  void remove(std::int64_t id);
  void restore(std::int64_t id);
  /// Drops removed repetitions for good and gives their space back.
  CompactSummary compact();
  /// Drops every take and repetition for good: what is left is what a learner needs, the movements
  /// with their previews and the judge.
  void forget_takes();

  /// Stores what one file held, all or nothing. Error{kInvalidArgument} when a file with the same
  /// content was imported before.
  std::vector<std::int64_t> add_import(const ImportRecord& record, const Take& take,
                                       std::span<const ImportedRepetition> repetitions);
  std::vector<ImportRecord> imports() const;
  /// What an imported repetition's file said; empty for one that was recorded.
  std::optional<OriginalNumbers> original_numbers(std::int64_t id) const;
  /// The numbers that imported repetitions had in their files, by id.
  std::map<std::int64_t, std::int64_t> imported_sequences() const;

  /// Empty until trained; kept when repetitions change later (is_stale() tells).
  std::optional<StoredClassifier> classifier() const;
  /// `taught`: what it was taught by, as it was loaded.
  void set_classifier(const StoredClassifier& classifier, std::span<const Repetition> taught);
  /// Whether there is a classifier that was taught by other repetitions than those of now: any was
  /// added, removed, restored, recut or relabelled since, or its mistake, movement or person has
  /// another name. What is taken back makes it fresh again.
  bool is_stale() const;

 private:
  struct Impl;
  explicit Craft(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
