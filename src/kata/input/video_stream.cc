// SPDX-License-Identifier: Apache-2.0
#include "kata/input/video_stream.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <opencv2/core.hpp>

#include "kata/core/error.h"
#include "kata/input/quiet_libraries.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libswscale/swscale.h>
}

namespace kata {
namespace {

using Clock = std::chrono::steady_clock;

// A damaged header may promise any size: 8192 × 8192 is twice what the largest cameras give.
constexpr std::int64_t kMostPixels = std::int64_t{8192} * 8192;

struct FreeFormat {
  void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
};
struct FreeCodec {
  void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
};
struct FreeFrame {
  void operator()(AVFrame* p) const { av_frame_free(&p); }
};
struct FreePacket {
  void operator()(AVPacket* p) const { av_packet_free(&p); }
};
struct FreeScaler {
  void operator()(SwsContext* p) const { sws_freeContext(p); }
};

/// How the stored picture must be turned to stand upright; the cases of ffmpeg's autorotation.
struct Turn {
  int quarter_turns = 0;  ///< clockwise
  bool flip_x = false;    ///< after turning
};

Turn turn_from_display_matrix(const std::int32_t* matrix) {
  const double angle_deg = av_display_rotation_get(matrix);  // counter-clockwise; NaN if singular
  if (std::isnan(angle_deg)) return {};
  const auto turns = static_cast<int>(std::lround(-angle_deg / 90));
  const double determinant =
      static_cast<double>(matrix[0]) * matrix[4] - static_cast<double>(matrix[1]) * matrix[3];
  return {((turns % 4) + 4) % 4, determinant < 0};
}

Turn turn_of(const AVStream& stream) {
  const std::uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
  if (data == nullptr) return {};
  std::int32_t matrix[9];
  std::memcpy(matrix, data, sizeof matrix);
  return turn_from_display_matrix(matrix);
}

cv::Mat upright(const cv::Mat& stored, const Turn& turn) {
  cv::Mat turned = stored;
  if (turn.quarter_turns == 1) cv::rotate(stored, turned, cv::ROTATE_90_CLOCKWISE);
  if (turn.quarter_turns == 2) cv::rotate(stored, turned, cv::ROTATE_180);
  if (turn.quarter_turns == 3) cv::rotate(stored, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
  if (!turn.flip_x) return turned;
  cv::Mat flipped;
  cv::flip(turned, flipped, 1);
  return flipped;
}

[[noreturn]] void fail(const std::string& name) {
  throw Error(ErrorCode::kCorrupt,
              "this is not a video that can be read, or it is damaged: " + name);
}

}  // namespace

struct VideoStream::Impl {
  std::string name;
  VideoStreamOptions options;
  Clock::time_point deadline{};
  std::unique_ptr<AVFormatContext, FreeFormat> format;
  std::unique_ptr<AVCodecContext, FreeCodec> codec;
  std::unique_ptr<AVFrame, FreeFrame> frame{av_frame_alloc()};
  std::unique_ptr<AVPacket, FreePacket> packet{av_packet_alloc()};
  std::unique_ptr<SwsContext, FreeScaler> scaler;
  AVStream* stream = nullptr;
  Turn turn;
  bool is_drained = false;
  bool is_reading_broken = false;
  double end_s = 0;  ///< presentation time at which the last picture ends, from the stream's start

