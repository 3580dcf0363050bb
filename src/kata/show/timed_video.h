// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "kata/core/image.h"
#include "kata/core/timestamp.h"
#include "kata/show/video_writer.h"

namespace kata {

/// A video that keeps the time of pictures that come unevenly.
///
/// Those of a file are written for their own times; what comes before the first shows it too. Those
/// of a live source are repeated or left out at an even pace so that the video keeps time with the
/// clock; a silence of more than a second is left out.
class TimedVideo {
 public:
  /// Throws Error as VideoWriter does.
  TimedVideo(const std::filesystem::path& path, double frame_rate_hz, bool is_live);

  /// Times rise; of a live source the first is the video's beginning.
  void write(const ImageView& picture, Timestamp timestamp);
  void finish() { writer_.finish(); }
  std::int64_t written() const { return written_; }
  double duration_s() const { return end_s_; }

 private:
  void write_timed(const ImageView& picture, Timestamp timestamp);
  void write_evenly(const ImageView& picture, Timestamp timestamp);

  double frame_rate_hz_;
  bool is_live_;
  VideoWriter writer_;
  std::optional<Timestamp> begin_;
  std::int64_t written_ = 0;
  double end_s_ = 0;
  std::int64_t left_out_ = 0;  ///< pictures that the clock is ahead for good
};

}  // namespace kata
