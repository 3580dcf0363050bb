// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/span_source.h"

#include <utility>

#include "kata/core/error.h"
#include "kata/input/video_file_source.h"

namespace kata {
namespace {

class SpanSource : public FrameSource {
 public:
  SpanSource(std::unique_ptr<FrameSource> whole, const UnitSpan& span)
      : whole_(std::move(whole)), start_(timestamp_from_seconds(span.start_s)) {
    if (span.end_s) end_ = timestamp_from_seconds(*span.end_s);
  }

  std::optional<Frame> next() override {
    while (auto frame = whole_->next()) {
      if (end_ && frame->timestamp >= *end_) return std::nullopt;
      if (frame->timestamp >= start_) return frame;
    }
    return std::nullopt;
  }
  SourceDescription describe() const override { return whole_->describe(); }
  std::vector<std::string> warnings() const override { return whole_->warnings(); }

 private:
  std::unique_ptr<FrameSource> whole_;
  Timestamp start_;
  std::optional<Timestamp> end_;
};

}  // namespace

std::unique_ptr<FrameSource> make_span_source(const std::filesystem::path& video,
                                              const UnitSpan& span) {
  return std::make_unique<SpanSource>(make_video_file_source(video), span);
}

std::optional<double> video_length_s(const std::filesystem::path& video) {
  try {
    const SourceDescription claimed = make_video_file_source(video)->describe();
    if (!claimed.frame_count || claimed.frame_rate_hz <= 0) return std::nullopt;
    return static_cast<double>(*claimed.frame_count) / claimed.frame_rate_hz;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace kata
