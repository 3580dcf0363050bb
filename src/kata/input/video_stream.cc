// SPDX-License-Identifier: Apache-2.0
#include "kata/input/video_stream.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "kata/core/error.h"
#include "kata/input/picture_converter.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace kata {
namespace {

// A damaged header may promise any size: 8192 × 8192 is twice what the largest cameras give.
constexpr std::int64_t kMostPixels = std::int64_t{8192} * 8192;

constexpr double kUsualRate_hz = 30;

// Containers round their length and encoders their last frame; what is missing must be visible.
constexpr double kUnnoticed_s = 0.5;
constexpr double kUnnoticedShare = 0.03;

struct FreeCodec {
  void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
};
struct FreeFrame {
  void operator()(AVFrame* p) const { av_frame_free(&p); }
};

[[noreturn]] void fail(const std::string& name) {
  throw Error(ErrorCode::kCorrupt,
              "this is not a video that can be read, or it is damaged: " + name);
}

Orientation orientation_of(const std::uint8_t* side_data) {
  if (side_data == nullptr) return {};
  DisplayMatrix matrix;
  std::memcpy(matrix.data(), side_data, sizeof matrix);
  return orientation_from(matrix);
}

Orientation orientation_of(const AVStream& stream) {
  return orientation_of(av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
}

}  // namespace

struct VideoStream::Impl {
  Impl(const std::string& address, const std::string& source_name,
       const VideoStreamOptions& options)
      : name(source_name),
        track(address, source_name, options),
        losses(1 / (track.frame_rate_hz() > 0 ? track.frame_rate_hz() : kUsualRate_hz)) {
    open_codec(options.is_live);
  }

  std::string name;
  VideoTrack track;
  std::unique_ptr<AVCodecContext, FreeCodec> codec;
  std::unique_ptr<AVFrame, FreeFrame> frame{av_frame_alloc()};
  PictureConverter converter;
  LostPictures losses;
  PictureSize shown;
  bool is_drained = false;
  bool has_begun = false;  ///< a whole picture has come
  double end_s = 0;        ///< presentation time at which the last picture ends

  void open_codec(bool is_live);
  void feed();
  void note_failure();
  PictureShape shape_of_frame() const;
  DecodedPicture picture();
};

void VideoStream::Impl::open_codec(bool is_live) {
  const AVStream& stream = track.stream();
  codec.reset(avcodec_alloc_context3(&track.decoder()));
  if (!codec || avcodec_parameters_to_context(codec.get(), stream.codecpar) < 0) fail(name);
  codec->pkt_timebase = stream.time_base;
  codec->max_pixels = kMostPixels;                    // whatever the container says
  codec->thread_count = 0;                            // as many as there are cores
  if (is_live) codec->thread_type = FF_THREAD_SLICE;  // frame threads delay pictures
  if (avcodec_open2(codec.get(), &track.decoder(), nullptr) < 0) fail(name);
  shown = shown_size({codec->width, codec->height},
                     {track.pixel_ratio(nullptr), orientation_of(stream)});
}

/// Gives the decoder the next packet, or tells it that there are no more.
void VideoStream::Impl::feed() {
  const AVPacket* packet = track.next();
  if (packet == nullptr) {
    is_drained = true;
    avcodec_send_packet(codec.get(), nullptr);
    return;
  }
  // A damaged packet costs its picture, not the stream.
  const int sent = avcodec_send_packet(codec.get(), packet);
  if (sent < 0 && sent != AVERROR(EAGAIN)) note_failure();
}

/// What was cut out of a broadcast begins with pictures that lean on others before them.
void VideoStream::Impl::note_failure() {
  if (has_begun || !track.has_jumping_clock()) losses.failed();
}

/// What the frame itself says comes before what its container does.
PictureShape VideoStream::Impl::shape_of_frame() const {
  const AVFrameSideData* turned = av_frame_get_side_data(frame.get(), AV_FRAME_DATA_DISPLAYMATRIX);
  return {track.pixel_ratio(frame.get()),
          turned != nullptr ? orientation_of(turned->data) : orientation_of(track.stream())};
}

DecodedPicture VideoStream::Impl::picture() {
  const std::optional<double> time_s = track.seconds_of(frame->best_effort_timestamp);
  const bool is_damaged =
      frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0;
  losses.came(time_s, is_damaged && has_begun);
  has_begun = has_begun || !is_damaged;
  if (time_s) end_s = *time_s + (track.frame_rate_hz() > 0 ? 1 / track.frame_rate_hz() : 0);
  std::shared_ptr<const Image> image = converter.convert(*frame, shape_of_frame());
  if (!image) fail(name);
  shown = {image->width(), image->height()};
  return {std::move(image), time_s};
}

VideoStream::VideoStream(const std::string& address, const std::string& name,
                         const VideoStreamOptions& options)
    : impl_(std::make_unique<Impl>(address, name, options)) {}

VideoStream::~VideoStream() = default;

std::optional<DecodedPicture> VideoStream::next() {
  while (true) {
    const int received = avcodec_receive_frame(impl_->codec.get(), impl_->frame.get());
    if (received >= 0) return impl_->picture();
    if (received == AVERROR_EOF) return std::nullopt;
    if (received != AVERROR(EAGAIN)) impl_->note_failure();  // that picture is left out
    if (impl_->is_drained && received == AVERROR(EAGAIN)) return std::nullopt;
    if (!impl_->is_drained) impl_->feed();
  }
}

int VideoStream::width() const { return impl_->shown.width; }

int VideoStream::height() const { return impl_->shown.height; }

double VideoStream::frame_rate_hz() const { return impl_->track.frame_rate_hz(); }

ClockOptions VideoStream::clock() const {
  return {impl_->track.frame_rate_hz(), impl_->track.origin_s(), impl_->track.has_jumping_clock()};
}

std::optional<std::int64_t> VideoStream::frame_count() const {
  if (impl_->track.stream().nb_frames > 0) return impl_->track.stream().nb_frames;
  const double estimate = impl_->track.claimed_duration_s() * frame_rate_hz();
  if (estimate < 1) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(estimate));
}

PictureLosses VideoStream::losses() const {
  return is_cut_off() ? impl_->losses.in_the_middle() : impl_->losses.all();
}

bool VideoStream::is_cut_off() const {
  const double claimed_s = impl_->track.claimed_duration_s();
  const double start_s = impl_->track.seconds_of(impl_->track.stream().start_time).value_or(0);
  return impl_->track.is_broken() ||
         impl_->end_s - start_s < claimed_s - (kUnnoticed_s + kUnnoticedShare * claimed_s);
}

}  // namespace kata
