// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cmath>

namespace kata {

using Duration = std::chrono::microseconds;

/// The time line of one stream: zero is where the media begins (of a camera, its first frame), not a
/// time of day.
struct StreamClock {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<StreamClock, Duration>;
  static constexpr bool is_steady = true;
};

using Timestamp = StreamClock::time_point;

/// Seconds, for edges (JSON, SQL, text) and for arithmetic on signals; inside, keep Duration.
inline double seconds(Duration duration) { return static_cast<double>(duration.count()) * 1e-6; }
inline double seconds(Timestamp timestamp) { return seconds(timestamp.time_since_epoch()); }

/// Rounds to the nearest microsecond.
inline Duration duration_from_seconds(double value_s) {
  return Duration(static_cast<Duration::rep>(std::llround(value_s * 1e6)));
}
inline Timestamp timestamp_from_seconds(double value_s) {
  return Timestamp(duration_from_seconds(value_s));
}

}  // namespace kata
