// SPDX-License-Identifier: Apache-2.0
#include "kata/session/teach.h"

#include <ctime>
#include <utility>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/session/follow.h"
#include "kata/session/utc_now.h"

namespace kata {
namespace {

std::vector<Landmarks> landmarks_of_take(FrameSource& source, Landmarker& landmarker,
                                         const Progress& progress, std::stop_token stop,
                                         FollowSummary& summary) {
  std::vector<Landmarks> take;
  summary = follow(
      source, landmarker,
      [&](const FollowedFrame& followed) {
        take.push_back(followed.landmarks);
        return true;
      },
      progress, stop);
  if (stop.stop_requested() && !source.describe().is_live) {
    throw Error(ErrorCode::kCancelled, "stopped before the take was read; nothing was stored");
  }
  return take;
}

void check_somebody_is_there(const FollowSummary& summary, const std::string& name) {
  if (summary.frames == 0) {
    throw Error(ErrorCode::kNotEnough, "the source holds no picture: " + name);
  }
  if (summary.frames_with_pose + summary.frames_with_left_hand + summary.frames_with_right_hand == 0) {
    throw Error(ErrorCode::kNotEnough,
                "nobody is seen in the " + std::to_string(summary.frames) +
                    " frames; record with the whole movement in the picture and enough light: " +
                    name);
  }
}

void check_place(const std::filesystem::path& craft_path) {
  if (std::filesystem::exists(craft_path)) {
    Craft::open(craft_path);
    return;
  }
  const std::filesystem::path folder = craft_path.parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder)) {
    throw Error(ErrorCode::kNotFound,
                "the folder for the craft file is not there; make it first: " + folder.string());
  }
}

Craft open_or_create(const std::filesystem::path& path, bool& made_craft) {
  made_craft = !std::filesystem::exists(path);
  return made_craft ? Craft::create(path, {path.stem().string(), {}, {}, {}}) : Craft::open(path);
}

double duration_s(const std::vector<Landmarks>& take) {
  return seconds(take.back().timestamp - take.front().timestamp);
}

}  // namespace

void Lesson::validate() const {
  if (movement.empty()) {
    throw Error(ErrorCode::kInvalidArgument, "the movement has no name; give one with --movement");
  }
  if (mistake && label == Label::kCorrect) {
    throw Error(ErrorCode::kInvalidArgument, "a right take has no mistake; use --wrong with --mistake");
  }
}

TeachResult teach(const std::filesystem::path& craft_path, const Lesson& lesson, FrameSource& source,
                  Landmarker& landmarker, const Progress& progress, std::stop_token stop) {
  lesson.validate();
  // A craft that cannot be opened or made must be known before minutes of tracking, not after.
  check_place(craft_path);

  const SourceDescription description = source.describe();
  FollowSummary summary;
  const std::vector<Landmarks> frames =
      landmarks_of_take(source, landmarker, progress, stop, summary);
  check_somebody_is_there(summary, description.name);
  const std::vector<CutSpan> spans = cut_repetitions(frames, {lesson.expected_repetitions});
  if (spans.empty()) {
    throw Error(ErrorCode::kNotEnough,
                "no repetition was found; repeat the movement a few times, with a short rest before "
                "the first and after the last: " +
                    description.name);
  }

  TeachResult result;
  Craft craft = open_or_create(craft_path, result.made_craft);
  Take take;
  take.person = lesson.person;
  take.source = std::filesystem::path(description.name).filename().string();
  take.recorded_at = utc_now();
  const double length_s = duration_s(frames);
  take.frame_rate_hz = length_s > 0 ? static_cast<double>(frames.size() - 1) / length_s : 0;
  const std::int64_t take_id = craft.add_take(take);
  for (const CutSpan& span : spans) {
    Repetition repetition{0,           take_id,       lesson.movement, lesson.label, lesson.mistake,
                          lesson.person, {frames.begin() + static_cast<std::ptrdiff_t>(span.first),
                                          frames.begin() + static_cast<std::ptrdiff_t>(span.last) + 1}};
    result.repetitions.push_back({craft.add_repetition(repetition), repetition.frames.front().timestamp,
                                  repetition.frames.back().timestamp, span.first_confidence,
                                  span.last_confidence});
  }
  result.frames = summary.frames;
  result.warnings = std::move(summary.warnings);
  return result;
}

}  // namespace kata
