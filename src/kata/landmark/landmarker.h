// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "kata/core/image.h"
#include "kata/core/landmarks.h"

namespace kata {

enum class LandmarkModel { kLite, kFull, kHeavy };

enum class LandmarkMode {
  kAuto,      ///< body and hands; hands by themselves where no body leads to them
  kHolistic,  ///< MediaPipe Holistic's own behaviour
  kHands,     ///< hands only
};

struct LandmarkerOptions {
  LandmarkModel model = LandmarkModel::kFull;
  LandmarkMode mode = LandmarkMode::kAuto;
  bool with_face = false;
  bool is_single_images = false;  ///< every image stands alone: no tracking, no smoothing
  int threads = 2;                ///< for the networks; ≥ 1
  std::filesystem::path models_folder = {};  ///< empty: where set-up put them
};

/// Finds one person's landmarks in successive pictures of a stream.
class Landmarker {
 public:
  virtual ~Landmarker() = default;
  /// What is seen in this picture; parts not seen are empty. Any pixel format and size.
  /// Timestamps must rise; smoothing follows them.
  virtual Landmarks detect(const ImageView& image, Timestamp timestamp) = 0;
  /// Announces the picture that follows the one which detect() gets next, so that work on it may
  /// begin meanwhile. It must live until that detect() returns, and be what the one after it gets.
  /// The landmarks are the same without this, only later.
  virtual void expect(const ImageView& /*image*/, Timestamp /*timestamp*/) {}
  /// Forgets the stream so far: the next picture starts a new one.
  virtual void reset() = 0;
};

/// Throws Error{kNotFound} naming the model file that is missing and how to fetch it.
std::unique_ptr<Landmarker> make_landmarker(const LandmarkerOptions& options = {});

}  // namespace kata
