// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "kata/core/image.h"
#include "kata/infer/network.h"
#include "kata/landmark/crop.h"
#include "kata/landmark/rect.h"

namespace kata {

/// A box that a detector found, in pixels of the image.
struct Detection {
  double score = 0;  ///< 0–1
  BoxInImage box;
  std::array<PointInImage, 7> keypoints{};  ///< as many as the network has, the rest zero
};

/// The shape of a single-shot detector's outputs.
struct DetectorShape {
  TensorShape tensor;
  std::vector<int> strides;  ///< of the layers, in tensor pixels; two anchors a cell each
  std::size_t keypoints = 0;
};

/// Shapes of MediaPipe's detectors (mediapipe/modules/{pose,palm,face}_detection/*_cpu.pbtxt).
DetectorShape pose_detector_shape();
DetectorShape palm_detector_shape();
DetectorShape face_detector_shape();

/// Centres of a detector's anchors in the order of its outputs, in units of the tensor's side.
/// Source: mediapipe/calculators/tflite/ssd_anchors_calculator.cc.
std::vector<PointInImage> anchor_centers(const DetectorShape& shape);

/// Merges overlapping detections into their score-weighted mean, best first.
/// Source: mediapipe/calculators/util/non_max_suppression_calculator.cc (WEIGHTED).
std::vector<Detection> merged_detections(std::vector<Detection> detections);

/// Finds bodies, palms or faces in a square of an image.
class Detector {
 public:
  Detector(Network network, DetectorShape shape);

  /// Everything with a score of at least 0.5 inside `square`, best first, in pixels of the image.
  std::vector<Detection> detect(const ImageView& image, const RectInImage& square);
  /// The two halves of detect(), with other work between them.
  void start(const ImageView& image, const RectInImage& square);
  std::vector<Detection> finish();

 private:
  Detection decoded(std::size_t index, double score) const;

  Network network_;
  Inference inference_;
  DetectorShape shape_;
  std::vector<PointInImage> anchors_;
  RectInImage square_;
};

}  // namespace kata
