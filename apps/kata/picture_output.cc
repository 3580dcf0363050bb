// SPDX-License-Identifier: Apache-2.0
#include "picture_output.h"

#include <algorithm>
#include <chrono>

namespace kata {
namespace {

constexpr double kLiveRateHz = 30;
/// A camera that was away for minutes must not fill the video with one picture.
constexpr double kLongestSilence_s = 1;

double output_rate_hz(const SourceDescription& source) {
  return source.is_live || source.frame_rate_hz <= 0 ? kLiveRateHz : source.frame_rate_hz;
}

}  // namespace

PictureOutput::PictureOutput(const PictureOptions& options, const SourceDescription& source)
    : frame_rate_hz_(output_rate_hz(source)), is_live_(source.is_live) {
  if (options.video_path)
    writer_ = std::make_unique<VideoWriter>(*options.video_path, frame_rate_hz_);
  if (options.with_window) window_ = make_window(options.title);
}

void PictureOutput::show(const Frame& frame, const OverlayScene& scene) {
  if (!is_wanted()) return;
  const Image picture = draw_overlay(frame.image->view(), scene);
  if (window_) window_->show(picture);
  if (writer_) write(frame, picture);
}

void PictureOutput::show_again(const Frame& frame, const OverlayScene& scene) {
  if (window_) window_->show(draw_overlay(frame.image->view(), scene));
}

void PictureOutput::write(const Frame& frame, const Image& picture) {
  const auto due =
      static_cast<std::int64_t>(seconds(frame.timestamp) * frame_rate_hz_) + 1 - left_out_;
  std::int64_t copies = is_live_ ? due - written_ : 1;
  if (const auto most = static_cast<std::int64_t>(kLongestSilence_s * frame_rate_hz_);
      copies > most) {
    left_out_ += copies - 1;
    copies = 1;
  }
  for (std::int64_t i = 0; i < copies; ++i) writer_->write(picture);
  written_ += std::max<std::int64_t>(copies, 0);
}

std::optional<int> PictureOutput::key() {
  return window_ ? window_->key(std::chrono::milliseconds(1)) : std::nullopt;
}

std::optional<int> PictureOutput::wait_for_key() {
  return window_ ? window_->key(std::chrono::milliseconds(50)) : std::nullopt;
}

void PictureOutput::toggle_full_screen() {
  is_full_screen_ = !is_full_screen_;
  if (window_) window_->set_full_screen(is_full_screen_);
}

void PictureOutput::finish() {
  if (writer_) writer_->finish();
}

}  // namespace kata
