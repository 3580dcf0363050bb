// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kata/landmark/landmarker.h"

namespace kata {

/// Sees nobody: the stages of follow() without networks.
class BlindLandmarker : public Landmarker {
 public:
  Landmarks detect(const ImageView& /*image*/, Timestamp timestamp) override {
    Landmarks nothing;
    nothing.timestamp = timestamp;
    return nothing;
  }
  void reset() override {}
};

}  // namespace kata
