// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>

#include "kata/core/image.h"
#include "kata/infer/network.h"
#include "kata/landmark/parts_in_image.h"
#include "kata/landmark/rect.h"

namespace kata {

/// Finds a hand's landmarks inside a region of an image.
class HandNetwork {
 public:
  explicit HandNetwork(Inference inference) : inference_(std::move(inference)) {}

  void start(const ImageView& image, const RectInImage& region);
  /// The hand, whatever its presence. Call only after start().
  HandInImage finish();

 private:
  Inference inference_;
  RectInImage region_;
};

/// Turns the region of a wrist that a body gives into a tight region of the hand.
/// Source: mediapipe/modules/holistic_landmark/hand_recrop_by_roi_cpu.pbtxt.
class HandRecrop {
 public:
  explicit HandRecrop(Inference inference) : inference_(std::move(inference)) {}

  void start(const ImageView& image, const RectInImage& region);
  RectInImage finish();

 private:
  Inference inference_;
  RectInImage region_;
};

/// A hand is there if its presence is above this.
inline constexpr double kLeastHandPresence = 0.5;

/// Regions of a hand. Sources: mediapipe/modules/holistic_landmark/
/// hand_landmarks_from_pose_to_recrop_roi.pbtxt, …/hand_landmark/calculators/
/// hand_landmarks_to_rect_calculator.cc, …/hand_landmark/palm_detection_detection_to_roi.pbtxt.
RectInImage region_from_wrist(const BodyInImage& body, Side side);
RectInImage region_from_hand(const HandInImage& hand);
RectInImage region_from_palm(const BoxInImage& box, PointInImage wrist,
                             PointInImage middle_knuckle);

}  // namespace kata
