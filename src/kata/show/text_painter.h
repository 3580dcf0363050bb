// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kata/show/canvas.h"

namespace kata {

/// Writes anti-aliased UTF-8 text in any script with fonts of the system (FontSet); where none is
/// found, plain Latin letters with the drawing library's own strokes. Keeps the letters it has
/// drawn; one thread.
class TextPainter {
 public:
  TextPainter();
  ~TextPainter();
  TextPainter(const TextPainter&) = delete;
  TextPainter& operator=(const TextPainter&) = delete;

  /// px; `size` is the height of the letters' em square in px.
  int width(std::string_view text, int size);
  /// `left` and `baseline` in px; what does not fit the canvas is cut off.
  void draw(cv::Mat& canvas, std::string_view text, int left, int baseline, int size,
            Colour colour);

  /// The text in at most `max_lines` lines no wider than `max_width`, broken at spaces; the last
  /// line ends in "…" when there is more.
  std::vector<std::string> wrapped(std::string_view text, int size, int max_width, int max_lines);
  /// The largest size from `size` down to `smallest` at which the text fits.
  int fitting_size(std::string_view text, int size, int smallest, int max_width);

  /// Which letters no font had, and what to install; only once.
  std::optional<std::string> take_warning();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// One painter for each thread that draws.
TextPainter& text_painter();

}  // namespace kata
