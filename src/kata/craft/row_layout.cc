// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/row_layout.h"

#include <algorithm>
#include <array>
#include <optional>

#include "kata/core/error.h"

namespace kata {
namespace {

constexpr std::array kPrototype = {RowSection{RowPart::kPose, kPosePoints, 4},
                                   RowSection{RowPart::kRightHand, kHandPoints, 4},
                                   RowSection{RowPart::kLeftHand, kHandPoints, 4}};
constexpr std::array kWeb = {RowSection{RowPart::kPose, kPosePoints, 3},
                             RowSection{RowPart::kRightHand, kHandPoints, 3},
                             RowSection{RowPart::kLeftHand, kHandPoints, 3}};
constexpr std::array kHolistic = {RowSection{RowPart::kPose, kPosePoints, 4},
                                  RowSection{RowPart::kFace, kFacePoints, 3},
                                  RowSection{RowPart::kLeftHand, kHandPoints, 3},
                                  RowSection{RowPart::kRightHand, kHandPoints, 3}};
constexpr std::array kLayouts = {RowLayout{"prototype", kPrototype}, RowLayout{"web", kWeb},
                                 RowLayout{"holistic", kHolistic}};

std::string_view name_of(RowPart part) {
  switch (part) {
    case RowPart::kPose:
      return "pose";
    case RowPart::kFace:
      return "face";
    case RowPart::kLeftHand:
      return "left_hand";
    case RowPart::kRightHand:
      return "right_hand";
  }
  return "";
}

bool is_zero(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return value == 0; });
}

template <typename Points>
void fill_points(Points& points, const RowSection& section, std::span<const double> values) {
  for (std::size_t i = 0; i < section.points; ++i) {
    const auto point = values.subspan(i * section.dimensions, section.dimensions);
    points[i] = {static_cast<float>(point[0]), static_cast<float>(point[1]),
                 static_cast<float>(point[2])};
  }
}

Pose pose_from(const RowSection& section, std::span<const double> values) {
  Pose pose;
  pose.confidence = 1;
  fill_points(pose.points, section, values);
  for (std::size_t i = 0; i < section.points; ++i) {
    // Without the column nothing is known against it.
    pose.visibility[i] = section.dimensions == 4 ? static_cast<float>(values[i * 4 + 3]) : 1.0F;
  }
  return pose;
}

Hand hand_from(const RowSection& section, std::span<const double> values) {
  Hand hand;
  hand.confidence = 1;
  fill_points(hand.points, section, values);
  return hand;
}

Face face_from(const RowSection& section, std::span<const double> values) {
  Face face;
  face.confidence = 1;
  face.points.resize(section.points);
  fill_points(face.points, section, values);
  return face;
}

void fill_part(Landmarks& landmarks, const RowSection& section, std::span<const double> values) {
  if (is_zero(values)) return;
  switch (section.part) {
    case RowPart::kPose:
      landmarks.pose = pose_from(section, values);
      return;
    case RowPart::kFace:
      landmarks.face = face_from(section, values);
      return;
    case RowPart::kLeftHand:
      landmarks.left_hand = hand_from(section, values);
      return;
    case RowPart::kRightHand:
      landmarks.right_hand = hand_from(section, values);
      return;
  }
}

/// Points of a part; empty when it was not seen.
std::span<const PointInUnit> points_of(const Landmarks& landmarks, RowPart part) {
  switch (part) {
    case RowPart::kPose:
      if (landmarks.pose) return landmarks.pose->points;
      return {};
    case RowPart::kFace:
      if (landmarks.face) return landmarks.face->points;
      return {};
    case RowPart::kLeftHand:
      if (landmarks.left_hand) return landmarks.left_hand->points;
      return {};
    case RowPart::kRightHand:
      if (landmarks.right_hand) return landmarks.right_hand->points;
      return {};
  }
  return {};
}

/// Where a part begins in a row.
struct FoundSection {
  RowSection section;
  std::size_t offset;
};

std::optional<FoundSection> find_section(const RowLayout& layout, RowPart part) {
  std::size_t offset = 0;
  for (const RowSection& section : layout.sections) {
    if (section.part == part) return FoundSection{section, offset};
    offset += section.points * section.dimensions;
  }
  return std::nullopt;
}

}  // namespace

std::size_t RowLayout::values() const {
  std::size_t count = 0;
  for (const RowSection& section : sections) count += section.points * section.dimensions;
  return count;
}

std::span<const RowLayout> row_layouts() { return kLayouts; }

const RowLayout& row_layout(std::string_view name) {
  for (const RowLayout& layout : kLayouts) {
    if (layout.name == name) return layout;
  }
  throw Error(ErrorCode::kCorrupt, "the stored numbers have a layout that is not known");
}

std::vector<std::string> column_names(const RowLayout& layout) {
  constexpr std::string_view kAxes = "xyzv";
  std::vector<std::string> names;
  names.reserve(layout.values());
  for (const RowSection& section : layout.sections) {
    for (std::size_t i = 0; i < section.points; ++i) {
      for (std::size_t axis = 0; axis < section.dimensions; ++axis) {
        names.push_back(std::string(name_of(section.part)) + "_" + kAxes[axis] + std::to_string(i));
      }
    }
  }
  return names;
}

Landmarks landmarks_from_row(const RowLayout& layout, std::span<const double> row) {
  KATA_CHECK(row.size() == layout.values(), "a row has the layout's number of values");
  Landmarks landmarks;
  std::size_t offset = 0;
  for (const RowSection& section : layout.sections) {
    const std::size_t count = section.points * section.dimensions;
    fill_part(landmarks, section, row.subspan(offset, count));
    offset += count;
  }
  return landmarks;
}

std::vector<double> row_from_landmarks(const RowLayout& layout, const Landmarks& landmarks) {
  std::vector<double> row;
  row.reserve(layout.values());
  for (const RowSection& section : layout.sections) {
    const auto points = points_of(landmarks, section.part);
    for (std::size_t i = 0; i < section.points; ++i) {
      const PointInUnit point = i < points.size() ? points[i] : PointInUnit{};
      row.insert(row.end(), {point.x, point.y, point.z});
      if (section.dimensions < 4) continue;
      const bool has_visibility = section.part == RowPart::kPose && landmarks.pose;
      row.push_back(has_visibility ? landmarks.pose->visibility[i] : 0);
    }
  }
  return row;
}

std::vector<double> converted_row(const RowLayout& to, const RowLayout& from,
                                  std::span<const double> row) {
  if (to.name == from.name) return {row.begin(), row.end()};
  std::vector<double> converted;
  converted.reserve(to.values());
  for (const RowSection& section : to.sections) {
    const auto found = find_section(from, section.part);
    if (!found) {
      converted.resize(converted.size() + section.points * section.dimensions);
      continue;
    }
    const auto values =
        row.subspan(found->offset, found->section.points * found->section.dimensions);
    const bool is_seen_pose = section.part == RowPart::kPose && !is_zero(values);
    for (std::size_t i = 0; i < section.points; ++i) {
      const auto point = values.subspan(i * found->section.dimensions, found->section.dimensions);
      converted.insert(converted.end(), point.begin(), point.begin() + 3);
      if (section.dimensions < 4) continue;
      converted.push_back(point.size() == 4 ? point[3] : is_seen_pose ? 1.0 : 0.0);
    }
  }
  return converted;
}

}  // namespace kata
