// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/pose_network.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kata/landmark/crop.h"

namespace kata {
namespace {

constexpr TensorShape kTensor{256, 0, 1, Border::kReplicate};
constexpr std::size_t kNetworkPoints = 39;  ///< 33 of the body, 2 auxiliary, 4 unused
constexpr int kHeatmapSize = 64;
constexpr int kWindowReach = 4;  ///< of 9 cells
constexpr double kLeastPeak = 0.5;
constexpr double kLeastPresence = 0.5;

double sigmoid(double logit) { return 1 / (1 + std::exp(-logit)); }

}  // namespace

PointInImage refined_by_heatmap(PointInImage in_unit, std::span<const float> heatmap,
                                std::size_t channels, std::size_t channel) {
  const int center_x = static_cast<int>(std::clamp(in_unit.x * kHeatmapSize, -1e6, 1e6));
  const int center_y = static_cast<int>(std::clamp(in_unit.y * kHeatmapSize, -1e6, 1e6));
  if (center_x < 0 || center_y < 0 || center_x >= kHeatmapSize || center_y >= kHeatmapSize) {
    return in_unit;
  }
  double sum = 0;
  double sum_x = 0;
  double sum_y = 0;
  double peak = 0;
  for (int y = std::max(0, center_y - kWindowReach);
       y <= std::min(kHeatmapSize - 1, center_y + kWindowReach); ++y) {
    for (int x = std::max(0, center_x - kWindowReach);
         x <= std::min(kHeatmapSize - 1, center_x + kWindowReach); ++x) {
      const auto cell = static_cast<std::size_t>(y * kHeatmapSize + x);
      const double p = sigmoid(heatmap[cell * channels + channel]);
      peak = std::max(peak, p);
      sum += p;
      sum_x += p * x;
      sum_y += p * y;
    }
  }
  if (peak < kLeastPeak) return in_unit;
  return {sum_x / sum / kHeatmapSize, sum_y / sum / kHeatmapSize};
}

PoseNetwork::PoseNetwork(Network network)
    : network_(std::move(network)), inference_(network_.make_inference()) {}

void PoseNetwork::fill_input(const ImageView& image, const RectInImage& region) {
  region_ = region;
  crop_to_tensor(image, region, kTensor, inference_.input());
}

void PoseNetwork::start(const ImageView& image, const RectInImage& region) {
  fill_input(image, region);
  inference_.start();
}

void PoseNetwork::run(const ImageView& image, const RectInImage& region) {
  fill_input(image, region);
  inference_.run();
}

std::optional<BodyInImage> PoseNetwork::finish() {
  inference_.wait();
  const auto landmarks = inference_.output(0);
  const auto heatmaps = inference_.output(2);
  const auto world = inference_.output(3);
  BodyInImage body;
  body.presence = inference_.output(1)[0];
  if (!(body.presence > kLeastPresence)) return std::nullopt;
  for (std::size_t i = 0; i < kPosePoints + 2; ++i) {
    const auto values = landmarks.subspan(i * 5, 5);
    const PointInImage in_unit =
        refined_by_heatmap({values[0] / double{kTensor.size}, values[1] / double{kTensor.size}},
                           heatmaps, kNetworkPoints, i);
    const PointInImage in_image = image_from_unit(region_, in_unit.x, in_unit.y);
    const LandmarkInImage point{in_image.x, in_image.y,
                                values[2] / double{kTensor.size} * region_.width};
    if (i >= kPosePoints) {
      body.auxiliary[i - kPosePoints] = point;
      continue;
    }
    body.points[i] = point;
    body.visibility[i] = sigmoid(values[3]);
    const PointInImage turned = rotated({world[i * 3], world[i * 3 + 1]}, region_.angle);
    body.world[i] = {static_cast<float>(turned.x), static_cast<float>(turned.y), world[i * 3 + 2]};
  }
  return body;
}

}  // namespace kata
