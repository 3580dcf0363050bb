// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "kata/landmark/landmarker.h"

namespace kata {

/// Landmarkers for several people at once; made when first needed, used again by the next one.
///
/// take() and giving back may happen in any thread. The pool must outlive what was taken.
class LandmarkerPool {
 public:
  using Maker = std::function<std::unique_ptr<Landmarker>()>;
  struct GiveBack {
    LandmarkerPool* pool = nullptr;
    void operator()(Landmarker* landmarker) const;
  };
  using Lease = std::unique_ptr<Landmarker, GiveBack>;

  LandmarkerPool(Maker maker, int most) : maker_(std::move(maker)), most_(most) {}

  /// A landmarker that has forgotten its last stream. Throws Error{kUnavailable} when all are out.
  Lease take();
  /// Makes the first one before somebody waits for it; a problem shows when it is taken.
  void warm_up() noexcept;
  int free_places() const;

 private:
  void give_back(std::unique_ptr<Landmarker> landmarker);

  Maker maker_;
  const int most_;
  mutable std::mutex mutex_;
  int lent_ = 0;
  std::vector<std::unique_ptr<Landmarker>> idle_;
};

}  // namespace kata
