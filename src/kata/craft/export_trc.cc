// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "kata/core/topology.h"
#include "kata/craft/export_formats.h"

namespace kata {
namespace {

// The marker format of OpenSim (Trace .trc): five header lines, then frame, time and X Y Z of every
// marker; an empty cell is a marker that was not seen. Y points up there, down in an image.

struct Marker {
  float x = 0;
  float y = 0;
  float z = 0;
};

bool has_world(const Repetition& repetition) {
  return std::any_of(
      repetition.frames.begin(), repetition.frames.end(), [](const Landmarks& frame) {
        if (!frame.pose) return false;
        const auto& world = frame.pose->world;
        return std::any_of(world.begin(), world.end(), [](const PointInWorld& point) {
          return point.x != 0 || point.y != 0 || point.z != 0;
        });
      });
}

double frame_rate_hz(const Repetition& repetition) {
  const double length_s = duration_s(repetition.frames);
  if (length_s <= 0) return 30;
  return static_cast<double>(repetition.frames.size() - 1) / length_s;
}

template <typename Points>
void append_markers(std::string& line, const Points& points, float aspect) {
  for (const auto& point : points) {
    for (const float value : {point.x * aspect, -point.y, -point.z * aspect}) {
      line += '\t';
      line += number_text(static_cast<double>(value));
    }
  }
}

void append_missing(std::string& line, std::size_t points) { line.append(points * 3, '\t'); }

/// The hand beside the body: metres from its wrist, which the body's model places.
std::array<Marker, kHandPoints> hand_in_world(const Hand& hand, const PointInWorld& wrist) {
  std::array<Marker, kHandPoints> markers{};
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    markers[i] = {wrist.x + hand.world[i].x - hand.world[0].x,
                  wrist.y + hand.world[i].y - hand.world[0].y,
                  wrist.z + hand.world[i].z - hand.world[0].z};
  }
  return markers;
}

void append_hand(std::string& line, const Landmarks& frame, Side side, bool in_world,
                 float aspect) {
  const std::optional<Hand>& hand = frame.hand(side);
  if (!hand || (in_world && !frame.pose)) return append_missing(line, kHandPoints);
  if (!in_world) return append_markers(line, hand->points, aspect);
  const std::size_t wrist = side == Side::kLeft ? kLeftWrist : kRightWrist;
  append_markers(line, hand_in_world(*hand, frame.pose->world[wrist]), 1);
}

std::string header(const std::string& name, const Repetition& repetition, bool in_world) {
  constexpr std::size_t kMarkers = kPosePoints + 2 * kHandPoints;
  const std::string rate = number_text(std::round(frame_rate_hz(repetition) * 1000) / 1000);
  const std::string frames = std::to_string(repetition.frames.size());
  // Without metres the unit is the picture's height.
  const std::string units = in_world ? "m" : "image_heights";
  std::string text = "PathFileType\t4\t(X/Y/Z)\t" + name + "\n" +
                     "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\t"
                     "OrigDataStartFrame\tOrigNumFrames\n" +
                     rate + "\t" + rate + "\t" + frames + "\t" + std::to_string(kMarkers) + "\t" +
                     units + "\t" + rate + "\t1\t" + frames + "\nFrame#\tTime";
  std::string axes = "\t";
  std::size_t number = 0;
  const auto add = [&](const std::string& marker) {
    text += "\t" + marker + "\t\t";
    const std::string index = std::to_string(++number);
    axes += "\tX" + index + "\tY" + index + "\tZ" + index;
  };
  for (const std::string_view point : kPoseNames) add(std::string(point));
  for (const std::string_view point : kHandNames) add("left_hand_" + std::string(point));
  for (const std::string_view point : kHandNames) add("right_hand_" + std::string(point));
  return text + "\n" + axes + "\n\n";
}

std::string trc_text(const std::string& name, const Repetition& repetition) {
  const bool in_world = has_world(repetition);
  std::string text = header(name, repetition, in_world);
  for (std::size_t i = 0; i < repetition.frames.size(); ++i) {
    const Landmarks& frame = repetition.frames[i];
    const float aspect = frame.image_height > 0 ? static_cast<float>(frame.image_width) /
                                                      static_cast<float>(frame.image_height)
                                                : 1.0F;
    text += std::to_string(i + 1) + "\t" +
            number_text(seconds(frame.timestamp - repetition.frames.front().timestamp));
    if (!frame.pose) {
      append_missing(text, kPosePoints);
    } else if (in_world) {
      append_markers(text, frame.pose->world, 1);
    } else {
      append_markers(text, frame.pose->points, aspect);
    }
    append_hand(text, frame, Side::kLeft, in_world, aspect);
    append_hand(text, frame, Side::kRight, in_world, aspect);
    text += '\n';
  }
  return text;
}

}  // namespace

void export_trc(const Craft& craft, const std::filesystem::path& place, const ExportOptions&) {
  for (const RepetitionSummary& summary : craft.summaries()) {
    const std::string name =
        file_name_from(summary.movement + "_" + std::string(to_string(summary.label)) + "_" +
                       std::to_string(summary.id) + ".trc");
    write_file(place / name, trc_text(name, craft.repetition(summary.id)));
  }
}

}  // namespace kata
