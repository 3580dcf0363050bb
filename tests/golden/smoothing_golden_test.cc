// SPDX-License-Identifier: Apache-2.0
// The body's smoothing against values taken inside MediaPipe Holistic 0.10.14's graph.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "kata/landmark/pose_filter.h"
#include "kata/landmark/pose_tracker.h"
#include "tests/support/shared_data.h"

namespace kata {
namespace {

using nlohmann::json;

constexpr double kTolerance = 1e-6;

struct Columns {
  std::vector<double> positions;
  std::vector<double> visibility;
};

/// Landmarks as rows of x, y, z and perhaps visibility, positions multiplied by `scale`.
Columns columns(const json& rows, double scale_x, double scale_y) {
  Columns result;
  for (const json& row : rows) {
    result.positions.push_back(row[0].get<double>() * scale_x);
    result.positions.push_back(row[1].get<double>() * scale_y);
    result.positions.push_back(row[2].get<double>() * scale_x);
    if (row.size() > 3) result.visibility.push_back(row[3].get<double>());
  }
  return result;
}

void expect_near(std::span<const double> found, std::span<const double> expected,
                 double tolerance) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], tolerance);
}

TEST(PoseFilter, EqualsMediaPipesGraph) {
  KATA_NEEDS_SHARED("reference/smoothing-vectors.json");
  std::ifstream file(test::shared_path("reference/smoothing-vectors.json"));
  const json vectors = json::parse(file);
  const double width = vectors["image_size"][0];
  const double height = vectors["image_size"][1];
  PoseFilter filter;
  for (const json& frame : vectors["frames"]) {
    SCOPED_TRACE(frame["t_us"].get<long>());
    if (!frame["present"].get<bool>()) {
      filter.miss();
      continue;
    }
    Columns pose = columns(frame["pose_in"], width, height);
    Columns aux = columns(frame["aux_in"], width, height);
    Columns world = columns(frame["world_in"], 1, 1);
    filter.apply({pose.positions, pose.visibility, world.positions,
                  std::span<double, 6>(aux.positions.data(), 6)},
                 Timestamp(Duration(frame["t_us"].get<long>())));
    const Columns pose_out = columns(frame["pose_out"], width, height);
    const Columns world_out = columns(frame["world_out"], 1, 1);
    expect_near(pose.positions, pose_out.positions, kTolerance * width);
    expect_near(pose.visibility, pose_out.visibility, kTolerance);
    expect_near(world.positions, world_out.positions, kTolerance);
    expect_near(aux.positions, columns(frame["aux_out"], width, height).positions,
                kTolerance * width);
    BodyInImage body;
    for (std::size_t i = 0; i < 2; ++i) {
      body.auxiliary[i] = {aux.positions[i * 3], aux.positions[i * 3 + 1], 0};
    }
    const RectInImage next = region_from_body(body);
    const json& expected = frame["roi_next"];
    EXPECT_NEAR(next.center.x / width, expected[0].get<double>(), kTolerance);
    EXPECT_NEAR(next.center.y / height, expected[1].get<double>(), kTolerance);
    EXPECT_NEAR(next.width / width, expected[2].get<double>(), 2 * kTolerance);
    EXPECT_NEAR(next.angle, expected[4].get<double>(), 1e-5);
  }
}

}  // namespace
}  // namespace kata
