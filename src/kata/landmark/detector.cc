// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/detector.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kata {
namespace {

constexpr double kSameObject = 0.3;  ///< overlap beyond which two boxes are merged
constexpr float kLeastLogit = 0;     ///< a score of 0.5

double score_from_logit(float logit) {
  return 1 / (1 + std::exp(-std::clamp(static_cast<double>(logit), -100.0, 100.0)));
}

/// Score-weighted mean of boxes and key points; the score is the best one's.
Detection weighted_mean(std::span<const Detection> cluster) {
  Detection mean;
  mean.score = cluster.front().score;
  double total = 0;
  for (const Detection& member : cluster) {
    total += member.score;
    mean.box.x_min += member.score * member.box.x_min;
    mean.box.y_min += member.score * member.box.y_min;
    mean.box.x_max += member.score * member.box.x_max;
    mean.box.y_max += member.score * member.box.y_max;
    for (std::size_t k = 0; k < mean.keypoints.size(); ++k) {
      mean.keypoints[k].x += member.score * member.keypoints[k].x;
      mean.keypoints[k].y += member.score * member.keypoints[k].y;
    }
  }
  mean.box = {mean.box.x_min / total, mean.box.y_min / total, mean.box.x_max / total,
              mean.box.y_max / total};
  for (PointInImage& point : mean.keypoints) point = {point.x / total, point.y / total};
  return mean;
}

}  // namespace

DetectorShape pose_detector_shape() {
  return {{224, -1, 1, Border::kZero}, {8, 16, 32, 32, 32}, 4};
}
DetectorShape palm_detector_shape() { return {{192, 0, 1, Border::kZero}, {8, 16, 16, 16}, 7}; }
DetectorShape face_detector_shape() { return {{128, -1, 1, Border::kZero}, {8, 16, 16, 16}, 6}; }

std::vector<PointInImage> anchor_centers(const DetectorShape& shape) {
  std::vector<PointInImage> centers;
  for (std::size_t layer = 0; layer < shape.strides.size();) {
    const int stride = shape.strides[layer];
    std::size_t next = layer;  // layers of equal stride share one grid
    while (next < shape.strides.size() && shape.strides[next] == stride) ++next;
    const std::size_t anchors_per_cell = 2 * (next - layer);
    const int cells = (shape.tensor.size + stride - 1) / stride;
    for (int y = 0; y < cells; ++y) {
      for (int x = 0; x < cells; ++x) {
        centers.insert(centers.end(), anchors_per_cell, {(x + 0.5) / cells, (y + 0.5) / cells});
      }
    }
    layer = next;
  }
  return centers;
}

std::vector<Detection> merged_detections(std::vector<Detection> detections) {
  std::stable_sort(detections.begin(), detections.end(),
                   [](const Detection& a, const Detection& b) { return a.score > b.score; });
  std::vector<Detection> merged;
  while (!detections.empty()) {
    const BoxInImage best = detections.front().box;
    const auto rest =
        std::stable_partition(detections.begin(), detections.end(), [&](const Detection& other) {
          return intersection_over_union(best, other.box) > kSameObject;
        });
    if (rest == detections.begin()) {  // an empty box does not even overlap itself
      detections.erase(detections.begin());
      continue;
    }
    merged.push_back(weighted_mean({detections.begin(), rest}));
    detections.erase(detections.begin(), rest);
  }
  return merged;
}

Detector::Detector(Network network, DetectorShape shape)
    : network_(std::move(network)),
      inference_(network_.make_inference()),
      shape_(std::move(shape)),
      anchors_(anchor_centers(shape_)) {}

void Detector::start(const ImageView& image, const RectInImage& square) {
  square_ = square;
  crop_to_tensor(image, square, shape_.tensor, inference_.input());
  inference_.start();
}

std::vector<Detection> Detector::finish() {
  inference_.wait();
  const auto logits = inference_.output(1);
  std::vector<Detection> found;
  for (std::size_t i = 0; i < anchors_.size(); ++i) {
    if (!(logits[i] >= kLeastLogit)) continue;
    const Detection detection = decoded(i, score_from_logit(logits[i]));
    if (detection.box.width() >= 0 && detection.box.height() >= 0) found.push_back(detection);
  }
  found = merged_detections(std::move(found));
  // Merged in the tensor's space, as MediaPipe does; boxes of a rotated square keep their size.
  for (Detection& detection : found) {
    const BoxInImage box = detection.box;
    const PointInImage center =
        image_from_unit(square_, (box.x_min + box.x_max) / 2, (box.y_min + box.y_max) / 2);
    const double half_width = box.width() * square_.width / 2;
    const double half_height = box.height() * square_.height / 2;
    detection.box = {center.x - half_width, center.y - half_height, center.x + half_width,
                     center.y + half_height};
    for (PointInImage& point : detection.keypoints) {
      point = image_from_unit(square_, point.x, point.y);
    }
  }
  return found;
}

std::vector<Detection> Detector::detect(const ImageView& image, const RectInImage& square) {
  start(image, square);
  return finish();
}

Detection Detector::decoded(std::size_t index, double score) const {
  const std::size_t width = 4 + 2 * shape_.keypoints;
  const auto values = inference_.output(0).subspan(index * width, width);
  const double scale = shape_.tensor.size;
  const PointInImage anchor = anchors_[index];
  const double x = values[0] / scale + anchor.x;
  const double y = values[1] / scale + anchor.y;
  const double half_width = values[2] / scale / 2;
  const double half_height = values[3] / scale / 2;
  Detection detection;
  detection.score = score;
  detection.box = {x - half_width, y - half_height, x + half_width, y + half_height};
  for (std::size_t k = 0; k < shape_.keypoints; ++k) {
    detection.keypoints[k] = {values[4 + 2 * k] / scale + anchor.x,
                              values[5 + 2 * k] / scale + anchor.y};
  }
  return detection;
}

}  // namespace kata
