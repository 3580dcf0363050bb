// SPDX-License-Identifier: Apache-2.0
#include "kata/input/video_file_source.h"

#include <cstdio>
#include <utility>

#include "kata/core/error.h"
#include "kata/input/file_check.h"
#include "kata/input/presentation_clock.h"
#include "kata/input/video_stream.h"

namespace kata {
namespace {

std::string count_of_pictures(const PictureLosses& losses) {
  const std::int64_t count = losses.lost > 0 ? losses.lost : losses.damaged;
  return std::to_string(count) + (count == 1 ? " picture" : " pictures");
}

std::string seconds_text(Timestamp timestamp) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f s", seconds(timestamp));
  return text;
}

class VideoFileSource : public FrameSource {
 public:
  explicit VideoFileSource(const std::filesystem::path& path)
      : name_(path.string()), stream_(checked_address(path), name_), clock_(stream_.clock()) {
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
    std::vector<std::string> warnings;
    const PictureLosses losses = stream_.losses();
    if (losses.lost + losses.damaged > 0) warnings.push_back(loss_warning(losses));
    // Whoever stopped reading misses nothing.
    if (has_ended_ && stream_.is_cut_off()) warnings.push_back(cut_off_warning());
    return warnings;
  }

 private:
  /// The "file:" in front keeps a name with a colon in it from being taken for a protocol.
  static std::string checked_address(const std::filesystem::path& path) {
    check_readable_file(path);
    return "file:" + path.string();
  }

  std::string loss_warning(const PictureLosses& losses) const {
    std::string text = count_of_pictures(losses) + " cannot be decoded";
    if (losses.lost == 0) text += " whole";
    if (losses.lost > 0 && losses.damaged > 0) {
      text += " and " + std::to_string(losses.damaged) + " only in part";
    }
    if (losses.first_s) {
      text += losses.lost + losses.damaged == 1 ? ", at " : ", the first at ";
      text += seconds_text(clock_.shown_at(*losses.first_s));
    }
    return text + ", the file is damaged: " + name_;
  }

  std::string cut_off_warning() const {
    std::string text = "the video ends after " + std::to_string(delivered_);
    if (const auto claimed = stream_.frame_count(); claimed && *claimed > delivered_) {
      text += " of " + std::to_string(*claimed);
    }
    return text + " frames, the file is cut off or damaged: " + name_;
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
