// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "kata/core/image.h"
#include "kata/core/landmarks.h"
#include "kata/core/timestamp.h"

namespace kata {

/// One picture of a stream. Shared because tracking, drawing and encoding read it at once.
struct Frame {
  std::int64_t index = 0;  ///< counts delivered frames from 0
  Timestamp timestamp{};   ///< when it was taken, never when it was processed; strictly rising
  std::shared_ptr<const Image> image;
  /// Of a stored track: what was seen, so that nobody need look at the picture; null: not known.
  std::shared_ptr<const Landmarks> landmarks = nullptr;
};

}  // namespace kata
