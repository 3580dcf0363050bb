// SPDX-License-Identifier: Apache-2.0
#include "kata/session/landmarker_pool.h"

#include <exception>
#include <utility>

#include "kata/core/error.h"

namespace kata {

void LandmarkerPool::GiveBack::operator()(Landmarker* landmarker) const {
  pool->give_back(std::unique_ptr<Landmarker>(landmarker));
}

LandmarkerPool::Lease LandmarkerPool::take() {
  std::unique_ptr<Landmarker> landmarker;
  {
    const std::lock_guard lock(mutex_);
    if (lent_ >= most_) {
      throw Error(ErrorCode::kUnavailable,
                  "all places before the camera are taken; close another tab or wait");
    }
    ++lent_;
    if (!idle_.empty()) {
      landmarker = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  try {
    if (landmarker) {
      landmarker->reset();
    } else {
      landmarker = maker_();  // takes a second; not under the lock
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    --lent_;
    throw;
  }
  return Lease(landmarker.release(), GiveBack{this});
}

void LandmarkerPool::warm_up() noexcept {
  try {
    auto made = maker_();
    const std::lock_guard lock(mutex_);
    if (lent_ == 0 && idle_.empty()) idle_.push_back(std::move(made));
  } catch (const std::exception&) {
  }
}

int LandmarkerPool::free_places() const {
  const std::lock_guard lock(mutex_);
  return most_ - lent_;
}

void LandmarkerPool::give_back(std::unique_ptr<Landmarker> landmarker) {
  const std::lock_guard lock(mutex_);
  --lent_;
  idle_.push_back(std::move(landmarker));
}

}  // namespace kata
