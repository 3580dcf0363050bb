// SPDX-License-Identifier: Apache-2.0
#include "picture_output.h"

#include <chrono>

#include "font_warning.h"

namespace kata {
namespace {

constexpr double kLiveRateHz = 30;

double output_rate_hz(const SourceDescription& source) {
  return source.is_live || source.frame_rate_hz <= 0 ? kLiveRateHz : source.frame_rate_hz;
}

}  // namespace

PictureOutput::PictureOutput(const PictureOptions& options, const SourceDescription& source)
    : is_live_(source.is_live) {
  if (options.video_path) {
    writer_ =
        std::make_unique<TimedVideo>(*options.video_path, output_rate_hz(source), source.is_live);
  }
  if (options.with_window) window_ = make_window(options.title);
}

void PictureOutput::show(const Frame& frame, const OverlayScene& scene) {
  if (!is_wanted()) return;
  const Image picture = draw_overlay(frame.image->view(), scene);
  print_font_warning();
  if (window_) window_->show(picture);
  if (!writer_ || failure_) return;
  try {
    writer_->write(picture, frame.timestamp);
  } catch (const Error& error) {
    failure_ = error;
  }
}

void PictureOutput::show_again(const Frame& frame, const OverlayScene& scene) {
  if (window_) window_->show(draw_overlay(frame.image->view(), scene));
  print_font_warning();
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
  if (!writer_) return;
  if (!failure_ || (is_live_ && writer_->written() > 0)) writer_->finish();
  if (failure_) throw Error(*failure_);
}

}  // namespace kata
