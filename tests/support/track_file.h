// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "kata/core/landmarks.h"

namespace kata::test {

/// Reads the JSON lines of `kata track --jsonl`; lines may carry width and height (px).
inline std::vector<Landmarks> read_track(const std::filesystem::path& path, int width = 640,
                                         int height = 480) {
  std::vector<Landmarks> frames;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto json = nlohmann::json::parse(line);
    Landmarks frame;
    frame.timestamp = timestamp_from_seconds(json.at("time_s").get<double>());
    frame.image_width = json.value("width", width);
    frame.image_height = json.value("height", height);
    if (const auto& pose = json.at("pose"); !pose.is_null()) {
      frame.pose.emplace();
      for (std::size_t i = 0; i < kPosePoints; ++i) {
        frame.pose->points[i] = {pose[i][0], pose[i][1], pose[i][2]};
        frame.pose->visibility[i] = pose[i][3];
      }
      frame.pose->confidence = 1;
    }
    for (const auto& [name, side] :
         {std::pair{"left_hand", Side::kLeft}, {"right_hand", Side::kRight}}) {
      const auto& points = json.at(name);
      if (points.is_null()) continue;
      Hand& hand = frame.hand(side).emplace();
      hand.confidence = 1;
      for (std::size_t i = 0; i < kHandPoints; ++i) {
        hand.points[i] = {points[i][0], points[i][1], points[i][2]};
      }
    }
    frames.push_back(std::move(frame));
  }
  return frames;
}

}  // namespace kata::test
