// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kata/core/frame.h"

namespace kata {

/// What is known of a stream before its first frame; fields are hints, the frames are the truth.
struct SourceDescription {
  std::string name;                         ///< for people: the path or "camera 0"
  int width = 0;                            ///< px, upright (after a phone's rotation)
  int height = 0;                           ///< px
  double frame_rate_hz = 0;                 ///< as the container or driver claims; 0 = unknown
  std::optional<std::int64_t> frame_count;  ///< estimate; empty for live sources
  bool is_live = false;                     ///< a live source drops frames rather than wait
  bool has_landmarks = false;               ///< every frame knows its own: no networks are needed
};

/// A stream of pictures: camera, video file, image pattern, network stream, synthetic.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  /// The next picture, upright, BGR; empty when the stream has ended. Timestamps rise strictly.
  /// Throws Error{kUnavailable} when a live source is unplugged.
  virtual std::optional<Frame> next() = 0;
  virtual SourceDescription describe() const = 0;
  /// Nobody wants more pictures: a next() that waits ends soon, empty. Called from another thread
  /// than next(); sources that never wait long have nothing to do.
  virtual void cancel() {}
  /// Problems that did not stop the stream ("ends after 97 of 120 frames"), for people; empty if
  /// none.
  virtual std::vector<std::string> warnings() const { return {}; }
};

/// Opens a SOURCE as the command line names it: a video file, an image, an image pattern
/// ("frames/%04d.png"), a camera number, a device path or an rtsp:// address.
///
/// Stored tracks are opened by session/open_source.h, which knows all this too.
/// Throws Error with one sentence that says what is wrong and what to do.
std::unique_ptr<FrameSource> make_source(const std::string& spec);

}  // namespace kata
