// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace kata {

/// A first-in first-out queue between two threads; a full queue makes the giver wait.
///
/// For sources that lose nothing (files). Live sources use core's Latest instead.
template <typename T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  /// False when stop was requested or the queue was closed before there was room.
  bool put(T value, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [this] { return values_.size() < capacity_ || is_closed_; });
    if (stop.stop_requested() || is_closed_) return false;
    values_.push_back(std::move(value));
    changed_.notify_all();
    return true;
  }

  /// No more values will come; those inside can still be taken.
  void close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    changed_.notify_all();
  }

  /// Waits for a value; empty when closed and drained, or when stop is requested.
  std::optional<T> take(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [this] { return !values_.empty() || is_closed_; });
    return first(stop);
  }

  /// As take(), but gives up after `wait`.
  template <typename Wait>
  std::optional<T> take_for(Wait wait, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, wait, [this] { return !values_.empty() || is_closed_; });
    return first(stop);
  }

  /// Closed and drained.
  bool is_finished() const {
    const std::lock_guard lock(mutex_);
    return is_closed_ && values_.empty();
  }

 private:
  std::optional<T> first(const std::stop_token& stop) {
    if (stop.stop_requested() || values_.empty()) return std::nullopt;
    T value = std::move(values_.front());
    values_.pop_front();
    changed_.notify_all();
    return value;
  }

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<T> values_;
  bool is_closed_ = false;
};

}  // namespace kata
