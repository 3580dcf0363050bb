// SPDX-License-Identifier: Apache-2.0
#include "kata/show/watch_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <numbers>

#include "kata/core/topology.h"
#include "kata/show/repetition_curves.h"
#include "kata/show/svg_plot.h"

namespace kata {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// The right forearm turns from hanging down to `most_deg` and back, in a square picture.
std::vector<Landmarks> curl(double most_deg, double length_s = 2, int frames = 50) {
  std::vector<Landmarks> result;
  for (int i = 0; i < frames; ++i) {
    Landmarks landmarks;
    const double phase = static_cast<double>(i) / (frames - 1);
    landmarks.timestamp = timestamp_from_seconds(5 + phase * length_s);
    landmarks.image_width = landmarks.image_height = 500;
    Pose& pose = landmarks.pose.emplace();
    pose.visibility.fill(1);
    const double turn = most_deg * std::numbers::pi / 180 * std::sin(phase * std::numbers::pi);
    pose.points[kRightShoulder] = {0.4f, 0.3f, 0};
    pose.points[kRightElbow] = {0.4f, 0.5f, 0};
    pose.points[kRightWrist] = {0.4f - 0.2f * static_cast<float>(std::sin(turn)),
                                0.5f + 0.2f * static_cast<float>(std::cos(turn)), 0};
    pose.points[kLeftShoulder] = {0.6f, 0.3f, 0};
    result.push_back(landmarks);
  }
  return result;
}

TEST(RepetitionCurves, FollowTheAngleOfAJointOverTheRepetition) {
  const RepetitionCurve curve = curve_of(curl(90), "right_elbow", 5);
  EXPECT_EQ(curve.name, "right elbow");
  ASSERT_EQ(curve.values.size(), 5U);
  EXPECT_NEAR(curve.values[0], 180, 1);
  EXPECT_NEAR(curve.values[2], 90, 1);
  EXPECT_NEAR(curve.values[4], 180, 1);
}

TEST(RepetitionCurves, AreTheSameAtAnotherSpeedAndFrameRate) {
  const auto slow = curve_of(curl(90, 4, 120), "right_elbow", 20).values;
  const auto quick = curve_of(curl(90, 1, 30), "right_elbow", 20).values;
  for (std::size_t i = 0; i < 20; ++i) EXPECT_NEAR(slow[i], quick[i], 2);
}

TEST(RepetitionCurves, AreEmptyForWhatWasNotSeen) {
  for (const std::string joint : {"left_hand", "no_such_joint"}) {
    for (const double value : curve_of(curl(90), joint, 4).values) EXPECT_TRUE(std::isnan(value));
  }
  EXPECT_EQ(curve_of({}, "right_elbow", 3).values.size(), 3U);
}

TEST(RepetitionCurves, FindTheJointThatMovesMost) {
  EXPECT_EQ(liveliest_joint(curl(90)), "right_elbow");
  EXPECT_EQ(liveliest_joint({}), "");
}

TEST(SvgPlot, LeavesAGapWhereAValueIsMissing) {
  const std::string svg = svg_of({"a", "°", {{"learner", "b", {1, 2, std::nan(""), 4, 5}}}, 0, 0});
  const std::string path = svg.substr(svg.find(" d=\""));
  EXPECT_EQ(std::count(path.begin(), path.end(), 'M'), 2);
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_THAT(svg_of({"empty", "", {}, 0, 0}), Not(HasSubstr("inf")));
}

WatchReport report() {
  WatchReport result;
  result.craft = "Tom & Jerry's <craft>";
  result.source = "learner.mp4";
  result.totals.repetitions = 2;
  Verdict wrong;
  wrong.kind = VerdictKind::kIncorrect;
  wrong.movement = "curl";
  wrong.mistake = "<script>alert(1)</script>";
  wrong.score = 40;
  wrong.reasons = {{"right_elbow", "right elbow bent too little, by 40°", 0.3, 0.7, 0.2, 0.7, 0.8}};
  Verdict right;
  right.movement = "curl";
  right.kind = VerdictKind::kCorrect;
  right.score = 95;
  const auto teacher = std::make_shared<const std::vector<Landmarks>>(curl(90));
  result.repetitions = {{wrong, curl(50), teacher}, {right, curl(88), teacher}, {right, {}, {}}};
  return result;
}

TEST(WatchReport, ShowsEachRepetitionWithItsCurves) {
  const std::string html = watch_report_html(report());
  EXPECT_THAT(html, HasSubstr("right elbow bent too little, by 40°"));
  EXPECT_THAT(html, HasSubstr("id=\"r3\""));
  std::size_t plots = 0;
  for (std::size_t at = html.find("<svg"); at != std::string::npos; at = html.find("<svg", at + 1))
    ++plots;
  EXPECT_EQ(plots, 2U);
  if (const char* folder = std::getenv("KATA_KEEP_REPORT")) std::ofstream(folder) << html;
}

TEST(WatchReport, IsSelfContainedAndSafe) {
  const std::string html = watch_report_html(report());
  EXPECT_THAT(html, HasSubstr("Tom &amp; Jerry&#39;s &lt;craft&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("http")));
  EXPECT_THAT(html, Not(HasSubstr("src=")));
}

TEST(WatchReport, SaysThatThereWasNothing) {
  EXPECT_THAT(watch_report_html({}), HasSubstr("No repetition was seen"));
}

}  // namespace
}  // namespace kata
