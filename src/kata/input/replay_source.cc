// SPDX-License-Identifier: Apache-2.0
#include "kata/input/replay_source.h"

#include <chrono>
#include <thread>
#include <utility>

namespace kata {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Duration kUsualPeriod = std::chrono::milliseconds(33);  // where the source does not know

Duration period_of(const SourceDescription& source) {
  return source.frame_rate_hz > 0 ? duration_from_seconds(1 / source.frame_rate_hz) : kUsualPeriod;
}

class LoopSource : public FrameSource {
 public:
  explicit LoopSource(std::string spec) : spec_(std::move(spec)), source_(make_source(spec_)) {}

  std::optional<Frame> next() override {
    std::optional<Frame> frame = source_->next();
    if (!frame && delivered_ > 0) {
      source_ = make_source(spec_);
      start_ = last_ + period_of(source_->describe());
      frame = source_->next();
    }
    if (!frame) return std::nullopt;  // a source that never gives a picture ends at once
    last_ = start_ + frame->timestamp.time_since_epoch();
    return Frame{delivered_++, last_, std::move(frame->image)};
  }

  SourceDescription describe() const override {
    SourceDescription description = source_->describe();
    description.frame_count = std::nullopt;
    return description;
  }

  std::vector<std::string> warnings() const override { return source_->warnings(); }

 private:
  std::string spec_;
  std::unique_ptr<FrameSource> source_;
  Timestamp start_{};
  Timestamp last_{};
  std::int64_t delivered_ = 0;
};

class LiveSource : public FrameSource {
 public:
  explicit LiveSource(const std::string& spec)
      : source_(make_source(spec)), period_(period_of(source_->describe())) {}

  std::optional<Frame> next() override {
    while (std::optional<Frame> frame = source_->next()) {
      if (delivered_ == 0) begin_ = Clock::now() - frame->timestamp.time_since_epoch();
      const Clock::time_point due = begin_ + frame->timestamp.time_since_epoch();
      if (Clock::now() > due + period_ && delivered_ > 0) continue;  // its successor is due
      std::this_thread::sleep_until(due);
      frame->index = delivered_++;
      return frame;
    }
    return std::nullopt;
  }

  SourceDescription describe() const override {
    SourceDescription description = source_->describe();
    description.frame_count = std::nullopt;
    description.is_live = true;
    return description;
  }

  std::vector<std::string> warnings() const override { return source_->warnings(); }

 private:
  std::unique_ptr<FrameSource> source_;
  Duration period_;
  Clock::time_point begin_{};
  std::int64_t delivered_ = 0;
};

}  // namespace

std::unique_ptr<FrameSource> make_loop_source(const std::string& spec) {
  return std::make_unique<LoopSource>(spec);
}

std::unique_ptr<FrameSource> make_live_source(const std::string& spec) {
  return std::make_unique<LiveSource>(spec);
}

}  // namespace kata
