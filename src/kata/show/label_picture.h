// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "kata/core/image.h"
#include "kata/core/landmarks.h"
#include "kata/core/repetition.h"

namespace kata {

/// A repetition on the timeline, in frames of the take, both inside.
struct LabelSpan {
  std::size_t first = 0;
  std::size_t last = 0;
  Label label = Label::kCorrect;
  std::string mistake;   ///< empty = none named
  std::string movement;  ///< shown where it is not the one that is being labelled
  bool is_selected = false;
};

/// What the window for labelling shows.
struct LabelScene {
  std::size_t frame = 0;
  std::size_t frames = 1;
  double time_s = 0;
  std::string movement;
  std::vector<LabelSpan> spans;
  std::optional<LabelSpan> open;    ///< being marked; it reaches to the current frame
  std::optional<std::size_t> edge;  ///< frame of the edge that [ and ] move
  bool is_playing = false;
  bool is_looping = false;
  double speed = 1;
  std::string message;                ///< what the last key did
  std::optional<std::string> typing;  ///< a mistake's name while it is typed
  std::vector<float> motion;          ///< how much moves along the take, any scale; may be empty
};

/// Picture with landmarks on top; below it what the keys did, the timeline with its coloured spans,
/// and the keys. BGR, always of one size, whatever the video's.
Image draw_labels(const ImageView& picture, const Landmarks& landmarks, const LabelScene& scene);

}  // namespace kata
