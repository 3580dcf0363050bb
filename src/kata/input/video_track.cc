// SPDX-License-Identifier: Apache-2.0
#include "kata/input/video_track.h"

#include <algorithm>
#include <deque>
#include <new>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/input/pace_of_times.h"
#include "kata/input/quiet_libraries.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace kata {
namespace {

using Clock = std::chrono::steady_clock;

/// So many packets of a file tell its pace.
constexpr std::size_t kScannedPackets = 60;
/// Nobody waits longer for a video to begin: it was cut out of a recording whose clock went on.
constexpr double kLongestLead_s = 60;

struct FreeFormat {
  void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
};
struct FreePacket {
  void operator()(AVPacket* p) const { av_packet_free(&p); }
};
using Packet = std::unique_ptr<AVPacket, FreePacket>;

double ratio_of(AVRational value) { return value.num > 0 && value.den > 0 ? av_q2d(value) : 0; }

[[noreturn]] void fail(const std::string& name) {
  throw Error(ErrorCode::kCorrupt,
              "this is not a video that can be read, or it is damaged: " + name);
}

}  // namespace

struct VideoTrack::Impl {
  VideoStreamOptions options;
  Clock::time_point deadline{};
  std::unique_ptr<AVFormatContext, FreeFormat> format;
  AVStream* stream = nullptr;
  const AVCodec* decoder = nullptr;
  std::deque<Packet> ahead;
  Packet current;
  double rate_hz = 0;
  bool is_broken = false;

  void open(const std::string& address, const std::string& name);
  void choose_stream(const std::string& name);
  Packet read();
  double claimed_rate_hz() const;
  void scan_pace();
};

void VideoTrack::Impl::open(const std::string& address, const std::string& name) {
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
}

void VideoTrack::Impl::choose_stream(const std::string& name) {
  const int index = av_find_best_stream(format.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0);
  if (index < 0 || decoder == nullptr) fail(name);
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    if (static_cast<int>(i) != index) format->streams[i]->discard = AVDISCARD_ALL;
  }
  stream = format->streams[index];
}

/// The next packet of the track; null at the end.
Packet VideoTrack::Impl::read() {
  Packet packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  while (true) {
    deadline = Clock::now() + options.patience;
    const int result = av_read_frame(format.get(), packet.get());
    if (result < 0) {
      if (result != AVERROR_EOF) is_broken = true;
      return nullptr;
    }
    if (packet->stream_index == stream->index) {
      is_broken = (packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
      return packet;
    }
    av_packet_unref(packet.get());
  }
}

double VideoTrack::Impl::claimed_rate_hz() const {
  const double mean_hz = ratio_of(stream->avg_frame_rate);
  return mean_hz > 0 ? mean_hz : ratio_of(stream->r_frame_rate);
}

/// What the container claims is compared with the times of the first packets, which are kept.
void VideoTrack::Impl::scan_pace() {
  std::vector<double> times_s;
  while (!options.is_live && ahead.size() < kScannedPackets) {
    Packet packet = read();
    if (!packet) break;
    if (packet->pts != AV_NOPTS_VALUE && (packet->flags & AV_PKT_FLAG_DISCARD) == 0) {
      times_s.push_back(static_cast<double>(packet->pts) * av_q2d(stream->time_base));
    }
    ahead.push_back(std::move(packet));
  }
  rate_hz = believed_rate_hz(claimed_rate_hz(), pace_of_times(std::move(times_s)));
}

VideoTrack::VideoTrack(const std::string& address, const std::string& name,
                       const VideoStreamOptions& options)
    : impl_(std::make_unique<Impl>()) {
  quiet_capture_libraries();
  impl_->options = options;
  impl_->open(address, name);
  impl_->choose_stream(name);
  impl_->scan_pace();
}

VideoTrack::~VideoTrack() = default;

const AVPacket* VideoTrack::next() {
  if (impl_->ahead.empty()) {
    impl_->current = impl_->read();
  } else {
    impl_->current = std::move(impl_->ahead.front());
    impl_->ahead.pop_front();
  }
  return impl_->current.get();
}

const AVStream& VideoTrack::stream() const { return *impl_->stream; }

const AVCodec& VideoTrack::decoder() const { return *impl_->decoder; }

double VideoTrack::pixel_ratio(const AVFrame* frame) const {
  // The library asks for more than it needs: it changes neither.
  return ratio_of(av_guess_sample_aspect_ratio(impl_->format.get(), impl_->stream,
                                               const_cast<AVFrame*>(frame)));
}

std::optional<double> VideoTrack::seconds_of(std::int64_t time) const {
  if (time == AV_NOPTS_VALUE) return std::nullopt;
  return static_cast<double>(time) * av_q2d(impl_->stream->time_base);
}

double VideoTrack::origin_s() const {
  if (impl_->format->start_time == AV_NOPTS_VALUE) return 0;
  const double start_s = static_cast<double>(impl_->format->start_time) / AV_TIME_BASE;
  const bool has_zero = !has_jumping_clock() && start_s >= 0 && start_s <= kLongestLead_s;
  return has_zero ? 0 : start_s;
}

bool VideoTrack::has_jumping_clock() const {
  return (impl_->format->iformat->flags & AVFMT_TS_DISCONT) != 0;
}

double VideoTrack::frame_rate_hz() const { return impl_->rate_hz; }

double VideoTrack::claimed_duration_s() const {
  const AVFormatContext& format = *impl_->format;
  const double whole_s =
      format.duration > 0 ? static_cast<double>(format.duration) / AV_TIME_BASE : 0;
  if (impl_->stream->duration > 0) {
    const double track_s = *seconds_of(impl_->stream->duration);
    return whole_s > 0 ? std::min(whole_s, track_s) : track_s;
  }
  return format.nb_streams == 1 ? whole_s : 0;
}

bool VideoTrack::is_broken() const { return impl_->is_broken; }

}  // namespace kata
