// SPDX-License-Identifier: Apache-2.0
#include "kata/show/video_writer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>
#include <utility>

#include "kata/core/error.h"
#include "kata/show/quiet_libraries.h"
#include "kata/show/video_file.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
}

namespace kata {
namespace {

/// The clock of times: holds milliseconds and the usual rates exactly, and MPEG-4 takes no finer
/// one than 1/65535 s.
constexpr int kTicks_hz = 60000;
/// A container of places takes uneven pictures, some of which come closer than the usual pace.
constexpr double kFewestPlaces_hz = 24;
constexpr int kFinestRate = 1001000;  // numbers up to it make the fraction of a rate

struct FreeOutput {
  void operator()(AVFormatContext* p) const {
    p->pb = nullptr;  // the file's own
    avformat_free_context(p);
  }
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

/// How an ending of a file name is stored.
struct Container {
  const char* muxer;
  bool is_motion_jpeg;
};

Container container_of(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (ending == ".mp4" || ending == ".m4v") return {"mp4", false};
  if (ending == ".mov") return {"mov", false};
  if (ending == ".mkv") return {"matroska", false};
  if (ending == ".avi") return {"avi", true};
  // A pipe or a device has the name it has.
  if (output_place(path).is_stream) return {"matroska", false};
  throw Error(ErrorCode::kInvalidArgument,
              "a video's name must end in .mp4, .mov, .mkv or .avi: " + path.string());
}

const AVCodec* encoder_of(const Container& container) {
  if (container.is_motion_jpeg) return avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  for (const char* name : {"libx264", "libopenh264"}) {
    if (const AVCodec* encoder = avcodec_find_encoder_by_name(name)) return encoder;
  }
  return avcodec_find_encoder(AV_CODEC_ID_MPEG4);
}

AVPixelFormat av_format(PixelFormat format) {
  switch (format) {
    case PixelFormat::kGray:
      return AV_PIX_FMT_GRAY8;
    case PixelFormat::kRgb:
      return AV_PIX_FMT_RGB24;
    case PixelFormat::kBgr:
      return AV_PIX_FMT_BGR24;
    case PixelFormat::kRgba:
      return AV_PIX_FMT_RGBA;
    case PixelFormat::kBgra:
      return AV_PIX_FMT_BGRA;
  }
  return AV_PIX_FMT_NONE;
}

/// Where a picture goes in the video, even in every respect because colour has half resolution.
struct Place {
  int left;
  int top;
  int width;
  int height;
};

Place fitted(int width, int height, int into_width, int into_height) {
  const double scale =
      std::min(static_cast<double>(into_width) / width, static_cast<double>(into_height) / height);
  const auto even = [](double size) { return std::max(2, static_cast<int>(size / 2 + 0.5) * 2); };
  // The first size itself may be one px larger than the video: that is no bar.
  const auto extent = [&](int size, int into) {
    const int result = even(size * scale);
    return result >= into - 2 ? into : result;
  };
  const int w = extent(width, into_width);
  const int h = extent(height, into_height);
  return {(into_width - w) / 4 * 2, (into_height - h) / 4 * 2, w, h};
}

}  // namespace

struct VideoWriter::Impl {
  Impl(const std::filesystem::path& path, double rate_hz)
      : container(container_of(path)), frame_rate_hz(rate_hz), file(path) {}

  Container container;
  double frame_rate_hz;
  VideoFile file;
  std::unique_ptr<AVFormatContext, FreeOutput> output;
  std::unique_ptr<AVCodecContext, FreeCodec> codec;
  std::unique_ptr<AVFrame, FreeFrame> frame;
  std::unique_ptr<AVPacket, FreePacket> packet{av_packet_alloc()};
  std::unique_ptr<SwsContext, FreeScaler> scaler;
  AVStream* stream = nullptr;
  int width = 0;  ///< of the pictures; the video's is even
  int height = 0;
  std::int64_t written = 0;
  std::int64_t next_moment = 0;  ///< the first one that is free, in the encoder's time base
  bool is_even = true;           ///< no picture has a time of its own
  bool has_failed = false;       ///< what the encoder has kept back is not asked for any more

