// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace kata {

/// A slot for one value between two threads: a newer value replaces one not yet taken.
///
/// put(), close() and take() may be called from any thread.
template <typename T>
class Latest {
 public:
  void put(T value) {
    {
      const std::lock_guard lock(mutex_);
      if (value_) ++dropped_;
      value_ = std::move(value);
    }
    changed_.notify_one();
  }

  /// No more values will come; a value still in the slot can be taken.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      is_closed_ = true;
    }
    changed_.notify_all();
  }

  /// Waits for a value; empty when closed and drained, or when stop is requested.
  std::optional<T> take(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [this] { return value_.has_value() || is_closed_; });
    if (stop.stop_requested()) return std::nullopt;
    return std::exchange(value_, std::nullopt);
  }

  /// As take(), but gives up after `wait`.
  template <typename Wait>
  std::optional<T> take_for(Wait wait, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, wait, [this] { return value_.has_value() || is_closed_; });
    if (stop.stop_requested()) return std::nullopt;
    return std::exchange(value_, std::nullopt);
  }

  /// Closed and drained.
  bool is_finished() const {
    const std::lock_guard lock(mutex_);
    return is_closed_ && !value_;
  }

  /// The value if there is one now.
  std::optional<T> try_take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(value_, std::nullopt);
  }

  /// How many values were replaced before anyone took them.
  std::uint64_t dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<T> value_;
  bool is_closed_ = false;
  std::uint64_t dropped_ = 0;
};

}  // namespace kata
