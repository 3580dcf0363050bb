// SPDX-License-Identifier: Apache-2.0
#include "kata/input/video_file_source.h"

#include <utility>

#include "kata/core/error.h"
#include "kata/input/file_check.h"
#include "kata/input/presentation_clock.h"
#include "kata/input/video_stream.h"

namespace kata {
namespace {

class VideoFileSource : public FrameSource {
 public:
  explicit VideoFileSource(const std::filesystem::path& path)
      : name_(path.string()),
        stream_(checked_address(path), name_),
        clock_(stream_.frame_rate_hz()) {
    // One picture is decoded at once: a file without any is a setup problem, not an empty stream.
    ahead_ = stream_.next();
    if (!ahead_) {
      throw Error(ErrorCode::kCorrupt, "no picture of this video can be decoded: " + name_);
    }
  }

  std::optional<Frame> next() override {
    std::optional<DecodedPicture> picture =
        ahead_ ? std::exchange(ahead_, std::nullopt) : stream_.next();
    if (!picture) {
      has_ended_ = true;
      return std::nullopt;
    }
    return Frame{delivered_++, clock_.next(picture->time_s), std::move(picture->image)};
  }

  SourceDescription describe() const override {
    return {.name = name_,
            .width = stream_.width(),
            .height = stream_.height(),
            .frame_rate_hz = stream_.frame_rate_hz(),
            .frame_count = stream_.frame_count(),
            .is_live = false};
  }

  std::vector<std::string> warnings() const override {
    if (!has_ended_ || !stream_.is_cut_off()) return {};  // whoever stopped reading misses nothing
    std::string text = "the video ends after " + std::to_string(delivered_);
    if (const auto claimed = stream_.frame_count(); claimed && *claimed > delivered_) {
      text += " of " + std::to_string(*claimed);
    }
    return {text + " frames, the file is cut off or damaged: " + name_};
  }

 private:
  /// The "file:" in front keeps a name with a colon in it from being taken for a protocol.
  static std::string checked_address(const std::filesystem::path& path) {
    check_readable_file(path);
    return "file:" + path.string();
  }

  std::string name_;
  VideoStream stream_;
  PresentationClock clock_;
  std::optional<DecodedPicture> ahead_;
  std::int64_t delivered_ = 0;
  bool has_ended_ = false;
};

}  // namespace

std::unique_ptr<FrameSource> make_video_file_source(const std::filesystem::path& path) {
  return std::make_unique<VideoFileSource>(path);
}

}  // namespace kata
