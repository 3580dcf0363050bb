// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/report_figure.h"

#include <cmath>

#include "kata/core/topology.h"
#include "kata/motion/body_frame.h"

namespace kata {
namespace {

constexpr std::size_t kMiddleTip = 12;
constexpr std::array<std::size_t, StickFigure::kPoints> kPlaces = {kNose,
                                                                   kLeftShoulder,
                                                                   kRightShoulder,
                                                                   kLeftElbow,
                                                                   kRightElbow,
                                                                   kLeftWrist,
                                                                   kRightWrist,
                                                                   kLeftHandStart + kMiddleTip,
                                                                   kRightHandStart + kMiddleTip,
                                                                   kLeftHip,
                                                                   kRightHip};

}  // namespace

StickFigure stick_figure(const PointTrack& raw, std::size_t moments) {
  StickFigure figure;
  const PointTrack track = filled(raw);
  const auto frame = body_frame(track, kLeftShoulder, kRightShoulder);
  if (!frame || moments < 2) return figure;
  for (std::size_t m = 0; m < moments; ++m) {
    const std::size_t i = m * (track.frames() - 1) / (moments - 1);
    StickFigure::Moment moment;
    for (std::size_t k = 0; k < kPlaces.size(); ++k) {
      if (!track.is_seen(i, kPlaces[k])) continue;
      std::array<int, 2> place{};
      for (std::size_t axis = 0; axis < 2; ++axis) {
        const float away = (track.at(i, kPlaces[k])[axis] - frame->origin[i][axis]) / frame->size;
        place[axis] = static_cast<int>(std::lround(100 * std::fmin(std::fmax(away, -9.0F), 9.0F)));
      }
      moment[k] = place;
    }
    figure.moments.push_back(moment);
  }
  return figure;
}

}  // namespace kata
