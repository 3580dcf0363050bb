// SPDX-License-Identifier: Apache-2.0
#include "kata/show/timed_video.h"

#include <algorithm>

namespace kata {
namespace {

constexpr double kLongestSilence_s = 1;

}  // namespace

TimedVideo::TimedVideo(const std::filesystem::path& path, double frame_rate_hz, bool is_live)
    : frame_rate_hz_(frame_rate_hz), is_live_(is_live), writer_(path, frame_rate_hz) {}

void TimedVideo::write(const ImageView& picture, Timestamp timestamp) {
  if (is_live_) {
    write_evenly(picture, timestamp);
  } else {
    write_timed(picture, timestamp);
  }
}

void TimedVideo::write_timed(const ImageView& picture, Timestamp timestamp) {
  const double period_s = 1 / frame_rate_hz_;
  // Players disagree about a video that begins later than at 0: some show it at once.
  const bool is_late = written_ == 0 && seconds(timestamp) >= period_s;
  if (is_late && writer_.write(picture, Timestamp{})) ++written_;
  if (writer_.write(picture, timestamp)) ++written_;
  end_s_ = seconds(timestamp) + period_s;
}

void TimedVideo::write_evenly(const ImageView& picture, Timestamp timestamp) {
  if (!begin_) begin_ = timestamp;
  const auto due =
      static_cast<std::int64_t>(seconds(timestamp - *begin_) * frame_rate_hz_) + 1 - left_out_;
  std::int64_t copies = std::max<std::int64_t>(0, due - written_);
  if (copies > static_cast<std::int64_t>(kLongestSilence_s * frame_rate_hz_)) {
    left_out_ += copies - 1;
    copies = 1;
  }
  for (std::int64_t i = 0; i < copies; ++i) writer_.write(picture);
  written_ += copies;
  end_s_ = static_cast<double>(written_) / frame_rate_hz_;
}

}  // namespace kata
