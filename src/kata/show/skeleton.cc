// SPDX-License-Identifier: Apache-2.0
#include "kata/show/skeleton.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <span>

#include "kata/core/topology.h"
#include "kata/show/canvas.h"

namespace kata {
namespace {

constexpr int kShift = 4;
constexpr float kVisibleFrom = 0.5f;  // below, MediaPipe guesses where the point would be
constexpr double kNoError = -1;
// The person's left and right: orange and blue, which every kind of colour vision tells apart.
constexpr Colour kLeftColour = {255, 176, 82};
constexpr Colour kRightColour = {92, 190, 255};
constexpr Colour kMiddleColour = {240, 243, 247};
constexpr Colour kOutline = {12, 14, 18};
constexpr Colour kGhost = {186, 216, 255};

cv::Scalar bgr(Colour colour) { return cv::Scalar(colour.blue, colour.green, colour.red); }

Colour mixed(Colour from, Colour to, double share) {
  const auto mix = [&](int a, int b) { return cvRound(a + (b - a) * share); };
  return {mix(from.red, to.red), mix(from.green, to.green), mix(from.blue, to.blue)};
}

/// Teal, yellow, red: rising in hue and falling in lightness, so that it reads without colour too.
Colour error_colour(double error) {
  constexpr Colour kFine = {70, 220, 190};
  constexpr Colour kOff = {255, 214, 70};
  constexpr Colour kFarOff = {226, 42, 46};
  const double e = std::clamp(error, 0.0, 1.0);
  return e < 0.5 ? mixed(kFine, kOff, e * 2) : mixed(kOff, kFarOff, e * 2 - 1);
}

/// One joint as it is drawn; empty where nothing was really seen.
struct Joint {
  cv::Point at;  ///< with kShift fractional bits
  Colour colour;
  double error = kNoError;
};
using Joints = std::vector<std::optional<Joint>>;

struct Weights {
  int line;
  int outline;
  int joint;
};

double error_of(const std::vector<std::pair<std::string, double>>& errors, std::string_view name) {
  double found = kNoError;
  for (const auto& [joint, error] : errors) {
    if (joint == name) found = std::max(found, error);
  }
  return found;
}

cv::Point place(const PointInUnit& point, const cv::Mat& canvas, bool is_mirrored) {
  const double x = is_mirrored ? 1.0 - static_cast<double>(point.x) : static_cast<double>(point.x);
  // Far outside points would overflow the fixed-point drawing.
  const auto fixed = [](double value) {
    return cvRound(std::clamp(value, -20000.0, 20000.0) * (1 << kShift));
  };
  return {fixed(x * canvas.cols - 0.5), fixed(static_cast<double>(point.y) * canvas.rows - 0.5)};
}

Colour side_colour(std::size_t index) {
  if (index < kLeftShoulder) return kMiddleColour;
  return index % 2 == 1 ? kLeftColour : kRightColour;
}

bool is_face(std::size_t i) { return i < kLeftShoulder; }

bool is_finger(std::size_t i) { return i >= kLeftPinky && i <= kRightThumb; }

/// The body's own rough fingers are left out where the hand was found.
bool is_drawn(const Landmarks& landmarks, std::size_t i) {
  if (is_face(i)) return i == kNose || i == kLeftEar || i == kRightEar;
  if (!is_finger(i)) return true;
  return !(i % 2 == 1 ? landmarks.left_hand : landmarks.right_hand).has_value();
}

Joints pose_joints(const cv::Mat& canvas, const Landmarks& landmarks,
                   const std::vector<std::pair<std::string, double>>& errors,
                   const SkeletonStyle& style) {
  Joints joints(kPosePoints);
  if (!landmarks.pose) return joints;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    if (landmarks.pose->visibility[i] < kVisibleFrom || !is_drawn(landmarks, i)) continue;
    const double error = error_of(errors, kPoseNames[i]);
    Colour colour = side_colour(i);
    if (style.is_coloured_by_error && !is_face(i)) colour = error_colour(std::max(0.0, error));
    joints[i] = Joint{place(landmarks.pose->points[i], canvas, style.is_mirrored), colour, error};
  }
  return joints;
}

/// Lines between the face's points would be taken for spectacles; its points are enough.
std::span<const Bone> limb_bones() {
  static const std::vector<Bone> limbs = [] {
    std::vector<Bone> kept;
    for (const Bone& bone : pose_bones()) {
      if (!is_face(bone.from) && !is_face(bone.to)) kept.push_back(bone);
    }
    return kept;
  }();
  return limbs;
}

Joints hand_joints(const cv::Mat& canvas, const Hand& hand, Colour colour, double error,
                   bool is_mirrored) {
  Joints joints(kHandPoints);
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    joints[i] = Joint{place(hand.points[i], canvas, is_mirrored), colour, error};
  }
  return joints;
}

/// A mesh of 468 points: dots that leave the face to be seen.
void draw_face(cv::Mat& canvas, const Face& face, const SkeletonStyle& style) {
  for (const PointInUnit& point : face.points) {
    cv::circle(canvas, place(point, canvas, style.is_mirrored), style.unit << (kShift - 1),
               bgr(mixed(kMiddleColour, kWhite, 0.35)), cv::FILLED, cv::LINE_AA, kShift);
  }
}

