// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "kata/coach/trunk.h"
#include "kata/core/landmarks.h"
#include "kata/core/verdict.h"
#include "kata/session/landmarker_pool.h"
#include "kata/session/sitting.h"
#include "kata/session/studio.h"

namespace kata {

/// One picture of a browser's camera.
struct LivePicture {
  double time_s = 0;  ///< when it was taken, on the browser's clock from any zero
  std::vector<std::uint8_t> jpeg;
};

/// What a tab can ask for.
struct LearnRequest {
  std::string craft;
  bool swap_sides = false;
};
struct CheckRequest {};  ///< landmarks only: "am I in the picture?"
struct RecordRequest {
  std::string craft;
  Lesson lesson;
};
struct StopRequest {};    ///< the take is complete: cut it and store it
struct CancelRequest {};  ///< throw the take away
struct ResetRequest {};   ///< start the count anew
using LiveRequest = std::variant<LearnRequest, CheckRequest, RecordRequest, StopRequest,
                                 CancelRequest, ResetRequest>;

/// What a tab is told.
struct LiveReady {
  std::string purpose;  ///< "learn", "check" or "record"
};
struct LiveCoach {
  CoachUpdate update;
  OverlayScene scene;
  Tally tally;
};
struct LiveFrame {
  Landmarks landmarks;
  std::optional<LiveCoach> coach;  ///< only while learning
  bool is_sideways = false;        ///< the picture lies on its side; the coach tells it himself
  std::int64_t recorded = 0;       ///< frames of the take so far
  double work_ms = 0;
};
struct LiveVerdict {
  Verdict verdict;
  Tally tally;
};
struct LiveTake {
  TakeView take;
};
struct LiveProblem {
  std::string code;
  std::string text;
};
/// The first word to a tab, before anything else.
struct LiveHello {
  std::string purpose;  ///< as LiveReady's, or "none": what goes on
  bool is_resumed = false;
};
using LiveReply = std::variant<LiveReady, LiveFrame, LiveVerdict, LiveTake, LiveProblem, LiveHello>;

/// One browser tab with its camera: pictures in, landmarks, verdicts and takes out.
///
/// When the tab goes during a take, or no picture comes for a while, what was recorded until then
/// is cut and stored.
/// Works in a thread of its own. The newest picture wins: one that comes while another waits takes
/// its place. show() and ask() may be called from any thread; `tell` is called in the desk's
/// thread.
class LiveDesk {
 public:
  using Tell = std::function<void(LiveReply)>;
  LiveDesk(Studio& studio, LandmarkerPool& pool, Tell tell);
  ~LiveDesk();
  LiveDesk(const LiveDesk&) = delete;
  LiveDesk& operator=(const LiveDesk&) = delete;

  void show(LivePicture picture);
  /// False when too many requests are waiting.
  bool ask(LiveRequest request);
  std::uint64_t dropped() const;

 private:
  void run(const std::stop_token& stop);
  void handle(const LearnRequest& request);
  void handle(const CheckRequest& request);
  void handle(const RecordRequest& request);
  void handle(const StopRequest& request);
  void handle(const CancelRequest& request);
  void handle(const ResetRequest& request);
  void handle(const LivePicture& picture);
  Timestamp timestamp_of(double time_s);
  bool is_take_torn(Timestamp now) const;
  void finish_take();
  void end_take();
  void drop_take();
  void keep_take_of_lost_tab() noexcept;

  Studio& studio_;
  LandmarkerPool& pool_;
  Tell tell_;

  LandmarkerPool::Lease landmarker_;  // these belong to the desk's thread
  std::optional<Sitting> sitting_;
  SidewaysNotice sideways_;  ///< where there is no sitting
  std::optional<RecordRequest> recording_;
  std::unique_ptr<TakeJournal> journal_;
  std::vector<Landmarks> take_;
  std::optional<Timestamp> last_;

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<LiveRequest> requests_;
  std::optional<LivePicture> picture_;
  std::uint64_t dropped_ = 0;
  std::jthread thread_;  // last: ends before what it uses goes
};

}  // namespace kata