  void open(const std::string& address);
  void open_codec();
  void feed();
  cv::Mat converted();
  std::optional<double> frame_time_s() const;
  double rate_hz() const;
  double claimed_duration_s() const;
};

void VideoStream::Impl::open(const std::string& address) {
  AVFormatContext* raw = avformat_alloc_context();
  if (raw == nullptr) throw std::bad_alloc();
  if (options.is_live) {
    raw->interrupt_callback = {
        [](void* self) -> int { return Clock::now() > static_cast<Impl*>(self)->deadline ? 1 : 0; },
        this};
  }
  deadline = Clock::now() + options.patience;
  AVDictionary* settings = nullptr;
  // UDP, the default, loses pictures on wireless networks; cameras all speak TCP too.
  if (options.is_live) av_dict_set(&settings, "rtsp_transport", "tcp", 0);
  const int opened = avformat_open_input(&raw, address.c_str(), nullptr, &settings);
  av_dict_free(&settings);
  if (opened < 0) fail(name);  // raw was freed
  format.reset(raw);
  if (avformat_find_stream_info(format.get(), nullptr) < 0) fail(name);
  open_codec();
}

void VideoStream::Impl::open_codec() {
  const AVCodec* decoder = nullptr;
  const int index = av_find_best_stream(format.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0);
  if (index < 0 || decoder == nullptr) fail(name);
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    if (static_cast<int>(i) != index) format->streams[i]->discard = AVDISCARD_ALL;
  }
  stream = format->streams[index];
  codec.reset(avcodec_alloc_context3(decoder));
  if (!codec || avcodec_parameters_to_context(codec.get(), stream->codecpar) < 0) fail(name);
  codec->pkt_timebase = stream->time_base;
  codec->max_pixels = kMostPixels;                            // whatever the container says
  codec->thread_count = 0;                                    // as many as there are cores
  if (options.is_live) codec->thread_type = FF_THREAD_SLICE;  // frame threads delay pictures
  if (avcodec_open2(codec.get(), decoder, nullptr) < 0) fail(name);
  turn = turn_of(*stream);
}

/// Gives the decoder the next packet, or tells it that there are no more.
void VideoStream::Impl::feed() {
  while (true) {
    deadline = Clock::now() + options.patience;
    const int read = av_read_frame(format.get(), packet.get());
    if (read < 0) {
      if (read != AVERROR_EOF) is_reading_broken = true;
      is_drained = true;
      avcodec_send_packet(codec.get(), nullptr);
      return;
    }
    const bool is_ours = packet->stream_index == stream->index;
    if (is_ours) {
      is_reading_broken = (packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
      // A damaged packet costs its picture, not the stream.
      avcodec_send_packet(codec.get(), packet.get());
    }
    av_packet_unref(packet.get());
    if (is_ours) return;
  }
}

/// The decoder's frame as BGR, upright. Converted as OpenCV's own reader does (BT.601 unless the
/// format says otherwise), because the reference landmarks were made through it.
cv::Mat VideoStream::Impl::converted() {
  scaler.reset(sws_getCachedContext(
      scaler.release(), frame->width, frame->height, static_cast<AVPixelFormat>(frame->format),
      frame->width, frame->height, AV_PIX_FMT_BGR24, SWS_BICUBIC, nullptr, nullptr, nullptr));
  if (!scaler) fail(name);
  // The converter may write beyond a row's end: rows are padded to 64 bytes, and one row is spare.
  const int padded_width = (frame->width + 63) / 64 * 64;
  cv::Mat padded(frame->height + 1, padded_width, CV_8UC3);
  std::uint8_t* const planes[4] = {padded.data};  // the converter reads all four
  const int strides[4] = {static_cast<int>(padded.step)};
  sws_scale(scaler.get(), frame->data, frame->linesize, 0, frame->height, planes, strides);
  return upright(padded(cv::Rect(0, 0, frame->width, frame->height)), turn);
}

std::optional<double> VideoStream::Impl::frame_time_s() const {
  if (frame->best_effort_timestamp == AV_NOPTS_VALUE) return std::nullopt;
  return static_cast<double>(frame->best_effort_timestamp) * av_q2d(stream->time_base);
}

double VideoStream::Impl::rate_hz() const {
  AVRational rate = stream->avg_frame_rate;
  if (rate.num <= 0 || rate.den <= 0) rate = stream->r_frame_rate;
  return rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
}

/// 0 where the container does not say it of the video track itself.
double VideoStream::Impl::claimed_duration_s() const {
  const double whole_s =
      format->duration > 0 ? static_cast<double>(format->duration) / AV_TIME_BASE : 0;
  if (stream->duration > 0) {
    const double track_s = static_cast<double>(stream->duration) * av_q2d(stream->time_base);
    return whole_s > 0 ? std::min(whole_s, track_s) : track_s;
  }
  return format->nb_streams == 1 ? whole_s : 0;
}

VideoStream::VideoStream(const std::string& address, const std::string& name,
                         const VideoStreamOptions& options)
    : impl_(std::make_unique<Impl>()) {
  quiet_capture_libraries();
  impl_->name = name;
  impl_->options = options;
  impl_->open(address);
}

VideoStream::~VideoStream() = default;

std::optional<DecodedPicture> VideoStream::next() {
  while (true) {
    const int received = avcodec_receive_frame(impl_->codec.get(), impl_->frame.get());
    if (received == AVERROR(EAGAIN) && !impl_->is_drained) {
      impl_->feed();
      continue;
    }
    if (received < 0) {
      if (received == AVERROR_EOF || impl_->is_drained) return std::nullopt;
      impl_->feed();  // a picture that cannot be decoded is left out
      continue;
    }
    const cv::Mat picture = impl_->converted();
    const std::optional<double> time_s = impl_->frame_time_s();
    if (time_s) {
      const double start_s =
          impl_->stream->start_time == AV_NOPTS_VALUE
              ? 0
              : static_cast<double>(impl_->stream->start_time) * av_q2d(impl_->stream->time_base);
      impl_->end_s = *time_s - start_s + (impl_->rate_hz() > 0 ? 1 / impl_->rate_hz() : 0);
    }
    const ImageView view{picture.data, picture.cols, picture.rows, picture.step, PixelFormat::kBgr};
    return DecodedPicture{std::make_shared<const Image>(view), time_s};
  }
}

int VideoStream::width() const {
  const bool is_turned = impl_->turn.quarter_turns % 2 == 1;
  return is_turned ? impl_->codec->height : impl_->codec->width;
}

int VideoStream::height() const {
  const bool is_turned = impl_->turn.quarter_turns % 2 == 1;
  return is_turned ? impl_->codec->width : impl_->codec->height;
}

double VideoStream::frame_rate_hz() const { return impl_->rate_hz(); }

std::optional<std::int64_t> VideoStream::frame_count() const {
  if (impl_->stream->nb_frames > 0) return impl_->stream->nb_frames;
  const double estimate = impl_->claimed_duration_s() * impl_->rate_hz();
  if (estimate < 1) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(estimate));
}

bool VideoStream::is_cut_off() const {
  // Containers round their length and encoders their last frame; what is missing must be visible.
  const double tolerance_s = 0.5 + 0.03 * impl_->claimed_duration_s();
  return impl_->is_reading_broken || impl_->end_s < impl_->claimed_duration_s() - tolerance_s;
}

}  // namespace kata
