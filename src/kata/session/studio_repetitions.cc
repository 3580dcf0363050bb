// SPDX-License-Identifier: Apache-2.0
// Studio: the repetitions of a craft, and the takes they are cut from.

#include <algorithm>
#include <utility>

#include "kata/core/error.h"
#include "kata/motion/seen_part.h"
#include "kata/session/motion_curve.h"
#include "kata/session/studio.h"
#include "kata/session/take_agreement.h"
#include "kata/session/take_writer.h"
#include "kata/session/utc_now.h"

namespace kata {
namespace {

constexpr std::size_t kMotionBins = 240;
constexpr std::size_t kLongestName = 80;
constexpr std::size_t kFewestFrames = 3;

std::vector<Landmarks> frames_between(const std::vector<Landmarks>& frames, Timestamp start,
                                      Timestamp end) {
  std::vector<Landmarks> kept;
  for (const Landmarks& frame : frames) {
    if (frame.timestamp >= start && frame.timestamp <= end) kept.push_back(frame);
  }
  const auto seen = seen_part(kept);
  return {seen.begin(), seen.end()};
}

TakeView view_of(const std::filesystem::path& craft, std::int64_t take,
                 std::span<const Landmarks> frames) {
  TakeView view;
  view.take = take;
  view.start = frames.front().timestamp;
  view.end = frames.back().timestamp;
  view.motion = motion_curve(frames, kMotionBins);
  for (RepetitionSummary& summary : Craft::open(craft, Craft::Access::kRead).summaries()) {
    if (summary.take == take) view.repetitions.push_back(std::move(summary));
  }
  std::ranges::sort(view.repetitions, {}, &RepetitionSummary::start);
  return view;
}

RepetitionSummary summary_of(const Craft& craft, std::int64_t id) {
  for (RepetitionSummary& summary : craft.summaries(true)) {
    if (summary.id == id) return summary;
  }
  throw Error(ErrorCode::kNotFound, "there is no such repetition");
}

}  // namespace

Repetition Studio::repetition(std::string_view id, std::int64_t repetition) {
  const std::lock_guard lock(mutex_);
  return Craft::open(folder_.path(id), Craft::Access::kRead).repetition(repetition);
}

void Studio::relabel(std::string_view id, std::int64_t repetition, Label label,
                     const std::optional<std::string>& mistake) {
  check_writable();
  if (mistake && (label == Label::kCorrect || mistake->empty() || mistake->size() > kLongestName)) {
    throw Error(ErrorCode::kInvalidArgument,
                "a mistake has a name of up to 80 letters and belongs to a wrong repetition");
  }
  const std::lock_guard lock(mutex_);
  Craft::open(folder_.path(id)).relabel(repetition, label, mistake);
}

void Studio::set_person(std::string_view id, std::int64_t repetition, const std::string& person) {
  check_writable();
  if (person.size() > kLongestName) {
    throw Error(ErrorCode::kInvalidArgument, "a person has a name of up to 80 letters");
  }
  const std::lock_guard lock(mutex_);
  Craft::open(folder_.path(id)).set_person(repetition, person);
}

void Studio::remove_repetition(std::string_view id, std::int64_t repetition) {
  check_writable();
  const std::lock_guard lock(mutex_);
  Craft::open(folder_.path(id)).remove(repetition);
}

void Studio::restore_repetition(std::string_view id, std::int64_t repetition) {
  check_writable();
  const std::lock_guard lock(mutex_);
  Craft::open(folder_.path(id)).restore(repetition);
}

RepetitionSummary Studio::move_edges(std::string_view id, std::int64_t repetition, Timestamp start,
                                     Timestamp end) {
  check_writable();
  const std::lock_guard lock(mutex_);
  Craft craft = Craft::open(folder_.path(id));
  Repetition moved = craft.repetition(repetition);
  const std::optional<RecordedTake> recorded = craft.recorded(moved.take);
  moved.frames = frames_between(recorded ? recorded->frames : moved.frames, start, end);
  if (moved.frames.size() < kFewestFrames) {
    throw Error(ErrorCode::kInvalidArgument,
                "too little of the take lies between these edges, or nobody is seen there");
  }
  // The new one first: whatever happens in between, no repetition is lost.
  const std::int64_t added = craft.add_repetition(moved);
  craft.remove(repetition);
  return summary_of(craft, added);
}

std::unique_ptr<TakeJournal> Studio::begin_take(std::string_view id, const Lesson& lesson) {
  check_writable();
  lesson.validate();
  const std::lock_guard lock(mutex_);
  check_has_room(folder_.path(id));  // what cannot be stored must be known before the take
  return std::make_unique<TakeJournal>(folder_.folder(), id, lesson, utc_now());
}

TakeView Studio::store_take(std::string_view id, const Lesson& lesson,
                            std::vector<Landmarks> frames, std::string_view recorded_at) {
  check_writable();
  lesson.validate();
  std::vector<std::vector<Landmarks>> known;
  {
    const std::lock_guard lock(mutex_);
    known = known_repetitions(folder_.path(id), lesson.movement);
  }
  const std::vector<LessonSpan> spans = cut_lesson(frames, lesson, {}, known);
  const std::lock_guard lock(mutex_);
  Take description;
  description.person = lesson.person;
  description.source = "browser";
  description.recorded_at = recorded_at;
  TakeWriter writer(folder_.path(id), description);
  writer.store(frames, spans);
  const auto takes_cut_anew =
      agree_with_earlier_takes(folder_.path(id), lesson, frames, false, spans, writer);
  writer.store_previews(frames);
  TakeView view = view_of(folder_.path(id), writer.take(), frames);
  view.takes_cut_anew = takes_cut_anew;
  return view;
}

TakeView Studio::take(std::string_view id, std::int64_t take) {
  const std::lock_guard lock(mutex_);
  const std::optional<RecordedTake> recorded =
      Craft::open(folder_.path(id), Craft::Access::kRead).recorded(take);
  if (!recorded) throw Error(ErrorCode::kNotFound, "this take was not kept as it was recorded");
  return view_of(folder_.path(id), take, recorded->frames);
}

/// Removes what was stored of a take before its storing was itself interrupted.
void Studio::take_back(const InterruptedTake& take) {
  const auto has_frame_at = [&](Timestamp time) {
    return std::ranges::find(take.frames, time, &Landmarks::timestamp) != take.frames.end();
  };
  Craft craft = Craft::open(folder_.path(take.craft));
  for (const Take& stored : craft.takes()) {
    if (stored.recorded_at != take.recorded_at || stored.person != take.lesson.person) continue;
    for (const RepetitionSummary& each : craft.summaries()) {
      if (each.take == stored.id && each.movement == take.lesson.movement &&
          has_frame_at(each.start) && has_frame_at(each.end)) {
        craft.remove(each.id);
      }
    }
  }
}

void Studio::recover() {
  for (InterruptedTake& take : interrupted_takes(folder_.folder())) {
    try {
      take_back(take);
      recovered_ += static_cast<int>(
          store_take(take.craft, take.lesson, std::move(take.frames), take.recorded_at)
              .repetitions.size());
    } catch (const Error& error) {
      // Nothing to cut in it: it goes. Anything else, such as a locked file: the next start tries
      // again.
      if (error.code() != ErrorCode::kNotEnough) continue;
    }
    std::error_code ignored;
    std::filesystem::remove(take.path, ignored);
  }
}

}  // namespace kata
