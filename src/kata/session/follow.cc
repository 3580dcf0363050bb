// SPDX-License-Identifier: Apache-2.0
#include "kata/session/follow.h"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include "kata/core/error.h"
#include "kata/core/latest.h"
#include "kata/session/bounded_queue.h"
#include "kata/session/latency_histogram.h"

namespace kata {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr Duration kWaitingTick = std::chrono::milliseconds(50);

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
  /// As take(), but empty after `wait` too; is_finished() tells the end from a long wait.
  std::optional<T> take_for(Duration wait, std::stop_token stop) {
    return is_live_ ? latest_.take_for(wait, stop) : queue_.take_for(wait, stop);
  }
  bool is_finished() const { return is_live_ ? latest_.is_finished() : queue_.is_finished(); }
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

double milliseconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

void count_parts(const Landmarks& landmarks, FollowSummary& summary) {
  ++summary.frames;
  summary.frames_with_pose += landmarks.pose.has_value() ? 1 : 0;
  summary.frames_with_left_hand += landmarks.left_hand.has_value() ? 1 : 0;
  summary.frames_with_right_hand += landmarks.right_hand.has_value() ? 1 : 0;
}

/// What the frame knows itself, as it would have been found at its time.
std::optional<Landmarks> known_landmarks(const Frame& frame) {
  if (!frame.landmarks) return std::nullopt;
  Landmarks known = *frame.landmarks;
  known.timestamp = frame.timestamp;
  return known;
}

void announce(Landmarker& landmarker, const std::deque<Arrival>& waiting) {
  for (const Arrival& next : waiting) {
    if (!next.frame.landmarks) landmarker.expect(next.frame.image, next.frame.timestamp);
  }
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

/// Takes the next value; tells `on_waiting` while there is none. Empty at the end or when that has
/// had enough.
template <typename T>
std::optional<T> take_patiently(Link<T>& link, const OnWaiting& on_waiting, std::stop_token stop) {
  if (!on_waiting) return link.take(stop);
  const auto begin = SteadyClock::now();
  for (;;) {
    if (auto value = link.take_for(kWaitingTick, stop)) return value;
    if (stop.stop_requested() || link.is_finished()) return std::nullopt;
    if (!on_waiting(std::chrono::duration_cast<Duration>(SteadyClock::now() - begin)))
      return std::nullopt;
  }
}

/// For people. Throws what is no problem of a source.
std::string reason_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    return error.what();
  }
}

/// Ends the stages and frees whatever they wait for.
class Shutdown {
 public:
  Shutdown(FrameSource& source, Link<Arrival>& arrivals, Link<FollowedFrame>& followed)
      : source_(source), arrivals_(arrivals), followed_(followed) {}
  Shutdown(const Shutdown&) = delete;
  Shutdown& operator=(const Shutdown&) = delete;
  ~Shutdown() {
    stages_.request_stop();
    source_.cancel();
    arrivals_.close();
    followed_.close();
  }
  std::stop_token token() const { return stages_.get_token(); }
  void request() { stages_.request_stop(); }

 private:
  FrameSource& source_;
  Link<Arrival>& arrivals_;
  Link<FollowedFrame>& followed_;
  std::stop_source stages_;
};

}  // namespace

FollowSummary follow(FrameSource& source, Landmarker& landmarker, const OnFrame& on_frame,
                     const FollowOptions& options) {
  const SourceDescription description = source.describe();
  Link<Arrival> arrivals(description.is_live);
  Link<FollowedFrame> followed(description.is_live);
  std::exception_ptr source_failure;
  std::exception_ptr landmark_failure;
  std::atomic<std::int64_t> delivered = 0;
  FollowSummary summary;
  LatencyHistogram latencies;
  Timestamp last_handled{};
  const auto started = SteadyClock::now();

  {
    std::jthread reader;
    std::jthread tracker;
    Shutdown shutdown(source, arrivals,
                      followed);  // goes first: the stages end, then their threads
    const std::stop_callback forward(options.stop, [&] { shutdown.request(); });
    reader = std::jthread([&, stop = shutdown.token()] {
      run_stage(
          [&] {
            while (!stop.stop_requested()) {
              auto frame = source.next();
              if (!frame) break;
              ++delivered;
              if (!arrivals.put({std::move(*frame), SteadyClock::now()}, stop)) break;
            }
          },
          arrivals, source_failure);
    });
    tracker = std::jthread([&, stop = shutdown.token()] {
      run_stage(
          [&] {
            // Only a file's next pictures are there already; a camera's newest must not wait.
            const std::size_t ahead = description.is_live ? 0 : kPicturesAhead;
            std::deque<Arrival> waiting;
            for (;;) {
              while (waiting.size() <= ahead) {
                auto next = arrivals.take(stop);
                if (!next) break;
                waiting.push_back(std::move(*next));
              }
              if (waiting.empty()) break;
              Arrival arrival = std::move(waiting.front());
              waiting.pop_front();
              announce(landmarker, waiting);
              auto landmarks = known_landmarks(arrival.frame);
              if (!landmarks) {
                landmarks = landmarker.detect(arrival.frame.image->view(), arrival.frame.timestamp);
              }
              FollowedFrame result{std::move(arrival.frame), std::move(*landmarks),
                                   arrival.arrived};
              if (!followed.put(std::move(result), stop)) break;
            }
          },
          followed, landmark_failure);
    });
    while (auto frame = take_patiently(followed, options.on_waiting, shutdown.token())) {
      count_parts(frame->landmarks, summary);
      last_handled = frame->frame.timestamp;
      const bool wants_more = on_frame(*frame);
      latencies.add(milliseconds_since(frame->arrived));
      report(options.progress, description, summary.frames);
      if (!wants_more) break;
    }
  }
  if (landmark_failure) std::rethrow_exception(landmark_failure);
  if (source_failure) {
    if (!description.is_live || summary.frames == 0) std::rethrow_exception(source_failure);
    const std::string why = reason_of(source_failure);
    const double last_s = seconds(last_handled);
    summary.failure = fmt::format("the last picture came at {:.1f} s: {}", last_s, why);
    summary.warnings.push_back(
        fmt::format("the last picture came at {:.1f} s, what was made until then is complete: {}",
                    last_s, why));
  }

  const double elapsed_s = milliseconds_since(started) / 1000;
  summary.frame_rate_hz = elapsed_s > 0 ? static_cast<double>(summary.frames) / elapsed_s : 0;
  summary.latency_median_ms = latencies.percentile_ms(0.5);
  summary.latency_p95_ms = latencies.percentile_ms(0.95);
  summary.delivered = delivered;
  summary.dropped = arrivals.dropped() + followed.dropped();
  const std::vector<std::string> warnings = source.warnings();
  summary.warnings.insert(summary.warnings.end(), warnings.begin(), warnings.end());
  return summary;
}

FollowSummary follow(FrameSource& source, Landmarker& landmarker, const OnFrame& on_frame,
                     const Progress& progress, std::stop_token stop) {
  return follow(source, landmarker, on_frame, FollowOptions{progress, std::move(stop), {}});
}

}  // namespace kata
