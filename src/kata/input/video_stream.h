// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "kata/core/image.h"
#include "kata/input/lost_pictures.h"
#include "kata/input/presentation_clock.h"
#include "kata/input/video_track.h"

namespace kata {

/// A decoded picture as players show it: upright, BGR, square pixels, no combs.
struct DecodedPicture {
  std::shared_ptr<const Image> image;
  std::optional<double> time_s;  ///< the container's presentation time, where it gives one
};

/// The pictures of the first video track of a file or address.
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

  int width() const;             ///< px, as shown; the container's promise before the first picture
  int height() const;            ///< px, likewise
  double frame_rate_hz() const;  ///< 0 = unknown
  ClockOptions clock() const;    ///< how players count the container's times
  std::optional<std::int64_t> frame_count() const;  ///< as the container claims, or from its length
  /// So far; in a stream that is cut off those at its end are no news.
  PictureLosses losses() const;
  /// After the end: whether the container promised more than it held.
  bool is_cut_off() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
