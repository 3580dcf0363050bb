// SPDX-License-Identifier: Apache-2.0
#include "kata/show/track_format.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>

#include "kata/core/error.h"

namespace kata {
namespace {

using nlohmann::json;

bool is_finite(std::span<const PointInUnit> points) {
  for (const PointInUnit& p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z)) return false;
  }
  return true;
}

/// Seven significant digits: a float's own precision, at half the length of an exact one.
void append(std::string& text, float value) {
  fmt::format_to(std::back_inserter(text), "{:.7g}", value);
}

/// A part with a value that is no number counts as not seen: JSON has no NaN.
void append_pose(std::string& text, const std::optional<Pose>& pose) {
  if (!pose || !is_finite(pose->points)) {
    text += "null";
    return;
  }
  char separator = '[';
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    const PointInUnit& p = pose->points[i];
    fmt::format_to(std::back_inserter(text), "{}[{:.7g},{:.7g},{:.7g},{:.5g}]", separator, p.x, p.y,
                   p.z, pose->visibility[i]);
    separator = ',';
  }
  text += ']';
}

void append_points(std::string& text, std::span<const PointInUnit> points) {
  char separator = '[';
  for (const PointInUnit& p : points) {
    fmt::format_to(std::back_inserter(text), "{}[{:.7g},{:.7g},{:.7g}]", separator, p.x, p.y, p.z);
    separator = ',';
  }
  text += ']';
}

void append_hand(std::string& text, const std::optional<Hand>& hand) {
  if (!hand || !is_finite(hand->points)) {
    text += "null";
    return;
  }
  append_points(text, hand->points);
}

bool has_face(const Landmarks& landmarks) {
  return landmarks.face && landmarks.face->points.size() == kFacePoints &&
         is_finite(landmarks.face->points);
}

template <typename Part>
std::string confidence(const std::optional<Part>& part) {
  return part ? fmt::format("{:.4g}", part->confidence) : "null";
}

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorCode::kCorrupt, "this is not a line of kata track: " + what);
}

float number(const json& value, const char* part) {
  if (!value.is_number()) fail(std::string(part) + " holds something that is not a number");
  const auto result = value.get<float>();
  if (!std::isfinite(result)) fail(std::string(part) + " holds a number that is too large");
  return result;
}

/// The rows of one part; null when it was not seen.
const json* rows_of(const json& line, const char* part, std::size_t rows, std::size_t columns) {
  const auto found = line.find(part);
  if (found == line.end() || found->is_null()) return nullptr;
  const bool has_rows = found->is_array() && found->size() == rows;
  if (!has_rows) fail(fmt::format("{} must be null or have {} points", part, rows));
  for (const json& row : *found) {
    if (!row.is_array() || row.size() != columns) {
      fail(fmt::format("each point of {} must have {} numbers", part, columns));
    }
  }
  return &*found;
}

PointInUnit point(const json& row, const char* part) {
  return {number(row[0], part), number(row[1], part), number(row[2], part)};
}

float confidence_of(const json& line, const char* part) {
  const auto all = line.find("confidence");
  if (all == line.end() || !all->is_object()) return 1;
  const auto found = all->find(part);
  return found == all->end() || found->is_null() ? 1 : number(*found, "confidence");
}

std::optional<Hand> hand_of(const json& line, const char* part) {
  const json* rows = rows_of(line, part, kHandPoints, 3);
  if (rows == nullptr) return std::nullopt;
  Hand hand;
  for (std::size_t i = 0; i < kHandPoints; ++i) hand.points[i] = point((*rows)[i], part);
  hand.confidence = confidence_of(line, part);
  return hand;
}

std::optional<Pose> pose_of(const json& line) {
  const json* rows = rows_of(line, "pose", kPosePoints, 4);
  if (rows == nullptr) return std::nullopt;
  Pose pose;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    pose.points[i] = point((*rows)[i], "pose");
    pose.visibility[i] = number((*rows)[i][3], "pose");
  }
  pose.confidence = confidence_of(line, "pose");
  return pose;
}

std::optional<Face> face_of(const json& line) {
  const json* rows = rows_of(line, "face", kFacePoints, 3);
  if (rows == nullptr) return std::nullopt;
  Face face;
  for (const json& row : *rows) face.points.push_back(point(row, "face"));
  face.confidence = confidence_of(line, "face");
  return face;
}

