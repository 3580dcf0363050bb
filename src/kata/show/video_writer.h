// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "kata/core/image.h"
#include "kata/core/timestamp.h"

namespace kata {

/// Writes pictures to a video file that appears under its name only when finished.
class VideoWriter {
 public:
  /// Container and codec follow the ending (.mp4 H.264 where the system can, else MPEG-4; .avi
  /// Motion JPEG; a pipe or device of another name gets Matroska). Throws Error for an unknown
  /// ending or a place that cannot be written.
  /// The rate is that of pictures without times, and says how long the last one is shown.
  VideoWriter(const std::filesystem::path& path, double frame_rate_hz);
  ~VideoWriter();  ///< without finish(): the unfinished file is removed
  VideoWriter(const VideoWriter&) = delete;
  VideoWriter& operator=(const VideoWriter&) = delete;

  /// The first picture gives the video its size; others are fitted into it. Error{kIo} when the
  /// disk is full.
  void write(const ImageView& picture);
  /// The same for a picture with a time of its own, since the video's beginning; times rise. A
  /// pause is kept without copies. .avi has places of an even pace only: the nearest is taken, and
  /// false is returned when there is none within a place.
  bool write(const ImageView& picture, Timestamp at);
  /// Completes the file and moves it to its name. After a full disk it may be called too: the video
  /// holds the pictures until then.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
