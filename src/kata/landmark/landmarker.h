// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
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
  kBody,      ///< body only
};

struct LandmarkerOptions {
  LandmarkModel model = LandmarkModel::kFull;
  LandmarkMode mode = LandmarkMode::kAuto;
  bool with_face = false;
  bool is_single_images = false;  ///< every image stands alone: no tracking, no smoothing
  bool with_look_ahead = false;   ///< expect() will be called, as for files: the body's network
                                  ///< runs beside those of the hands, with half of the threads
  int threads = 2;                ///< for the networks; ≥ 1
  std::filesystem::path models_folder = {};  ///< empty: where set-up put them
};

/// How many pictures a landmarker may begin on beside the one that it is asked about.
constexpr std::size_t kPicturesAhead = 4;

/// Finds one person's landmarks in successive pictures of a stream.
class Landmarker {
 public:
  virtual ~Landmarker() = default;
  /// What is seen in this picture; parts not seen are empty. Any pixel format and size.
  /// Timestamps must rise; smoothing follows them.
  virtual Landmarks detect(const ImageView& image, Timestamp timestamp) = 0;
  /// Announces a picture that follows the one which detect() gets next, so that work on it may
  /// begin meanwhile; called for up to kPicturesAhead pictures before each detect(), in their
  /// order. The landmarks are the same without this, only later.
  virtual void expect(std::shared_ptr<const Image> /*image*/, Timestamp /*timestamp*/) {}
  /// Forgets the stream so far: the next picture starts a new one.
  virtual void reset() = 0;
};

/// Throws Error{kNotFound} naming the model file that is missing and how to fetch it.
std::unique_ptr<Landmarker> make_landmarker(const LandmarkerOptions& options = {});

}  // namespace kata
