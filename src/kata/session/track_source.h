// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>

#include "kata/input/frame_source.h"
#include "kata/session/track_reader.h"

namespace kata {

/// A stored track as a source: its frames know their landmarks, their pictures are plain.
///
/// Pictures have the track's size, made smaller where it is huge.
class TrackSource : public FrameSource {
 public:
  /// Throws Error for a file that is not there, is no track or holds no frame.
  explicit TrackSource(const std::filesystem::path& path);

  /// Throws Error{kCorrupt} naming the line where the track is damaged.
  std::optional<Frame> next() override;
  SourceDescription describe() const override { return description_; }

 private:
  std::shared_ptr<const Image> picture_for(const Landmarks& landmarks);

  TrackReader reader_;
  std::deque<Landmarks> ahead_;  ///< read to know size and frame rate
  SourceDescription description_;
  std::int64_t given_ = 0;
  int picture_width_ = -1;  ///< px, as the track says of the picture made last
  int picture_height_ = -1;
  std::shared_ptr<const Image> picture_;
};

}  // namespace kata
