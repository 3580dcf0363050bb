// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kata/core/image.h"
#include "kata/core/landmarks.h"
#include "kata/core/verdict.h"

namespace kata {

/// One point of a check of the camera's place.
struct CheckLine {
  std::optional<bool> is_good;  ///< empty = not known yet
  std::string text;             ///< what was found: "too dark"
  std::string advice;           ///< what to change; empty where it is good
};

/// Everything that is drawn over one picture. Empty fields draw nothing.
struct OverlayScene {
  Landmarks landmarks;             ///< in the picture's own coordinates, not mirrored
  std::optional<Landmarks> ghost;  ///< the teacher, already laid over the learner
  std::vector<std::pair<std::string, double>>
      joint_errors;                   ///< joint name, 0 (right) – 1 (far off)
  bool is_coloured_by_error = false;  ///< joints without an error are drawn as right, not by side
  bool is_mirrored = true;            ///< draw as in a mirror; text stays readable
  std::string movement;
  double phase = -1;               ///< 0–1; negative = none under way
  std::optional<Verdict> verdict;  ///< the last one; stays until the next
  bool cannot_see = false;         ///< takes the verdict's place; the hint says what to do
  std::string hint;                ///< one line for the learner: "step back", a reason
  int correct = 0;
  int incorrect = 0;
  std::vector<VerdictKind> recent;  ///< oldest first, at most ten are drawn
  bool with_score = false;          ///< counts and the strip are drawn only when judging
  double frame_rate_hz = 0;         ///< 0 = not shown
  double latency_ms = 0;
  std::vector<CheckLine> checks;                          ///< upper left, in the verdict's place
  std::string banner;                                     ///< large, in the middle: "3", "paused"
  std::vector<std::pair<std::string, std::string>> help;  ///< key and what it does; over all else
};

/// The picture with the scene drawn over it, BGR, of the same size (at least 480 px high: smaller
/// pictures are enlarged first, so that text stays legible).
Image draw_overlay(const ImageView& picture, const OverlayScene& scene);

}  // namespace kata
