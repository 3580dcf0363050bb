// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct AVCodec;
struct AVFormatContext;
struct AVFrame;
struct AVPacket;
struct AVStream;

namespace kata {

struct VideoStreamOptions {
  /// Live streams are decoded without delay and give up after `patience` of silence.
  bool is_live = false;
  std::chrono::milliseconds patience{5000};
};

/// The first video track of a file or address before decoding: its packets and what its container
/// says of it.
class VideoTrack {
 public:
  /// Throws Error{kCorrupt} "not a video …" for what cannot be read; `name` ends the message.
  VideoTrack(const std::string& address, const std::string& name,
             const VideoStreamOptions& options);
  ~VideoTrack();
  VideoTrack(const VideoTrack&) = delete;
  VideoTrack& operator=(const VideoTrack&) = delete;

  /// The next packet, valid until the next call; null at the end.
  const AVPacket* next();

  const AVStream& stream() const;
  const AVCodec& decoder() const;
  /// A stored pixel's width by its height, of this frame or of the track (null); 0 = not said.
  double pixel_ratio(const AVFrame* frame) const;
  /// Empty for the libraries' "no time".
  std::optional<double> seconds_of(std::int64_t time) const;
  /// Where players begin to count: the container's zero, or the beginning of what was cut out of a
  /// longer stream.
  double origin_s() const;
  /// The container's clock may be set anew in the middle (broadcasts).
  bool has_jumping_clock() const;
  double frame_rate_hz() const;       ///< 0 = unknown
  double claimed_duration_s() const;  ///< 0 where the container does not say it of this track
  /// After the end: whether reading failed rather than ended.
  bool is_broken() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
