// SPDX-License-Identifier: Apache-2.0
#include "kata/session/take_recorder.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/session/take_agreement.h"
#include "kata/session/utc_now.h"
#include "kata/store/landmark_blob.h"

namespace kata {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kPreviewSide = 320;
constexpr auto kShortestPause = std::chrono::milliseconds(700);
/// Cutting takes at most a fifth of one core, however long the take.
constexpr int kPausePerWork = 4;
/// So long after its end nothing that comes can change a repetition any more.
constexpr double kSettled_s = 0.7;
/// Frames by which a cut may wander while the take goes on without being stored anew.
constexpr std::size_t kSameEdge = 8;
/// So often in a row a cut must contradict what is stored before it is believed.
constexpr int kContradictions = 3;
constexpr double kBrokenOff_s = 0.2;

Take description_of(const Lesson& lesson, const TakeRecorderOptions& options) {
  Take take;
  take.person = lesson.person;
  take.source = std::filesystem::path(options.source).filename().string();
  take.recorded_at = utc_now();
  return take;
}

/// The take, then the same backwards: it ends at rest, as a whole take does. Cut without it, a take
/// that stops in the middle of a movement looks as if every repetition began in the middle.
std::vector<Landmarks> and_back_again(const std::vector<Landmarks>& take) {
  std::vector<Landmarks> both(take);
  both.reserve(2 * take.size());
  const Timestamp turn = take.back().timestamp;
  for (auto frame = take.rbegin() + 1; frame != take.rend(); ++frame) {
    both.push_back(*frame);
    both.back().timestamp = turn + (turn - frame->timestamp);
  }
  return both;
}

/// The repetitions of a take that is not over which have ended `gap_s` before its last frame.
std::vector<LessonSpan> ended_repetitions(const std::vector<Landmarks>& take, Lesson lesson,
                                          double gap_s, const std::string& name,
                                          std::span<const std::vector<Landmarks>> known) {
  lesson.expected_repetitions.reset();  // they have not all been done
  check_somebody_is_seen(take, name);
  std::vector<LessonSpan> spans = cut_lesson(and_back_again(take), lesson, name, known);
  const Timestamp latest = take.back().timestamp - duration_from_seconds(gap_s);
  std::erase_if(spans, [&](const LessonSpan& each) {
    return each.span.last >= take.size() || take[each.span.last].timestamp > latest;
  });
  return spans;
}

}  // namespace

TakeRecorder::TakeRecorder(std::filesystem::path craft, const Lesson& lesson,
                           TakeRecorderOptions options)
    : lesson_(lesson),
      options_(std::move(options)),
      craft_(std::move(craft)),
      known_(known_repetitions(craft_, lesson.movement)),
      writer_(craft_, description_of(lesson, options_)) {
  lesson_.validate();
  if (options_.with_pictures) {
    pictures_ = std::make_unique<PictureStore>(PictureStoreOptions{.longest_side = kPreviewSide});
  }
  if (options_.is_live) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

TakeRecorder::~TakeRecorder() { stop_thread(); }

void TakeRecorder::add(const Landmarks& landmarks, const ImageView& picture) {
  if (pictures_) {
    try {
      if (!picture.is_empty()) pictures_->add(picture);
    } catch (const Error& error) {  // a preview is not worth a take
      warnings_.emplace_back(error.what());
      pictures_.reset();
    }
  }
  {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
    inbox_.push_back(landmarks);
  }
  grown_.notify_one();
}

int TakeRecorder::stored() const {
  const std::lock_guard lock(mutex_);
  return stored_;
}

void TakeRecorder::take_inbox() {
  const std::lock_guard lock(mutex_);
  frames_.insert(frames_.end(), std::make_move_iterator(inbox_.begin()),
                 std::make_move_iterator(inbox_.end()));
  inbox_.clear();
}

void TakeRecorder::run(const std::stop_token& stop) {
  SteadyClock::duration pause = kShortestPause;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      grown_.wait_for(lock, stop, pause, [] { return false; });
      grown_.wait(lock, stop, [this] { return !inbox_.empty(); });
      if (stop.stop_requested()) return;
    }
    take_inbox();
    const auto begin = SteadyClock::now();
    try {
      store_settled();
    } catch (const Error& error) {
      // Locked by another program: the next round tries again.
      if (error.code() != ErrorCode::kUnavailable) {
        const std::lock_guard lock(mutex_);
        failure_ = std::current_exception();
        return;
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
      return;
    }
    pause = std::max<SteadyClock::duration>(kShortestPause,
                                            kPausePerWork * (SteadyClock::now() - begin));
  }
}