int size_of(const json& line, const char* name) {
  const auto found = line.find(name);
  if (found == line.end() || found->is_null()) return 0;
  if (!found->is_number_integer()) fail(std::string(name) + " must be a whole number");
  const auto value = found->get<std::int64_t>();
  if (value < 0 || value > 1'000'000) fail(std::string(name) + " is not a size of a picture");
  return static_cast<int>(value);
}

void append_csv_names(std::string& header, const char* part, std::size_t points) {
  for (std::size_t i = 0; i < points; ++i) {
    for (const char axis : {'x', 'y', 'z', 'v'}) {
      fmt::format_to(std::back_inserter(header), ",{}_{}{}", part, axis, i);
    }
  }
}

void append_csv_point(std::string& row, const PointInUnit& p) {
  for (const float value : {p.x, p.y, p.z}) {
    row += ',';
    append(row, value);
  }
  row += ',';
}

/// Hands have no visibility; the prototype wrote MediaPipe's 0 there.
void append_csv_hand(std::string& row, const std::optional<Hand>& hand) {
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    append_csv_point(row, hand ? hand->points[i] : PointInUnit{});
    row += '0';
  }
}

}  // namespace

std::string track_json(std::int64_t frame, const Landmarks& landmarks) {
  std::string line;
  line.reserve(4096);
  fmt::format_to(std::back_inserter(line), R"({{"frame":{},"time_s":{:.6f},"width":{},"height":{})",
                 frame, seconds(landmarks.timestamp), landmarks.image_width,
                 landmarks.image_height);
  line += R"(,"pose":)";
  append_pose(line, landmarks.pose);
  line += R"(,"left_hand":)";
  append_hand(line, landmarks.left_hand);
  line += R"(,"right_hand":)";
  append_hand(line, landmarks.right_hand);
  if (has_face(landmarks)) {
    line += R"(,"face":)";
    append_points(line, landmarks.face->points);
  }
  fmt::format_to(std::back_inserter(line),
                 R"(,"confidence":{{"pose":{},"left_hand":{},"right_hand":{})",
                 confidence(landmarks.pose), confidence(landmarks.left_hand),
                 confidence(landmarks.right_hand));
  if (has_face(landmarks)) line += R"(,"face":)" + confidence(landmarks.face);
  line += "}}";
  return line;
}

Landmarks landmarks_from_track_json(std::string_view line) {
  const json parsed = json::parse(line, nullptr, false);
  if (parsed.is_discarded()) fail("it is not valid JSON");
  if (!parsed.is_object()) fail("it is not an object");
  const auto time_s = parsed.find("time_s");
  if (time_s == parsed.end() || !time_s->is_number()) fail("time_s is missing");
  const auto value_s = time_s->get<double>();
  if (!(value_s >= 0 && value_s < 1e9)) fail("time_s is out of range");
  Landmarks landmarks;
  landmarks.timestamp = timestamp_from_seconds(value_s);
  landmarks.image_width = size_of(parsed, "width");
  landmarks.image_height = size_of(parsed, "height");
  landmarks.pose = pose_of(parsed);
  landmarks.left_hand = hand_of(parsed, "left_hand");
  landmarks.right_hand = hand_of(parsed, "right_hand");
  landmarks.face = face_of(parsed);
  return landmarks;
}

std::string track_csv_header() {
  std::string header = "class,accuracy,sequence";
  append_csv_names(header, "pose", kPosePoints);
  append_csv_names(header, "right_hand", kHandPoints);
  append_csv_names(header, "left_hand", kHandPoints);
  return header + ",time_s,width,height";
}

std::string track_csv_row(const Landmarks& landmarks) {
  std::string row = ",,0";  // no class and no accuracy: nobody has judged this
  row.reserve(4096);
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    append_csv_point(row, landmarks.pose ? landmarks.pose->points[i] : PointInUnit{});
    append(row, landmarks.pose ? landmarks.pose->visibility[i] : 0);
  }
  append_csv_hand(row, landmarks.right_hand);
  append_csv_hand(row, landmarks.left_hand);
  fmt::format_to(std::back_inserter(row), ",{:.6f},{},{}", seconds(landmarks.timestamp),
                 landmarks.image_width, landmarks.image_height);
  return row;
}

}  // namespace kata
