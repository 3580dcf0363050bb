// SPDX-License-Identifier: Apache-2.0
#include "kata/input/synthetic_source.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "kata/core/error.h"
#include "kata/core/topology.h"

namespace kata {
namespace {

/// A standing person seen from the front, in heights of the picture; the person's left is at +x.
/// One side is listed, the other mirrored.
struct Place {
  PoseIndex left;
  PoseIndex right;
  float x;
  float y;
};
constexpr std::array<Place, 16> kPlaces = {{
    {PoseIndex{1}, PoseIndex{4}, 0.01f, 0.13f},
    {PoseIndex{2}, PoseIndex{5}, 0.02f, 0.13f},
    {PoseIndex{3}, PoseIndex{6}, 0.03f, 0.13f},
    {kLeftEar, kRightEar, 0.05f, 0.14f},
    {PoseIndex{9}, PoseIndex{10}, 0.015f, 0.18f},
    {kLeftShoulder, kRightShoulder, 0.10f, 0.28f},
    {kLeftElbow, kRightElbow, 0.13f, 0.42f},
    {kLeftWrist, kRightWrist, 0.14f, 0.56f},
    {kLeftPinky, kRightPinky, 0.15f, 0.60f},
    {kLeftIndex, kRightIndex, 0.14f, 0.61f},
    {kLeftThumb, kRightThumb, 0.13f, 0.59f},
    {kLeftHip, kRightHip, 0.06f, 0.56f},
    {kLeftKnee, kRightKnee, 0.065f, 0.74f},
    {kLeftAnkle, kRightAnkle, 0.07f, 0.91f},
    {PoseIndex{29}, PoseIndex{30}, 0.07f, 0.94f},
    {PoseIndex{31}, PoseIndex{32}, 0.09f, 0.95f},
}};

struct Point {
  float x;  ///< in heights of the picture, from its middle
  float y;  ///< in heights of the picture, from its top
};

Point turned(Point point, Point about, float angle_rad) {
  const float dx = point.x - about.x;
  const float dy = point.y - about.y;
  const float c = std::cos(angle_rad);
  const float s = std::sin(angle_rad);
  return {about.x + c * dx - s * dy, about.y + s * dx + c * dy};
}

std::array<Point, kPosePoints> figure(float arm_angle_rad) {
  std::array<Point, kPosePoints> points{};
  points[kNose] = {0, 0.15f};
  for (const Place& place : kPlaces) {
    points[place.left] = {place.x, place.y};
    points[place.right] = {-place.x, place.y};
  }
  const Point shoulder = points[kRightShoulder];
  for (const PoseIndex i : {kRightElbow, kRightWrist, kRightPinky, kRightIndex, kRightThumb}) {
    points[i] = turned(points[i], shoulder, arm_angle_rad);
  }
  return points;
}

/// Five fingers that fan out from the wrist along the forearm.
std::array<Point, kHandPoints> hand_points(Point elbow, Point wrist) {
  const float length = std::hypot(wrist.x - elbow.x, wrist.y - elbow.y);
  const Point along = {(wrist.x - elbow.x) / length, (wrist.y - elbow.y) / length};
  std::array<Point, kHandPoints> points{};
  points[0] = wrist;
  for (std::size_t finger = 0; finger < 5; ++finger) {
    const float fan_rad = 0.25f * (static_cast<float>(finger) - 2.f);
    for (std::size_t joint = 1; joint <= 4; ++joint) {
      const float reach = 0.022f * static_cast<float>(joint);
      const Point straight = {wrist.x + along.x * reach, wrist.y + along.y * reach};
      points[4 * finger + joint] = turned(straight, wrist, fan_rad);
    }
  }
  return points;
}

PointInUnit in_unit(Point point, const SyntheticOptions& options) {
  const float aspect = static_cast<float>(options.width) / static_cast<float>(options.height);
  return {0.5f + point.x / aspect, point.y, 0};
}

void draw_bones(cv::Mat& canvas, std::span<const PointInUnit> points, std::span<const Bone> bones) {
  const auto at = [&](std::size_t i) {
    return cv::Point(cvRound(points[i].x * static_cast<float>(canvas.cols)),
                     cvRound(points[i].y * static_cast<float>(canvas.rows)));
  };
  const int thickness = std::max(1, canvas.rows / 60);
  for (const Bone& bone : bones) {
    cv::line(canvas, at(bone.from), at(bone.to), cv::Scalar(60, 60, 60), thickness, cv::LINE_AA);
  }
}

class SyntheticSource : public FrameSource {
 public:
  explicit SyntheticSource(const SyntheticOptions& options) : options_(options) {
    KATA_CHECK(options.width > 0 && options.height > 0, "a picture has a size");
    KATA_CHECK(options.frame_rate_hz > 0 && options.period_s > 0, "rates are positive");
  }

  std::optional<Frame> next() override {
    if (delivered_ >= options_.frames) return std::nullopt;
    const Timestamp timestamp =
        timestamp_from_seconds(static_cast<double>(delivered_) / options_.frame_rate_hz);
    return Frame{delivered_++, timestamp, draw(synthetic_landmarks(options_, timestamp))};
  }

  SourceDescription describe() const override {
    return {.name = "synthetic figure",
            .width = options_.width,
            .height = options_.height,
            .frame_rate_hz = options_.frame_rate_hz,
            .frame_count = options_.frames,
            .is_live = false};
  }

 private:
  std::shared_ptr<const Image> draw(const Landmarks& landmarks) const {
    auto image = std::make_shared<Image>(options_.width, options_.height, PixelFormat::kBgr);
    cv::Mat canvas(options_.height, options_.width, CV_8UC3, image->data());
    canvas.setTo(cv::Scalar(225, 220, 210));
    draw_bones(canvas, landmarks.pose->points, pose_bones());
    for (const Side side : {Side::kLeft, Side::kRight}) {
      if (landmarks.hand(side)) draw_bones(canvas, landmarks.hand(side)->points, hand_bones());
    }
    return image;
  }

  SyntheticOptions options_;
  std::int64_t delivered_ = 0;
};

}  // namespace

Landmarks synthetic_landmarks(const SyntheticOptions& options, Timestamp timestamp) {
  const double phase = seconds(timestamp) / options.period_s;
  const double raise = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * phase);
  const auto points = figure(static_cast<float>(raise * 2.4));
  Landmarks truth;
  truth.timestamp = timestamp;
  truth.image_width = options.width;
  truth.image_height = options.height;
  Pose& pose = truth.pose.emplace();
  pose.confidence = 1;
  pose.visibility.fill(1);
  for (std::size_t i = 0; i < kPosePoints; ++i) pose.points[i] = in_unit(points[i], options);
  if (!options.with_hands) return truth;
  const auto hand = [&](PoseIndex elbow, PoseIndex wrist) {
    Hand made;
    made.confidence = 1;
    const auto hand_in_heights = hand_points(points[elbow], points[wrist]);
    for (std::size_t i = 0; i < kHandPoints; ++i) {
      made.points[i] = in_unit(hand_in_heights[i], options);
    }
    return made;
  };
  truth.left_hand = hand(kLeftElbow, kLeftWrist);
  truth.right_hand = hand(kRightElbow, kRightWrist);
  return truth;
}

std::unique_ptr<FrameSource> make_synthetic_source(const SyntheticOptions& options) {
  return std::make_unique<SyntheticSource>(options);
}

}  // namespace kata
