// SPDX-License-Identifier: Apache-2.0
// Studio: the repetitions of a craft, and the takes they are cut from.

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "kata/core/error.h"
#include "kata/motion/repetition_cut.h"
#include "kata/session/studio.h"
#include "kata/session/utc_now.h"

namespace kata {
namespace {

constexpr std::size_t kRememberedTakes = 6;  // a take of five minutes is about 20 MB
constexpr std::size_t kMotionBins = 240;
constexpr std::size_t kLongestName = 80;
constexpr std::size_t kFewestFrames = 3;

void check_lesson(const Lesson& lesson) {
  lesson.validate();
  if (lesson.movement.size() > kLongestName || lesson.person.size() > kLongestName ||
      (lesson.mistake && lesson.mistake->size() > kLongestName)) {
    throw Error(ErrorCode::kInvalidArgument, "the name of the movement, the person or the mistake is too long");
  }
}

template <typename Points>
double moved(const Points& before, const Points& after, std::size_t first, std::size_t last, double aspect) {
  double sum = 0;
  for (std::size_t i = first; i <= last; ++i) {
    sum += std::hypot((after[i].x - before[i].x) * aspect, after[i].y - before[i].y);
  }
  return sum / static_cast<double>(last - first + 1);
}

/// How fast arms, hips and hands move between two pictures, in picture heights a second.
double motion_between(const Landmarks& before, const Landmarks& after) {
  const double gap_s = seconds(after.timestamp - before.timestamp);
  if (gap_s <= 0) return 0;
  const double aspect = after.image_height > 0
                            ? static_cast<double>(after.image_width) / after.image_height
                            : 4.0 / 3.0;
  double sum = 0;
  if (before.pose && after.pose) sum += moved(before.pose->points, after.pose->points, 11, 28, aspect);
  for (const Side side : {Side::kLeft, Side::kRight}) {
    if (before.hand(side) && after.hand(side)) {
      sum += moved(before.hand(side)->points, after.hand(side)->points, 0, kHandPoints - 1, aspect);
    }
  }
  return sum / gap_s;
}

std::vector<float> motion_curve(const std::vector<Landmarks>& frames) {
  std::vector<float> curve(std::min(kMotionBins, frames.size()), 0.0F);
  if (frames.size() < 2) return curve;
  const double start_s = seconds(frames.front().timestamp);
  const double length_s = std::max(1e-6, seconds(frames.back().timestamp) - start_s);
  std::vector<int> counts(curve.size(), 0);
  for (std::size_t i = 1; i < frames.size(); ++i) {
    const double share = (seconds(frames[i].timestamp) - start_s) / length_s;
    const auto bin = std::min(curve.size() - 1, static_cast<std::size_t>(share * static_cast<double>(curve.size())));
    curve[bin] += static_cast<float>(motion_between(frames[i - 1], frames[i]));
    ++counts[bin];
  }
  for (std::size_t bin = 0; bin < curve.size(); ++bin) {
    if (counts[bin] > 0) {
      curve[bin] /= static_cast<float>(counts[bin]);
    } else if (bin > 0) {
      curve[bin] = curve[bin - 1];
    }
  }
  return curve;
}

double frame_rate_hz(const std::vector<Landmarks>& frames) {
  const double length_s = seconds(frames.back().timestamp - frames.front().timestamp);
  return length_s > 0 ? static_cast<double>(frames.size() - 1) / length_s : 0;
}

void check_cuttable(const std::vector<Landmarks>& frames) {
  if (frames.size() < kFewestFrames) {
    throw Error(ErrorCode::kNotEnough, "the take is too short; nothing was stored");
  }
  if (std::ranges::all_of(frames, &Landmarks::is_empty)) {
    throw Error(ErrorCode::kNotEnough,
                "nobody was seen in the take; record with the whole movement in the picture and enough light");
  }
}

std::vector<Landmarks> frames_between(const std::vector<Landmarks>& frames, Timestamp start, Timestamp end) {
  std::vector<Landmarks> kept;
  for (const Landmarks& frame : frames) {
    if (frame.timestamp >= start && frame.timestamp <= end) kept.push_back(frame);
  }
  return kept;
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
    throw Error(ErrorCode::kInvalidArgument, "a mistake has a name of up to 80 letters and belongs to a wrong repetition");
  }
  const std::lock_guard lock(mutex_);
  Craft::open(folder_.path(id)).relabel(repetition, label, mistake);
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

RepetitionSummary Studio::move_edges(std::string_view id, std::int64_t repetition, Timestamp start, Timestamp end) {
  check_writable();
  const std::lock_guard lock(mutex_);
  Craft craft = Craft::open(folder_.path(id));
  Repetition moved = craft.repetition(repetition);
  const RecordedTake* recorded = remembered(id, moved.take);
  moved.frames = frames_between(recorded != nullptr ? recorded->frames : moved.frames, start, end);
  if (moved.frames.size() < kFewestFrames) {
    throw Error(ErrorCode::kInvalidArgument, "too little of the take lies between these edges");
  }
  // The new one first: whatever happens in between, no repetition is lost.
  const std::int64_t added = craft.add_repetition(moved);
  craft.remove(repetition);
  return summary_of(craft, added);
}

std::unique_ptr<TakeJournal> Studio::begin_take(std::string_view id, const Lesson& lesson) {
  check_writable();
  check_lesson(lesson);
  const std::lock_guard lock(mutex_);
  folder_.path(id);  // a craft that is not there must be known before the take
  return std::make_unique<TakeJournal>(folder_.folder(), id, lesson, utc_now());
}

TakeView Studio::store_take(std::string_view id, const Lesson& lesson, std::vector<Landmarks> frames,
                            std::string_view recorded_at) {
  check_writable();
  check_lesson(lesson);
  check_cuttable(frames);
  const std::vector<CutSpan> spans = cut_repetitions(frames, {lesson.expected_repetitions});
  if (spans.empty()) {
    throw Error(ErrorCode::kNotEnough,
                "no repetition was found; repeat the movement a few times, with a short rest before the first and after the last");
  }
  const std::lock_guard lock(mutex_);
  Craft craft = Craft::open(folder_.path(id));
  Take take;
  take.person = lesson.person;
  take.source = "browser";
  take.recorded_at = recorded_at;
  take.frame_rate_hz = frame_rate_hz(frames);
  RecordedTake recorded{std::string(id), craft.add_take(take), std::move(frames)};
  for (const CutSpan& span : spans) {
    const auto begin = recorded.frames.begin();
    craft.add_repetition({0, recorded.take, lesson.movement, lesson.label, lesson.mistake, lesson.person,
                          {begin + static_cast<std::ptrdiff_t>(span.first), begin + static_cast<std::ptrdiff_t>(span.last) + 1}});
  }
  recorded_.push_front(std::move(recorded));
  if (recorded_.size() > kRememberedTakes) recorded_.pop_back();
  return view_of(recorded_.front());
}

TakeView Studio::take(std::string_view id, std::int64_t take) {
  const std::lock_guard lock(mutex_);
  const RecordedTake* recorded = remembered(id, take);
  if (recorded == nullptr) throw Error(ErrorCode::kNotFound, "this take is no longer remembered");
  return view_of(*recorded);
}

const Studio::RecordedTake* Studio::remembered(std::string_view id, std::int64_t take) const {
  const auto found = std::ranges::find_if(
      recorded_, [&](const RecordedTake& each) { return each.craft == id && each.take == take; });
  return found == recorded_.end() ? nullptr : &*found;
}

TakeView Studio::view_of(const RecordedTake& recorded) {
  TakeView view;
  view.take = recorded.take;
  view.start = recorded.frames.front().timestamp;
  view.end = recorded.frames.back().timestamp;
  view.motion = motion_curve(recorded.frames);
  for (RepetitionSummary& summary : Craft::open(folder_.path(recorded.craft), Craft::Access::kRead).summaries()) {
    if (summary.take == recorded.take) view.repetitions.push_back(std::move(summary));
  }
  std::ranges::sort(view.repetitions, {}, &RepetitionSummary::start);
  return view;
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
      if (each.take == stored.id && each.movement == take.lesson.movement && has_frame_at(each.start) && has_frame_at(each.end)) {
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
          store_take(take.craft, take.lesson, std::move(take.frames), take.recorded_at).repetitions.size());
    } catch (const Error& error) {
      // Nothing to cut in it: it goes. Anything else, such as a locked file: the next start tries again.
      if (error.code() != ErrorCode::kNotEnough) continue;
    }
    std::error_code ignored;
    std::filesystem::remove(take.path, ignored);
  }
}

}  // namespace kata
