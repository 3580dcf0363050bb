// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "kata/coach/trunk.h"
#include "kata/core/image.h"
#include "kata/session/landmarker_pool.h"
#include "kata/session/learner_file.h"
#include "kata/session/live_messages.h"

namespace kata {

/// One tab with its camera: pictures and requests in, landmarks, verdicts and takes out.
///
/// Whatever goes wrong is told, never thrown. When the tab goes during a take, or no picture comes
/// for a while, what was recorded until then is cut and stored. One thread; `tell` is called in it.
class CameraTab {
 public:
  using Tell = std::function<void(LiveReply)>;
  /// Gives the picture's pixels, which live until the call is over. May throw.
  using Pixels = std::function<ImageView()>;
  CameraTab(Studio& studio, LandmarkerPool& pool, Tell tell);
  ~CameraTab();
  CameraTab(const CameraTab&) = delete;
  CameraTab& operator=(const CameraTab&) = delete;

  void handle(const LiveRequest& request);
  /// `time_s`: when it was taken, on the tab's clock from any zero.
  void show(double time_s, const Pixels& pixels);

 private:
  void take(const LearnRequest& request);
  void take(const CheckRequest& request);
  void take(const RecordRequest& request);
  void take(const StopRequest& request);
  void take(const CancelRequest& request);
  void take(const ResetRequest& request);
  void take(const ConfirmRequest& request);
  void take(const UndoRequest& request);
  void take(const ForgetRequest& request);
  void look_at(double time_s, const Pixels& pixels);
  Timestamp timestamp_of(double time_s);
  bool is_take_torn(Timestamp now) const;
  void finish_take();
  void end_take();
  void drop_take();
  void keep_take_of_lost_tab() noexcept;

  Studio& studio_;
  LandmarkerPool& pool_;
  Tell tell_;
  LandmarkerPool::Lease landmarker_;
  std::optional<LearnerFile> learner_;  ///< outlives the sitting that it follows
  std::optional<Sitting> sitting_;
  SidewaysNotice sideways_;  ///< where there is no sitting
  std::optional<RecordRequest> recording_;
  std::unique_ptr<TakeJournal> journal_;
  std::vector<Landmarks> take_;
  std::optional<Timestamp> last_;
};

}  // namespace kata
