// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "kata/core/frame.h"
#include "kata/input/frame_source.h"
#include "kata/show/overlay.h"
#include "kata/show/video_writer.h"

namespace kata {

/// Where drawn pictures go: an annotated video, nowhere else yet.
///
/// Files are written picture for picture. Pictures of a live source come unevenly, so each is
/// repeated until the video has caught up with the clock.
class PictureOutput {
 public:
  /// An empty path writes no video. Throws Error when the place cannot be written.
  PictureOutput(const std::optional<std::string>& video_path, const SourceDescription& source);

  bool is_wanted() const { return writer_ != nullptr; }
  void show(const Frame& frame, const OverlayScene& scene);
  /// Completes the video; without it the unfinished file is removed.
  void finish();

 private:
  double frame_rate_hz_;
  bool is_live_;
  std::unique_ptr<VideoWriter> writer_;
  std::int64_t written_ = 0;
};

}  // namespace kata
