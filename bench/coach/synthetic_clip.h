// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lab_take.h"

namespace kata::bench {

inline constexpr std::size_t kClipPoints = kPosePoints + 2 * kHandPoints;

/// A clip of the synthetic people: exact truth and, where one was made, what the tracker saw of it.
struct SyntheticClip {
  std::string name;
  std::string movement;
  double fps = 25;
  int width = 640;
  int height = 480;
  double focal_px = 785;
  std::vector<std::array<std::array<float, 3>, kClipPoints>> points_mm;  ///< camera's axes
  std::vector<std::array<bool, kClipPoints>> visible;
  std::vector<LabTruth> repetitions;
  double foreign_s = 0;
  std::vector<Landmarks> track;  ///< empty: none
};

/// `folder` holds NAME.json and NAME.frames.json.gz, `tracks` NAME.jsonl (empty: no tracks).
SyntheticClip load_synthetic(const std::filesystem::path& folder, const std::string& name,
                             const std::filesystem::path& tracks);

/// How another camera sees another person do the same.
struct Viewpoint {
  double yaw_deg = 0;  ///< of the camera about the person, positive to the person's left
  double pitch_deg = 0;
  double arm_scale = 1;      ///< length of upper arms and forearms
  double width_scale = 1;    ///< of the shoulders and hips
  double scale = 1;          ///< of the whole body
  double tempo = 1;          ///< 2: twice as fast
  double noise_px = 0;       ///< added to the tracker's own; slow and fast parts
  double lost_hands = 0;     ///< share of the time in which a hand is not seen, in pieces
  bool is_mirrored = false;  ///< a left-handed person
  std::uint64_t seed = 1;
};

/// The clip from a viewpoint. With a track, the tracker's errors (bias, trembling, hands not found)
/// are those that it made on the clip itself, in pixels; without, they are drawn.
LabTake seen_from(const SyntheticClip& clip, const Viewpoint& viewpoint);

/// The tracker's own view, as it is.
LabTake as_tracked(const SyntheticClip& clip);

}  // namespace kata::bench
