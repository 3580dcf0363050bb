// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "kata/core/image.h"
#include "kata/input/picture_store.h"
#include "kata/session/lesson.h"
#include "kata/session/take_writer.h"

namespace kata {

struct TakeRecorderOptions {
  std::string source;         ///< for the craft: file name or "camera 0"
  bool is_live = false;       ///< repetitions are stored while the take goes on, by a thread
  bool with_pictures = true;  ///< keeps small pictures for the preview
};

/// Takes a take in, frame by frame, and stores its repetitions in a craft.
///
/// A live take is cut again and again while it grows; each repetition is committed once it has
/// ended, so that whatever happens only the one under way is lost. finish() cuts the whole take,
/// which may still correct them, and earlier takes of the movement too (take_agreement.h).
class TakeRecorder {
 public:
  TakeRecorder(std::filesystem::path craft, const Lesson& lesson, TakeRecorderOptions options);
  ~TakeRecorder();  ///< without finish(): what is stored stays
  TakeRecorder(const TakeRecorder&) = delete;
  TakeRecorder& operator=(const TakeRecorder&) = delete;

  /// Throws what went wrong while storing in the background; the take should end then.
  void add(const Landmarks& landmarks, const ImageView& picture = {});
  /// Repetitions stored so far.
  int stored() const;

  /// Cuts and stores. `is_whole` false: broken off, so its last moment ends no repetition.
  /// Throws Error{kNotEnough} when nobody is seen or nothing repeats and nothing is stored.
  void finish(bool is_whole = true);
  /// The same once as many as the teacher wanted are stored: the first so many of the take as a
  /// whole, unless it has fewer.
  void finish_counted(int repetitions);
  /// The same with the teacher's own cuts.
  void finish(std::span<const Mark> marks);

  /// After finish().
  const TakeWriter& result() const { return writer_; }
  const std::vector<Landmarks>& frames() const { return frames_; }
  /// Earlier takes of the movement that were cut anew to agree with this one.
  const std::vector<std::int64_t>& takes_cut_anew() const { return takes_cut_anew_; }
  /// Problems that did not keep the repetitions from being stored, for people.
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  void run(const std::stop_token& stop);
  void store_settled();
  /// How a take ended; one that was broken off is not compared with earlier ones.
  enum class End { kWhole, kGoesOn, kBrokenOff };
  void store_last(const std::vector<LessonSpan>& spans, End end);
  void agree(const std::vector<LessonSpan>& spans, bool goes_on);
  void keep_broken_off();
  void stop_thread();
  void take_inbox();
  void store_previews();

  const Lesson lesson_;
  const TakeRecorderOptions options_;
  const std::filesystem::path craft_;
  const std::vector<std::vector<Landmarks>> known_;  ///< of the same movement, from earlier takes
  TakeWriter writer_;                                // these belong to the thread while it runs
  std::vector<Landmarks> frames_;
  int contradictions_ = 0;
  std::unique_ptr<PictureStore> pictures_;  // this to who calls add()
  std::vector<std::string> warnings_;
  std::vector<std::int64_t> takes_cut_anew_;

  mutable std::mutex mutex_;
  std::condition_variable_any grown_;
  std::vector<Landmarks> inbox_;
  int stored_ = 0;
  std::exception_ptr failure_;
  std::jthread thread_;  // last: ends before what it uses goes
};

}  // namespace kata
