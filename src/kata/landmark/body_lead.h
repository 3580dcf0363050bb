// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>

#include "kata/landmark/hand_pair.h"
#include "kata/landmark/pose_tracker.h"

namespace kata {

/// What a landmarker was told to expect.
struct ExpectedImage {
  ImageView image;
  Timestamp timestamp{};

  bool is_as_large_as(const ImageView& other) const {
    return image.width == other.width && image.height == other.height;
  }
};

/// Follows a body and looks where its wrists lead. Both may begin on the next picture while the
/// hands of the current one are looked at; what is found is the same.
class BodyLead {
 public:
  explicit BodyLead(PoseTracker pose) : pose_(std::move(pose)) {}

  std::optional<BodyInImage> find(const ImageView& image, Timestamp timestamp);
  /// Tight regions of hands for the `wide` ones about the wrists of the body just found.
  Regions tight_regions(HandPair& hands, const ImageView& image, const Regions& wide);

  /// Begins on the body of the next picture.
  void start_next(const ImageView& image, Timestamp timestamp);
  /// Begins on the wrists' regions of the next picture, if its body was begun. The image must be
  /// the same; it is read in here only.
  void go_on_next(HandPair& hands, const ImageView& image);

  /// Looks for a body anew in the next frame; what was smoothed goes on as after a lost body.
  void lose();
  void reset();

 private:
  PoseTracker pose_;
  std::optional<Timestamp> next_;       ///< whose body was begun
  std::optional<Timestamp> recropped_;  ///< whose wrists' regions were begun
};

}  // namespace kata
