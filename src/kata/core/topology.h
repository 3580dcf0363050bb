// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "kata/core/landmarks.h"

namespace kata {

/// MediaPipe's names of the body points, "left" and "right" the person's own.
/// Source: mediapipe/python/solutions/pose.py, PoseLandmark.
inline constexpr std::array<std::string_view, kPosePoints> kPoseNames = {
    "nose",        "left_eye_inner",  "left_eye",        "left_eye_outer", "right_eye_inner",
    "right_eye",   "right_eye_outer", "left_ear",        "right_ear",      "mouth_left",
    "mouth_right", "left_shoulder",   "right_shoulder",  "left_elbow",     "right_elbow",
    "left_wrist",  "right_wrist",     "left_pinky",      "right_pinky",    "left_index",
    "right_index", "left_thumb",      "right_thumb",     "left_hip",       "right_hip",
    "left_knee",   "right_knee",      "left_ankle",      "right_ankle",    "left_heel",
    "right_heel",  "left_foot_index", "right_foot_index"};

/// MediaPipe's names of the hand points. Source: mediapipe/python/solutions/hands.py, HandLandmark.
inline constexpr std::array<std::string_view, kHandPoints> kHandNames = {
    "wrist",     "thumb_cmc", "thumb_mcp",  "thumb_ip",   "thumb_tip",  "index_mcp",  "index_pip",
    "index_dip", "index_tip", "middle_mcp", "middle_pip", "middle_dip", "middle_tip", "ring_mcp",
    "ring_pip",  "ring_dip",  "ring_tip",   "pinky_mcp",  "pinky_pip",  "pinky_dip",  "pinky_tip"};

/// Index of the same point on the other side of the body.
inline constexpr std::array<std::uint8_t, kPosePoints> kPoseMirror = {
    0,  4,  5,  6,  1,  2,  3,  8,  7,  10, 9,  12, 11, 14, 13, 16, 15,
    18, 17, 20, 19, 22, 21, 24, 23, 26, 25, 28, 27, 30, 29, 32, 31};

struct Bone {
  std::uint8_t from;
  std::uint8_t to;
};

/// Lines that draw a body (without the face's detail) and a hand.
std::span<const Bone> pose_bones();
std::span<const Bone> hand_bones();

/// Body points by name, for code that means one of them.
enum PoseIndex : std::uint8_t {
  kNose = 0,
  kLeftEar = 7,
  kRightEar = 8,
  kLeftShoulder = 11,
  kRightShoulder = 12,
  kLeftElbow = 13,
  kRightElbow = 14,
  kLeftWrist = 15,
  kRightWrist = 16,
  kLeftPinky = 17,
  kRightPinky = 18,
  kLeftIndex = 19,
  kRightIndex = 20,
  kLeftThumb = 21,
  kRightThumb = 22,
  kLeftHip = 23,
  kRightHip = 24,
  kLeftKnee = 25,
  kRightKnee = 26,
  kLeftAnkle = 27,
  kRightAnkle = 28,
};

}  // namespace kata
