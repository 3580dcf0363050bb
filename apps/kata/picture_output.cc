// SPDX-License-Identifier: Apache-2.0
#include "picture_output.h"

#include <algorithm>

namespace kata {
namespace {

constexpr double kLiveRateHz = 30;

double output_rate_hz(const SourceDescription& source) {
  return source.is_live || source.frame_rate_hz <= 0 ? kLiveRateHz : source.frame_rate_hz;
}

}  // namespace

PictureOutput::PictureOutput(const std::optional<std::string>& video_path, const SourceDescription& source)
    : frame_rate_hz_(output_rate_hz(source)), is_live_(source.is_live) {
  if (video_path) writer_ = std::make_unique<VideoWriter>(*video_path, frame_rate_hz_);
}

void PictureOutput::show(const Frame& frame, const OverlayScene& scene) {
  if (!writer_) return;
  const Image picture = draw_overlay(frame.image->view(), scene);
  const auto due = static_cast<std::int64_t>(seconds(frame.timestamp) * frame_rate_hz_) + 1;
  const std::int64_t copies = is_live_ ? due - written_ : 1;
  for (std::int64_t i = 0; i < copies; ++i) writer_->write(picture);
  written_ += std::max<std::int64_t>(copies, 0);
}

void PictureOutput::finish() {
  if (writer_) writer_->finish();
}

}  // namespace kata
