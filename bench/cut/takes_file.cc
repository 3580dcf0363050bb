// SPDX-License-Identifier: Apache-2.0
#include "takes_file.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

namespace kata::bench {
namespace {

std::vector<TruthSpan> spans_from(const nlohmann::json& list) {
  std::vector<TruthSpan> spans;
  for (const auto& each : list)
    spans.push_back(
        {each.at("start_frame").get<std::size_t>(), each.at("end_frame").get<std::size_t>()});
  return spans;
}

constexpr std::size_t kRow = (kPosePoints + 2 * kHandPoints) * 3 + kPosePoints;

void read_hand(const float* row, std::optional<Hand>& hand) {
  if (std::isnan(row[0])) return;
  hand.emplace();
  for (std::size_t i = 0; i < kHandPoints; ++i)
    hand->points[i] = {row[i * 3], row[i * 3 + 1], row[i * 3 + 2]};
}

Landmarks frame_from_row(const float* row, double time_s, int width, int height) {
  Landmarks frame;
  frame.timestamp = timestamp_from_seconds(time_s);
  frame.image_width = width;
  frame.image_height = height;
  if (!std::isnan(row[0])) {
    frame.pose.emplace();
    for (std::size_t i = 0; i < kPosePoints; ++i) {
      frame.pose->points[i] = {row[i * 3], row[i * 3 + 1], row[i * 3 + 2]};
      frame.pose->visibility[i] = row[kRow - kPosePoints + i];
    }
  }
  read_hand(row + kPosePoints * 3, frame.left_hand);
  read_hand(row + (kPosePoints + kHandPoints) * 3, frame.right_hand);
  return frame;
}

}  // namespace

std::vector<std::string> take_names(const std::filesystem::path& folder) {
  std::ifstream list(folder / "takes.json");
  return nlohmann::json::parse(list).get<std::vector<std::string>>();
}

KnownTake read_take(const std::filesystem::path& folder, const std::string& name) {
  std::ifstream text(folder / (name + ".json"));
  const auto truth = nlohmann::json::parse(text);
  KnownTake take;
  take.name = name;
  take.kind = truth.at("kind");
  take.what = truth.at("take");
  take.pauses = truth.value("pauses", "none");
  if (truth.at("of").is_string()) take.of = truth.at("of");
  take.repetitions = spans_from(truth.at("repetitions"));
  take.intruders = spans_from(truth.at("distractors"));
  std::ifstream numbers(folder / (name + ".f32"), std::ios::binary);
  std::vector<float> row(kRow);
  const double rate_hz = truth.at("fps");
  while (numbers.read(reinterpret_cast<char*>(row.data()),
                      static_cast<std::streamsize>(kRow * sizeof(float))))
    take.frames.push_back(frame_from_row(row.data(),
                                         static_cast<double>(take.frames.size()) / rate_hz,
                                         truth.at("width"), truth.at("height")));
  return take;
}

}  // namespace kata::bench
