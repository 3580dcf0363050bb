// SPDX-License-Identifier: Apache-2.0
#include "kata/session/teach.h"

#include <cmath>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/craft/craft_size.h"
#include "kata/session/countdown.h"
#include "kata/session/take_recorder.h"

namespace kata {
namespace {

constexpr double kFewestShare = 0.4;  // of a camera's pictures
/// Looked at longer after the last repetition: a take that shows how the movement comes to rest is
/// cut better (105 of 120 begun anywhere in five movements against 90).
constexpr double kRest_s = 1.5;

/// A craft that cannot be opened or made must be known before minutes of tracking, not after.
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
  // Whether it can be written is known only by writing: made, and gone again.
  Craft::create(craft_path, {craft_path.stem().string(), {}, {}, {}});
  std::error_code ignored;
  std::filesystem::remove(craft_path, ignored);
}

/// Follows one source into a recorder: countdown, recording, end.
class TakeSession {
 public:
  TakeSession(TakeRecorder& recorder, const Lesson& lesson, const TeachOptions& options,
              bool is_live)
      : recorder_(recorder),
        lesson_(lesson),
        options_(options),
        is_live_(is_live),
        countdown_(is_live ? options.countdown_s : 0) {}

  /// All repetitions asked for have been done and seen.
  bool is_counted() const {
    return is_live_ && lesson_.expected_repetitions &&
           state_.repetitions >= *lesson_.expected_repetitions;
  }

  /// False when the take is over.
  bool step(const FollowedFrame& followed) {
    state_.countdown_s = countdown_.left_s(followed.frame.timestamp);
    if (state_.countdown_s <= 0) record(followed);
    if (options_.on_frame && !options_.on_frame(followed, state_)) return false;
    return !is_complete();
  }

  std::int64_t frames() const { return frames_; }
  double recorded_s() const { return state_.recorded_s; }

 private:
  void record(const FollowedFrame& followed) {
    // A stored track has no pictures: the preview is its stick figure.
    recorder_.add(followed.landmarks,
                  followed.frame.landmarks ? ImageView{} : followed.frame.image->view());
    ++frames_;
    state_.recorded_s = countdown_.since_s(followed.frame.timestamp);
    state_.repetitions = recorder_.stored();
    if (!is_counted()) counted_at_s_ = state_.recorded_s;
  }

  bool is_complete() const {
    if (options_.longest_s && state_.recorded_s >= *options_.longest_s) return true;
    return is_counted() && state_.recorded_s - counted_at_s_ >= kRest_s;
  }

  TakeRecorder& recorder_;
  const Lesson& lesson_;
  const TeachOptions& options_;
  const bool is_live_;
  TeachState state_;
  Countdown countdown_;
  double counted_at_s_ = 0;
  std::int64_t frames_ = 0;
};

/// A live take that was looked at too seldom makes poor repetitions.
std::optional<std::string> slowness(const SourceDescription& source, std::int64_t frames,
                                    double recorded_s) {
  if (!source.is_live || source.frame_rate_hz <= 0 || recorded_s < 1) return std::nullopt;
  const double rate_hz = static_cast<double>(frames) / recorded_s;
  if (rate_hz >= kFewestShare * source.frame_rate_hz) return std::nullopt;
  return "the computer was too slow: only " + std::to_string(std::lround(rate_hz)) + " of " +
         std::to_string(std::lround(source.frame_rate_hz)) +
         " pictures a second were looked at; close other programs or use --model lite";
}

}  // namespace

TeachResult teach(const std::filesystem::path& craft_path, const Lesson& lesson,
                  FrameSource& source, Landmarker& landmarker, const TeachOptions& options,
                  const Progress& progress, std::stop_token stop) {
  lesson.validate();
  const bool is_new = !std::filesystem::exists(craft_path);
  check_place(craft_path);
  const SourceDescription description = source.describe();
  TakeRecorder recorder(craft_path, lesson,
                        {description.name, description.is_live && options.marks.empty(), true});
  TakeSession session(recorder, lesson, options, description.is_live);
  FollowSummary summary = follow(
      source, landmarker, [&](const FollowedFrame& followed) { return session.step(followed); },
      {progress, stop, options.on_waiting});
  if (summary.frames == 0) {
    throw Error(ErrorCode::kNotEnough, "the source holds no picture: " + description.name);
  }
  try {
    if (!options.marks.empty()) {
      if (stop.stop_requested()) throw Error(ErrorCode::kCancelled, "stopped; nothing was stored");
      recorder.finish(options.marks);
    } else if (session.is_counted()) {
      recorder.finish_counted(*lesson.expected_repetitions);
    } else {
      // A live take ends when somebody thinks so, which may be in the middle of a movement.
      recorder.finish(!description.is_live && !stop.stop_requested());
    }
  } catch (const Error& error) {
    if (!summary.failure) throw;
    throw Error(ErrorCode::kUnavailable, std::string(error.what()) + "; " + *summary.failure);
  }
  TeachResult result;
  result.repetitions = recorder.result().repetitions();
  result.takes_cut_anew = recorder.takes_cut_anew();
  result.frames = session.frames();
  result.warnings = std::move(summary.warnings);
  result.warnings.insert(result.warnings.end(), recorder.warnings().begin(),
                         recorder.warnings().end());
  if (auto slow = slowness(description, session.frames(), session.recorded_s()))
    result.warnings.push_back(std::move(*slow));
  std::error_code unknown;
  const auto size = std::filesystem::file_size(craft_path, unknown);
  if (std::string large = unknown ? std::string() : growth_warning(size); !large.empty())
    result.warnings.push_back(std::move(large));
  result.made_craft = is_new;
  return result;
}

}  // namespace kata