/// Stores the repetitions that have ended. One whose edge moved a little is left as it is.
void TakeRecorder::store_settled() {
  std::vector<LessonSpan> spans;
  try {
    spans = ended_repetitions(frames_, lesson_, kSettled_s, {}, known_);
  } catch (const Error&) {  // nothing yet
    return;
  }
  const bool contradicts = !writer_.keeps_all(spans, kSameEdge);
  contradictions_ = contradicts ? contradictions_ + 1 : 0;
  if (contradicts && contradictions_ < kContradictions) return;
  writer_.store(frames_, spans, kSameEdge);
  const std::lock_guard lock(mutex_);
  stored_ = static_cast<int>(writer_.size());
}

void TakeRecorder::stop_thread() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void TakeRecorder::finish(bool is_whole) {
  stop_thread();
  take_inbox();
  std::vector<LessonSpan> spans;
  try {
    spans = is_whole ? cut_lesson(frames_, lesson_, options_.source, known_)
                     : ended_repetitions(frames_, lesson_, kBrokenOff_s, options_.source, known_);
  } catch (const Error& error) {
    if (writer_.size() == 0) throw;
    warnings_.emplace_back(error.what());
  }
  if (spans.empty() && writer_.size() == 0) {
    throw Error(ErrorCode::kCancelled,
                "stopped before the first repetition was complete; nothing was stored");
  }
  store_last(spans, is_whole ? End::kWhole : End::kBrokenOff);
}

void TakeRecorder::finish_counted(int repetitions) {
  stop_thread();
  take_inbox();
  const auto count = static_cast<std::size_t>(repetitions);
  store_last(as_taught(cut_first_repetitions(frames_, count, known_).spans, lesson_), End::kGoesOn);
}

/// None: what was stored while the take went on stays.
void TakeRecorder::store_last(const std::vector<LessonSpan>& spans, End end) {
  if (!spans.empty()) writer_.store(frames_, spans);
  if (end == End::kBrokenOff) {
    keep_broken_off();
  } else {
    agree(spans, end == End::kGoesOn);
  }
  store_previews();
}

/// The take as far as it got, so that its cuts can be moved. Marked as one that stays as it is:
/// where it ended says nothing about the movement.
void TakeRecorder::keep_broken_off() {
  if (writer_.size() == 0 || frames_.size() > kMaxFrames) return;
  try {
    Craft::open(craft_).keep_recorded(writer_.take(), {frames_, std::nullopt, true, true});
  } catch (const Error& error) {  // the repetitions are safe
    warnings_.push_back(std::string("the take was not kept: ") + error.what());
  }
}

void TakeRecorder::agree(const std::vector<LessonSpan>& spans, bool goes_on) {
  try {
    takes_cut_anew_ = agree_with_earlier_takes(craft_, lesson_, frames_, goes_on, spans, writer_);
  } catch (const Error& error) {  // the repetitions are safe
    warnings_.push_back(std::string("the take was not compared with earlier ones: ") +
                        error.what());
  }
}

void TakeRecorder::finish(std::span<const Mark> marks) {
  stop_thread();
  take_inbox();
  writer_.store(frames_, spans_of_marks(marks, frames_, lesson_));
  store_previews();
}

void TakeRecorder::store_previews() {
  PictureOfFrame picture;
  if (pictures_ && pictures_->size() == frames_.size()) {
    picture = [this](std::size_t frame) { return pictures_->picture(frame); };
  }
  try {
    writer_.store_previews(frames_, picture);
  } catch (const Error& error) {  // the repetitions are safe, and they are what counts
    warnings_.push_back(std::string("no preview was stored: ") + error.what());
  }
}

}  // namespace kata
