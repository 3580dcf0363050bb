// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/learn/judge.h"
#include "kata/session/studio.h"

namespace kata {

/// How far the training of a craft is.
struct TrainingState {
  enum class Phase { kNone, kRunning, kDone, kFailed };
  Phase phase = Phase::kNone;
  double done = 0;  ///< 0–1
  std::string doing;
  std::vector<HeldOut>
      curve;  ///< how many held-out repetitions were judged, and how many rightly, as it went
  ErrorCode code = ErrorCode::kInvalidArgument;  ///< of a failure
  std::string problem;
};

/// Trains crafts in the background, each in a thread of its own, at most two at once.
///
/// Calls may be made from any thread; the studio must outlive it.
class TrainingDesk {
 public:
  /// Where there are no threads: keeps a job and runs it soon, while the desk is still there.
  using Later = std::function<void(std::function<void()> job)>;
  explicit TrainingDesk(Studio& studio, Later later = {})
      : studio_(studio), later_(std::move(later)) {}
  /// Stops what is running; a craft whose training was stopped keeps its old judge.
  ~TrainingDesk();
  TrainingDesk(const TrainingDesk&) = delete;
  TrainingDesk& operator=(const TrainingDesk&) = delete;

  /// Throws Error{kUnavailable} when this craft or too many others are being trained.
  void start(std::string_view id);
  void stop(std::string_view id);
  TrainingState state(std::string_view id) const;

 private:
  struct Job {
    std::mutex mutex;
    TrainingState state;
    std::stop_source stop;
    std::jthread thread;  // last: ends before what it uses goes
  };

  static TrainingState state_of(Job& job);
  static void run(Job& job, const std::filesystem::path& craft);

  Studio& studio_;
  Later later_;
  mutable std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Job>, std::less<>> jobs_;
};

}  // namespace kata
