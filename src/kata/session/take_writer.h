// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kata/craft/craft.h"
#include "kata/session/lesson.h"
#include "kata/session/preview.h"

namespace kata {

/// Pictures a second over a take of at least one frame; 0 where it has no length in time.
double frame_rate_hz(std::span<const Landmarks> frames);

/// One repetition that was cut from a take and stored.
struct TaughtRepetition {
  std::int64_t id = 0;
  Label label = Label::kCorrect;
  Timestamp start{};
  Timestamp end{};
  double start_confidence = 0;  ///< 0–1
  double end_confidence = 0;
};

/// Stores the repetitions of one take in a craft while the take grows and its cuts become better.
///
/// Nothing is written before the first repetition; the craft is made then if it is not there.
class TakeWriter {
 public:
  /// Of the description, `id` and the frame rate are found out here.
  TakeWriter(std::filesystem::path craft, Take description);

  /// Brings the craft in line with the cuts, all or nothing: a repetition that is stored already
  /// with edges within `tolerance` frames stays, one that is no longer there is dropped, a new one
  /// is added.
  void store(std::span<const Landmarks> frames, const std::vector<LessonSpan>& spans,
             std::size_t tolerance = 0);
  /// Whether store() would drop nothing that is stored.
  bool keeps_all(const std::vector<LessonSpan>& spans, std::size_t tolerance) const;
  /// Gives every movement of the take that has none a preview: its first right repetition.
  void store_previews(std::span<const Landmarks> frames, const PictureOfFrame& picture = {});

  std::int64_t take() const { return take_; }  ///< 0 before the first repetition
  bool made_craft() const { return made_craft_; }
  std::size_t size() const { return stored_.size(); }
  std::vector<TaughtRepetition> repetitions() const;

 private:
  struct Stored {
    LessonSpan what;
    TaughtRepetition repetition;
  };

  Craft open();
  void add_take(Craft& craft, std::span<const Landmarks> frames);

  std::filesystem::path path_;
  Take description_;
  std::int64_t take_ = 0;
  bool made_craft_ = false;
  std::vector<Stored> stored_;  ///< by time
};

}  // namespace kata
