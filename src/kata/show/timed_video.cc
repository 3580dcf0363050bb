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
  if (!begin_) begin_ = timestamp;
  std::int64_t copies = 1;
  if (is_live_) {
    const auto due =
        static_cast<std::int64_t>(seconds(timestamp - *begin_) * frame_rate_hz_) + 1 - left_out_;
    copies = std::max<std::int64_t>(0, due - written_);
    if (copies > static_cast<std::int64_t>(kLongestSilence_s * frame_rate_hz_)) {
      left_out_ += copies - 1;
      copies = 1;
    }
  }
  for (std::int64_t i = 0; i < copies; ++i) writer_.write(picture);
  written_ += copies;
}

}  // namespace kata
