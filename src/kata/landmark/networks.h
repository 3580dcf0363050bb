// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "kata/infer/network.h"
#include "kata/landmark/detector.h"
#include "kata/landmark/landmarker.h"
#include "kata/landmark/pose_network.h"

namespace kata {

/// The name of the body's network, as models/models.json has it.
const char* pose_network_name(LandmarkModel model);

/// Loads the networks of the landmarkers; the one place that knows their files' names and outputs.
class Networks {
 public:
  /// Throws Error{kInvalidArgument} for options that make no sense.
  explicit Networks(const LandmarkerOptions& options);

  Detector pose_detector();
  PoseNetwork pose();
  Detector palm_detector();
  Network hand_recrop();
  Network hand();
  Detector face_detector();
  Network face();

 private:
  Network load(const char* name, const NetworkOptions& options);

  LandmarkModel model_;
  int threads_;
  bool is_body_ahead_;
  std::filesystem::path folder_;
  Engine engine_;
};

}  // namespace kata
