// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/auto_landmarker.h"
#include "kata/landmark/body_landmarker.h"
#include "kata/landmark/holistic_landmarker.h"
#include "kata/landmark/landmarker.h"
#include "kata/landmark/networks.h"

namespace kata {

/// The one list of landmarkers.
std::unique_ptr<Landmarker> make_landmarker(const LandmarkerOptions& options) {
  switch (options.mode) {
    case LandmarkMode::kHolistic:
      return std::make_unique<HolisticLandmarker>(Networks(options), options);
    case LandmarkMode::kBody:
      return std::make_unique<BodyLandmarker>(Networks(options), options);
    case LandmarkMode::kAuto:
    case LandmarkMode::kHands:
      return std::make_unique<AutoLandmarker>(Networks(options), options);
  }
  return nullptr;
}

}  // namespace kata