  void make_places();
  std::int64_t moment_of(double time_s) const;
  void put(const ImageView& picture, std::int64_t moment);
  /// Whether the container has a place for each picture rather than a time.
  bool has_places() const { return container.is_motion_jpeg; }
  void begin(const ImageView& first);
  void open_codec(const AVCodec& encoder);
  void convert(const ImageView& picture);
  void fill_black();
  void encode(const AVFrame* picture);
  void store_packets();
  void check(int result) const;
};

/// Below zero is libav's "failed"; what fails once an encoder runs is the disk.
void VideoWriter::Impl::check(int result) const {
  file.check();
  if (result < 0) throw Error(ErrorCode::kIo, "cannot write this video: " + file.path().string());
}

void VideoWriter::Impl::open_codec(const AVCodec& encoder) {
  codec.reset(avcodec_alloc_context3(&encoder));
  if (!codec) throw std::bad_alloc();
  codec->width = width - width % 2;  // colour is stored at half resolution
  codec->height = height - height % 2;
  codec->framerate = av_d2q(frame_rate_hz, kFinestRate);
  codec->time_base = has_places() ? av_inv_q(codec->framerate) : AVRational{1, kTicks_hz};
  codec->gop_size = 50;  // a key picture every few seconds, so that players can jump
  codec->colorspace = AVCOL_SPC_SMPTE170M;  // what the scaler makes of RGB, whatever the size
  if (container.is_motion_jpeg) {
    codec->pix_fmt = AV_PIX_FMT_YUVJ420P;
    codec->color_range = AVCOL_RANGE_JPEG;
    codec->flags |= AV_CODEC_FLAG_QSCALE;
    codec->global_quality = 3 * FF_QP2LAMBDA;
  } else {
    codec->pix_fmt = AV_PIX_FMT_YUV420P;
    codec->color_range = AVCOL_RANGE_MPEG;
    // Thin coloured lines on a moving picture: a little better than x264's default of 23, and fast,
    // because the landmark networks need the same cores.
    av_opt_set(codec->priv_data, "crf", "20", 0);
    av_opt_set(codec->priv_data, "preset", "veryfast", 0);
    if (encoder.id == AV_CODEC_ID_MPEG4) {
      codec->flags |= AV_CODEC_FLAG_QSCALE;
      codec->global_quality = 4 * FF_QP2LAMBDA;
    }
  }
  if ((output->oformat->flags & AVFMT_GLOBALHEADER) != 0) {
    codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  }
  check(avcodec_open2(codec.get(), &encoder, nullptr));
}

void VideoWriter::Impl::begin(const ImageView& first) {
  width = first.width;
  height = first.height;
  if (width < 2 || height < 2) {
    throw Error(ErrorCode::kInvalidArgument,
                "these pictures are too small for a video: " + file.path().string());
  }
  AVFormatContext* raw = nullptr;
  check(avformat_alloc_output_context2(&raw, nullptr, container.muxer, nullptr));
  output.reset(raw);
  raw->pb = file.io();
  // The index is moved to the front in the end by reading the file again, under this name.
  raw->url = av_strdup(("file:" + file.temporary().string()).c_str());
  const AVCodec* encoder = encoder_of(container);
  if (encoder == nullptr) {
    throw Error(ErrorCode::kUnsupported,
                "no video encoder is installed, cannot write: " + file.path().string());
  }
  open_codec(*encoder);
  stream = avformat_new_stream(raw, nullptr);
  if (stream == nullptr) throw std::bad_alloc();
  stream->time_base = codec->time_base;
  if (is_even || has_places()) stream->avg_frame_rate = codec->framerate;
  check(avcodec_parameters_from_context(stream->codecpar, codec.get()));
  AVDictionary* settings = nullptr;
  // Starts playing before all has come; in a stream nothing can be moved to the front, there each
  // second has an index of its own.
  av_dict_set(&settings, "movflags",
              file.is_stream() ? "+frag_keyframe+empty_moov+default_base_moof" : "+faststart", 0);
  // Matroska keeps a cluster in memory: it must find room at the end too.
  av_dict_set(&settings, "cluster_size_limit", "32768", 0);
  file.make_room(0, 0);
  const int begun = avformat_write_header(raw, &settings);
  av_dict_free(&settings);
  check(begun);
  frame.reset(av_frame_alloc());
  frame->format = codec->pix_fmt;
  frame->width = codec->width;
  frame->height = codec->height;
  check(av_frame_get_buffer(frame.get(), 0));
}

/// A stream may change its size; the video cannot: later pictures are fitted in, with black bars.
void VideoWriter::Impl::convert(const ImageView& picture) {
  const Place place = fitted(picture.width, picture.height, codec->width, codec->height);
  const bool is_whole = place.width == codec->width && place.height == codec->height;
  // An odd last column or row of the first size is left out rather than squeezed.
  const int from_width = picture.width == width ? codec->width : picture.width;
  const int from_height = picture.height == height ? codec->height : picture.height;
  scaler.reset(sws_getCachedContext(scaler.release(), from_width, from_height,
                                    av_format(picture.format), place.width, place.height,
                                    codec->pix_fmt, SWS_BILINEAR, nullptr, nullptr, nullptr));
  if (!scaler) throw std::bad_alloc();
  check(av_frame_make_writable(frame.get()));
  if (!is_whole) fill_black();
  const std::array<const std::uint8_t*, 4> planes = {picture.data};  // all four are read
  const std::array<int, 4> strides = {static_cast<int>(picture.row_stride)};
  const std::array<std::uint8_t*, 4> targets = {
      frame->data[0] + place.top * frame->linesize[0] + place.left,
      frame->data[1] + place.top / 2 * frame->linesize[1] + place.left / 2,
      frame->data[2] + place.top / 2 * frame->linesize[2] + place.left / 2};
  sws_scale(scaler.get(), planes.data(), strides.data(), 0, from_height, targets.data(),
            frame->linesize);
  if (container.is_motion_jpeg) frame->quality = codec->global_quality;
}

void VideoWriter::Impl::fill_black() {
  const std::uint8_t black = codec->color_range == AVCOL_RANGE_JPEG ? 0 : 16;
  std::fill_n(frame->data[0], frame->linesize[0] * codec->height, black);
  for (const int plane : {1, 2}) {
    std::fill_n(frame->data[plane], frame->linesize[plane] * (codec->height / 2),
                std::uint8_t{128});
  }
}

/// Null ends the stream: what the encoder has kept back comes out.
void VideoWriter::Impl::encode(const AVFrame* picture) {
  try {
    check(avcodec_send_frame(codec.get(), picture));
    store_packets();
  } catch (const Error&) {
    has_failed = true;
    throw;
  }
}

void VideoWriter::Impl::store_packets() {
  while (true) {
    const int received = avcodec_receive_packet(codec.get(), packet.get());
    if (received == AVERROR(EAGAIN) || received == AVERROR_EOF) break;
    check(received);
    packet->stream_index = stream->index;
    packet->duration = std::max<std::int64_t>(1, moment_of(1 / frame_rate_hz));
    file.make_room(packet->size, (has_places() ? next_moment : written) + 1);
    av_packet_rescale_ts(packet.get(), codec->time_base, stream->time_base);
    check(av_interleaved_write_frame(output.get(), packet.get()));
  }
  check(output->pb->error);
}

VideoWriter::VideoWriter(const std::filesystem::path& path, double frame_rate_hz) {
  quiet_show_libraries();
  if (!(frame_rate_hz > 0 && frame_rate_hz <= 1000)) {
    throw Error(ErrorCode::kInvalidArgument,
                "a video's frame rate must be between 0 and 1000: " + path.string());
  }
  impl_ = std::make_unique<Impl>(path, frame_rate_hz);
}

VideoWriter::~VideoWriter() = default;

void VideoWriter::Impl::make_places() {
  if (has_places() && frame_rate_hz < kFewestPlaces_hz) {
    frame_rate_hz *= std::ceil(kFewestPlaces_hz / frame_rate_hz);
  }
}

std::int64_t VideoWriter::Impl::moment_of(double time_s) const {
  return std::llround(time_s * (has_places() ? frame_rate_hz : kTicks_hz));
}

void VideoWriter::Impl::put(const ImageView& picture, std::int64_t moment) {
  convert(picture);
  frame->pts = moment;
  next_moment = moment + 1;
  encode(frame.get());
  ++written;
}

void VideoWriter::write(const ImageView& picture) {
  KATA_CHECK(!picture.is_empty(), "a picture to write has pixels");
  if (!impl_->output) impl_->begin(picture);
  impl_->put(picture, impl_->moment_of(static_cast<double>(impl_->written) / impl_->frame_rate_hz));
}

bool VideoWriter::write(const ImageView& picture, Timestamp at) {
  KATA_CHECK(!picture.is_empty(), "a picture to write has pixels");
  if (!impl_->output) {
    impl_->is_even = false;
    impl_->make_places();
    impl_->begin(picture);
  }
  const std::int64_t due = std::max<std::int64_t>(0, impl_->moment_of(seconds(at)));
  const std::int64_t moment = std::max(due, impl_->next_moment);
  if (moment > due + 1) return false;
  impl_->put(picture, moment);
  return true;
}

void VideoWriter::finish() {
  if (impl_->written == 0) {
    throw Error(ErrorCode::kNotEnough,
                "there was no picture to write: " + impl_->file.path().string());
  }
  if (!impl_->has_failed) impl_->encode(nullptr);
  impl_->check(av_write_trailer(impl_->output.get()));
  impl_->output.reset();
  impl_->file.complete();
}

}  // namespace kata
