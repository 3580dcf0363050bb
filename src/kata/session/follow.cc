// SPDX-License-Identifier: Apache-2.0
#include "kata/session/follow.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include "kata/core/latest.h"
#include "kata/session/bounded_queue.h"

namespace kata {
namespace {

using SteadyClock = std::chrono::steady_clock;

struct Arrival {
  Frame frame;
  SteadyClock::time_point arrived;
};

/// Joins two stages: waits for room (files) or replaces what was not taken (live).
template <typename T>
class Link {
 public:
  explicit Link(bool is_live) : is_live_(is_live), queue_(4) {}

  bool put(T value, std::stop_token stop) {
    if (!is_live_) return queue_.put(std::move(value), stop);
    latest_.put(std::move(value));
    return !stop.stop_requested();
  }
  std::optional<T> take(std::stop_token stop) {
    return is_live_ ? latest_.take(stop) : queue_.take(stop);
  }
  void close() {
    queue_.close();
    latest_.close();
  }
  std::int64_t dropped() const { return static_cast<std::int64_t>(latest_.dropped()); }

 private:
  bool is_live_;
  BoundedQueue<T> queue_;
  Latest<T> latest_;
};

double percentile(std::vector<double>& values, double fraction) {
  if (values.empty()) return 0;
  const auto rank = static_cast<std::size_t>(fraction * static_cast<double>(values.size() - 1));
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double milliseconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

void count_parts(const Landmarks& landmarks, FollowSummary& summary) {
  ++summary.frames;
  summary.frames_with_pose += landmarks.pose.has_value() ? 1 : 0;
  summary.frames_with_left_hand += landmarks.left_hand.has_value() ? 1 : 0;
  summary.frames_with_right_hand += landmarks.right_hand.has_value() ? 1 : 0;
}

/// Runs one stage; keeps its exception for the caller and closes the link behind it.
template <typename Stage, typename Output>
void run_stage(Stage stage, Link<Output>& output, std::exception_ptr& failure) {
  try {
    stage();
  } catch (...) {
    failure = std::current_exception();
  }
  output.close();
}

void report(const Progress& progress, const SourceDescription& description, std::int64_t frames) {
  if (!progress || !description.frame_count || *description.frame_count <= 0) return;
  const double done = static_cast<double>(frames) / static_cast<double>(*description.frame_count);
  progress(std::min(done, 1.0), "finding landmarks");
}

}  // namespace

FollowSummary follow(FrameSource& source, Landmarker& landmarker, const OnFrame& on_frame,
                     const Progress& progress, std::stop_token stop) {
  const SourceDescription description = source.describe();
  Link<Arrival> arrivals(description.is_live);
  Link<FollowedFrame> followed(description.is_live);
  std::exception_ptr source_failure;
  std::exception_ptr landmark_failure;
  FollowSummary summary;
  std::vector<double> latencies_ms;
  const auto started = SteadyClock::now();

  {
    std::stop_source local;  // ends the stages when the caller stops or the sink has enough
    const std::stop_callback forward(stop, [&] { local.request_stop(); });
    std::jthread reader([&] {
      run_stage(
          [&] {
            while (auto frame = source.next()) {
              if (!arrivals.put({std::move(*frame), SteadyClock::now()}, local.get_token())) break;
            }
          },
          arrivals, source_failure);
    });
    std::jthread tracker([&] {
      run_stage(
          [&] {
            while (auto arrival = arrivals.take(local.get_token())) {
              Landmarks landmarks =
                  landmarker.detect(arrival->frame.image->view(), arrival->frame.timestamp);
              FollowedFrame result{std::move(arrival->frame), std::move(landmarks), arrival->arrived};
              if (!followed.put(std::move(result), local.get_token())) break;
            }
          },
          followed, landmark_failure);
    });
    try {
      while (auto frame = followed.take(local.get_token())) {
        count_parts(frame->landmarks, summary);
        const bool wants_more = on_frame(*frame);
        latencies_ms.push_back(milliseconds_since(frame->arrived));
        report(progress, description, summary.frames);
        if (!wants_more) break;
      }
    } catch (...) {
      local.request_stop();  // the stages must end before their stack goes
      arrivals.close();
      followed.close();
      throw;
    }
    local.request_stop();
    arrivals.close();
    followed.close();
  }
  if (landmark_failure) std::rethrow_exception(landmark_failure);
  if (source_failure) std::rethrow_exception(source_failure);

  const double elapsed_s = milliseconds_since(started) / 1000;
  summary.frame_rate_hz = elapsed_s > 0 ? static_cast<double>(summary.frames) / elapsed_s : 0;
  summary.latency_median_ms = percentile(latencies_ms, 0.5);
  summary.latency_p95_ms = percentile(latencies_ms, 0.95);
  summary.dropped = arrivals.dropped() + followed.dropped();
  summary.warnings = source.warnings();
  return summary;
}

}  // namespace kata
