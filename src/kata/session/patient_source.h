// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/input/frame_source.h"

namespace kata {

struct PatientOptions {
  Duration retry = std::chrono::milliseconds(500);  ///< between two tries to open it again
  std::optional<Duration> longest =
      std::nullopt;  ///< without a picture; then next() throws why. Empty: no limit
};

/// A live source that may fail and come back (a cable, a busy camera, a network): next() waits and
/// opens it again until it answers. Its time goes on by the clock, its frames are counted on.
///
/// Sources that are not live fail as ever. problem() and cancel() may be called from any thread.
class PatientSource : public FrameSource {
 public:
  using Open = std::function<std::unique_ptr<FrameSource>()>;

  /// What `open` throws the first time is thrown.
  explicit PatientSource(Open open, const PatientOptions& options = {});

  std::optional<Frame> next() override;
  SourceDescription describe() const override { return description_; }
  void cancel() override;
  std::vector<std::string> warnings() const override;

  /// Why no picture comes now, for people; empty while all is well.
  std::string problem() const;
  /// How often it failed.
  int failures() const { return failures_; }

 private:
  using SteadyClock = std::chrono::steady_clock;

  std::optional<Frame> next_of_source();
  Frame in_one_stream(Frame frame);
  void set_source(std::unique_ptr<FrameSource> source);
  void note(const std::string& problem);
  bool wait_for_retry();
  bool has_waited_enough() const;

  Open open_;
  PatientOptions options_;
  std::unique_ptr<FrameSource> source_;  ///< null while it has failed
  SourceDescription description_;
  Duration offset_{};  ///< from the source's time to the stream's
  std::optional<Timestamp> last_;
  SteadyClock::time_point last_arrived_ = SteadyClock::now();
  bool is_reopened_ = false;
  std::int64_t delivered_ = 0;

  std::atomic<int> failures_ = 0;
  std::stop_source cancelled_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::string problem_;
};

}  // namespace kata
