// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace kata {

/// A few threads for short work that may block, such as reading a file.
class Workers {
 public:
  Workers(std::size_t threads, std::size_t most_waiting);
  /// Work that has begun is finished; work that waits is dropped.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// False when too much is waiting already: try again later. The work must not throw.
  bool post(std::function<void()> work);

 private:
  void run(std::stop_token stop);

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::function<void()>> waiting_;
  std::vector<std::jthread> threads_;
};

}  // namespace kata
