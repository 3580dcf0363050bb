// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "kata/core/image.h"
#include "kata/infer/network.h"
#include "kata/landmark/parts_in_image.h"
#include "kata/landmark/rect.h"

namespace kata {

/// Where a landmark lies in a heatmap, or the start value where the map has no clear peak.
///
/// `x`, `y` in units of the crop; `heatmap` holds logits, `channels` maps interleaved, 64 × 64.
/// Source: mediapipe/calculators/util/refine_landmarks_from_heatmap_calculator.cc with the window
/// of 9 cells that MediaPipe's Python package really uses.
PointInImage refined_by_heatmap(PointInImage in_unit, std::span<const float> heatmap,
                                std::size_t channels, std::size_t channel);

/// Finds a body's landmarks inside a region of an image.
class PoseNetwork {
 public:
  /// Keeps the outputs 0 (landmarks), 1 (presence), 3 (heatmaps), 4 (world) of the file, in that
  /// order: the segmentation costs a third of the time and nobody reads it.
  explicit PoseNetwork(Network network);

  void start(const ImageView& image, const RectInImage& region);
  /// start(), done on the calling thread; finish() must follow.
  void run(const ImageView& image, const RectInImage& region);
  /// Empty when there is no body in the region.
  std::optional<BodyInImage> finish();

 private:
  void fill_input(const ImageView& image, const RectInImage& region);

  Network network_;
  Inference inference_;
  RectInImage region_;
};

}  // namespace kata
