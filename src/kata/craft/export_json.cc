// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <nlohmann/json.hpp>

#include "kata/core/error.h"
#include "kata/craft/export_formats.h"

namespace kata {
namespace {

using nlohmann::ordered_json;

/// Text of a stranger's file may be anything; JSON must be UTF-8.
std::string dumped(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json point_json(float x, float y, float z) {
  return ordered_json::array(
      {static_cast<double>(x), static_cast<double>(y), static_cast<double>(z)});
}

template <typename Points>
ordered_json points_json(const Points& points) {
  ordered_json rows = ordered_json::array();
  for (const auto& point : points) rows.push_back(point_json(point.x, point.y, point.z));
  return rows;
}

ordered_json pose_json(const std::optional<Pose>& pose) {
  if (!pose) return nullptr;
  ordered_json rows = points_json(pose->points);
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    rows[i].push_back(static_cast<double>(pose->visibility[i]));
  }
  return rows;
}

ordered_json hand_json(const std::optional<Hand>& hand) {
  if (!hand) return nullptr;
  return points_json(hand->points);
}

ordered_json frame_json(const Landmarks& frame) {
  return {
      {"time_s", seconds(frame.timestamp)},
      {"width", frame.image_width},
      {"height", frame.image_height},
      {"pose", pose_json(frame.pose)},
      {"left_hand", hand_json(frame.left_hand)},
      {"right_hand", hand_json(frame.right_hand)},
      {"pose_world", frame.pose ? points_json(frame.pose->world) : ordered_json()},
      {"left_hand_world", frame.left_hand ? points_json(frame.left_hand->world) : ordered_json()},
      {"right_hand_world",
       frame.right_hand ? points_json(frame.right_hand->world) : ordered_json()}};
}

ordered_json repetition_json(const Repetition& repetition) {
  ordered_json json = {{"id", repetition.id},
                       {"movement", repetition.movement},
                       {"label", to_string(repetition.label)},
                       {"mistake", nullptr},
                       {"person", repetition.person},
                       {"take", repetition.take}};
  if (repetition.mistake) json["mistake"] = *repetition.mistake;
  ordered_json frames = ordered_json::array();
  for (const Landmarks& frame : repetition.frames) frames.push_back(frame_json(frame));
  json["frames"] = std::move(frames);
  return json;
}

ordered_json head_json(const Craft& craft) {
  const CraftTitle title = craft.title();
  ordered_json head = {{"format", "kata-craft"},
                       {"version", 1},
                       {"name", title.name},
                       {"description", title.description},
                       {"author", title.author},
                       {"price_note", title.price_note},
                       {"movements", ordered_json::array()},
                       {"takes", ordered_json::array()}};
  for (const MovementSummary& movement : craft.movements()) {
    head["movements"].push_back({{"name", movement.name}, {"description", movement.description}});
  }
  for (const Take& take : craft.takes()) {
    head["takes"].push_back({{"id", take.id},
                             {"person", take.person},
                             {"source", take.source},
                             {"recorded_at", take.recorded_at},
                             {"frame_rate_hz", take.frame_rate_hz},
                             {"is_mirrored", take.is_mirrored}});
  }
  return head;
}

}  // namespace

void export_json(const Craft& craft, const std::filesystem::path& place, const ExportOptions&) {
  std::ofstream stream(place, std::ios::binary);
  std::string head = dumped(head_json(craft));
  head.pop_back();  // the repetitions are written one by one, so that one is in memory at a time
  stream << head << ",\"repetitions\":[";
  const char* separator = "\n";
  for (const RepetitionSummary& summary : craft.summaries()) {
    stream << separator << dumped(repetition_json(craft.repetition(summary.id)));
    stream.flush();
    check_written(stream, place);
    separator = ",\n";
  }
  stream << "\n]}\n";
  stream.close();
  check_written(stream, place);
}

}  // namespace kata