/// All outlines first, then all lines, then all joints: nothing cuts through its neighbour.
void draw_joints(cv::Mat& canvas, const Joints& joints, std::span<const Bone> bones,
                 const Weights& weights) {
  const auto each_bone = [&](auto draw) {
    for (const Bone& bone : bones) {
      if (joints[bone.from] && joints[bone.to]) draw(*joints[bone.from], *joints[bone.to]);
    }
  };
  each_bone([&](const Joint& a, const Joint& b) {
    cv::line(canvas, a.at, b.at, bgr(kOutline), weights.outline, cv::LINE_AA, kShift);
  });
  each_bone([&](const Joint& a, const Joint& b) {
    const cv::Point middle((a.at.x + b.at.x) / 2, (a.at.y + b.at.y) / 2);
    cv::line(canvas, a.at, middle, bgr(a.colour), weights.line, cv::LINE_AA, kShift);
    cv::line(canvas, middle, b.at, bgr(b.colour), weights.line, cv::LINE_AA, kShift);
  });
  for (const auto& joint : joints) {
    if (!joint || weights.joint == 0) continue;
    const int grown =
        cvRound(weights.joint * (1 + 0.8 * std::max(0.0, joint->error)) * (1 << kShift));
    const int rim = std::max(1, weights.line / 3) << kShift;
    cv::circle(canvas, joint->at, grown + rim, bgr(kOutline), cv::FILLED, cv::LINE_AA, kShift);
    cv::circle(canvas, joint->at, grown,
               bgr(joint->error > 0.5 ? joint->colour : mixed(joint->colour, kWhite, 0.35)),
               cv::FILLED, cv::LINE_AA, kShift);
  }
}

/// Fingers seen from afar must not become one blot: lines follow the hand's size in the picture.
Weights hand_weights(const Joints& joints, int unit) {
  const auto far = [&](std::size_t i) {
    const cv::Point d = joints[i]->at - joints[0]->at;
    return std::hypot(d.x, d.y) / (1 << kShift);
  };
  const double size = std::max(far(9), far(12));
  const int line = std::clamp(cvRound(size / 30), 1, 2 * unit);
  return {line, line + std::max(2, line), line < 3 ? 0 : line};
}

void draw_limbs(cv::Mat& mask, const Joints& joints, std::span<const Bone> bones, int thickness) {
  for (const Bone& bone : bones) {
    if (!joints[bone.from] || !joints[bone.to]) continue;
    cv::line(mask, joints[bone.from]->at, joints[bone.to]->at, cv::Scalar(255), thickness,
             cv::LINE_AA, kShift);
  }
}

void extend(cv::Rect& area, const Joints& joints) {
  for (const auto& joint : joints) {
    if (joint) area |= cv::Rect(joint->at.x >> kShift, joint->at.y >> kShift, 1, 1);
  }
}

void shift(Joints& joints, cv::Point by) {
  for (auto& joint : joints) {
    if (joint) joint->at -= by * (1 << kShift);
  }
}

}  // namespace

void draw_skeleton(cv::Mat& canvas, const Landmarks& landmarks,
                   const std::vector<std::pair<std::string, double>>& joint_errors,
                   const SkeletonStyle& chosen) {
  SkeletonStyle style = chosen;
  style.is_coloured_by_error |= !joint_errors.empty();
  const int u = style.unit;
  draw_joints(canvas, pose_joints(canvas, landmarks, joint_errors, style), limb_bones(),
              {2 * u, 3 * u + 1, 2 * u});
  for (const Side side : {Side::kLeft, Side::kRight}) {
    const std::optional<Hand>& hand = landmarks.hand(side);
    if (!hand) continue;
    const bool is_left = side == Side::kLeft;
    const double error = error_of(joint_errors, is_left ? "left_hand" : "right_hand");
    Colour colour = is_left ? kLeftColour : kRightColour;
    if (style.is_coloured_by_error) colour = error_colour(std::max(0.0, error));
    const Joints joints = hand_joints(canvas, *hand, colour, kNoError, style.is_mirrored);
    draw_joints(canvas, joints, hand_bones(), hand_weights(joints, u));
  }
  if (landmarks.face) draw_face(canvas, *landmarks.face, style);
}

void draw_ghost(cv::Mat& canvas, const Landmarks& ghost, const SkeletonStyle& style) {
  const int u = style.unit;
  Joints body = pose_joints(canvas, ghost, {}, style);
  std::vector<Joints> hands;
  for (const std::optional<Hand>* hand : {&ghost.left_hand, &ghost.right_hand}) {
    if (*hand) hands.push_back(hand_joints(canvas, **hand, kGhost, kNoError, style.is_mirrored));
  }
  // Translucent lines that overlap must not be mixed in twice: they are drawn into one mask, no
  // larger than the figure.
  cv::Rect area;
  extend(area, body);
  for (const Joints& hand : hands) extend(area, hand);
  if (area.empty()) return;
  area = cv::Rect(area.x - 8 * u, area.y - 8 * u, area.width + 16 * u, area.height + 16 * u) &
         cv::Rect(0, 0, canvas.cols, canvas.rows);
  if (area.empty()) return;
  cv::Mat mask = cv::Mat::zeros(area.size(), CV_8U);
  shift(body, area.tl());
  draw_limbs(mask, body, limb_bones(), 7 * u);
  for (Joints& hand : hands) {
    shift(hand, area.tl());
    draw_limbs(mask, hand, hand_bones(), 2 * hand_weights(hand, u).line + u);
  }
  blend(canvas, mask, area.x, area.y, kGhost, 0.68);
}

}  // namespace kata
