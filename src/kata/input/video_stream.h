// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "kata/core/image.h"

namespace kata {

/// A decoded picture, upright, BGR.
struct DecodedPicture {
  std::shared_ptr<const Image> image;
  std::optional<double> time_s;  ///< the container's presentation time, where it gives one
};

struct VideoStreamOptions {
  /// Live streams are decoded without delay and give up after `patience` of silence.
  bool is_live = false;
  std::chrono::milliseconds patience{5000};
};

/// The pictures of the first video track of a file or address, as stored.
class VideoStream {
 public:
  /// Throws Error{kCorrupt} "not a video …" for what cannot be decoded; `name` ends the message.
  VideoStream(const std::string& address, const std::string& name,
              const VideoStreamOptions& options = {});
  ~VideoStream();
  VideoStream(const VideoStream&) = delete;
  VideoStream& operator=(const VideoStream&) = delete;

  /// Empty at the end. The size may change from picture to picture.
  std::optional<DecodedPicture> next();

  int width() const;                                ///< px, upright
  int height() const;                               ///< px, upright
  double frame_rate_hz() const;                     ///< average; 0 = unknown
  std::optional<std::int64_t> frame_count() const;  ///< as the container claims, or from its length
  /// After the end: whether the container promised more than it held.
  bool is_cut_off() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
