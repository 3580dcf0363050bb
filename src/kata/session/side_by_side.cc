// SPDX-License-Identifier: Apache-2.0
#include "kata/session/side_by_side.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace kata {
namespace {

/// What several threads take their work from.
class Shares {
 public:
  Shares(std::size_t count, const std::function<void(std::size_t)>& work)
      : count_(count), work_(work) {}

  void take_all() {
    for (std::size_t i = 0; next(i);) {
      try {
        work_(i);
      } catch (...) {
        fail(i);
      }
    }
  }

  void pass_on() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  bool next(std::size_t& i) {
    const std::scoped_lock lock(mutex_);
    if (failure_ || next_ == count_) return false;
    i = next_++;
    return true;
  }

  void fail(std::size_t i) {
    const std::scoped_lock lock(mutex_);
    if (failure_ && failed_ < i) return;
    failure_ = std::current_exception();
    failed_ = i;
  }

  const std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::mutex mutex_;
  std::size_t next_ = 0;
  std::size_t failed_ = 0;
  std::exception_ptr failure_;
};

}  // namespace

ForEach side_by_side(std::size_t threads) {
  return [threads](std::size_t count, const std::function<void(std::size_t)>& work) {
    Shares shares(count, work);
    {
      std::vector<std::jthread> others;
      for (std::size_t i = 1; i < std::min(threads, count); ++i)
        others.emplace_back([&] { shares.take_all(); });
      shares.take_all();
    }
    shares.pass_on();
  };
}

}  // namespace kata
