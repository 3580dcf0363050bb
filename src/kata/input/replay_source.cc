// SPDX-License-Identifier: Apache-2.0
#include "kata/input/replay_source.h"

#include <atomic>
#include <chrono>
#include <optional>
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
  using Open = std::function<std::unique_ptr<FrameSource>()>;
  explicit LoopSource(Open open) : open_(std::move(open)), source_(open_()) {}

  std::optional<Frame> next() override {
    std::optional<Frame> frame = source_->next();
    if (!frame && delivered_ > 0) {
      source_ = open_();
      start_ = last_ + period_of(source_->describe());
      frame = source_->next();
    }
    if (!frame) return std::nullopt;  // a source that never gives a picture ends at once
    last_ = start_ + frame->timestamp.time_since_epoch();
    frame->index = delivered_++;
    frame->timestamp = last_;
    return frame;
  }

  SourceDescription describe() const override {
    SourceDescription description = source_->describe();
    description.frame_count = std::nullopt;
    return description;
  }

  std::vector<std::string> warnings() const override { return source_->warnings(); }

 private:
  Open open_;
  std::unique_ptr<FrameSource> source_;
  Timestamp start_{};
  Timestamp last_{};
  std::int64_t delivered_ = 0;
};

class LiveSource : public FrameSource {
 public:
  explicit LiveSource(std::unique_ptr<FrameSource> source)
      : source_(std::move(source)), period_(period_of(source_->describe())) {}

  std::optional<Frame> next() override {
    for (int skipped = 0; !is_cancelled_; ++skipped) {
      std::optional<Frame> frame = source_->next();
      if (!frame) break;
      if (!first_) first_ = frame->timestamp;
      const Duration since_start = frame->timestamp - *first_;
      const bool is_late = Clock::now() > begin_ + since_start + period_;  // its successor is due
      if (is_late && delivered_ > 0 && skipped < kMostSkipped) continue;
      if (is_late || delivered_ == 0) begin_ = Clock::now() - since_start;
      std::this_thread::sleep_until(begin_ + since_start);
      frame->index = delivered_++;
      frame->timestamp = Timestamp(since_start);  // a camera's time begins with its first picture
      return frame;
    }
    return std::nullopt;
  }

  void cancel() override { is_cancelled_ = true; }

  SourceDescription describe() const override {
    SourceDescription description = source_->describe();
    description.frame_count = std::nullopt;
    description.is_live = true;
    return description;
  }

  std::vector<std::string> warnings() const override { return source_->warnings(); }

 private:
  static constexpr int kMostSkipped = 15;
  std::unique_ptr<FrameSource> source_;
  Duration period_;
  std::atomic<bool> is_cancelled_ = false;
  Clock::time_point begin_{};
  std::optional<Timestamp> first_;
  std::int64_t delivered_ = 0;
};

}  // namespace

std::unique_ptr<FrameSource> make_loop_source(const std::string& spec) {
  return make_loop_source([spec] { return make_source(spec); });
}

std::unique_ptr<FrameSource> make_loop_source(std::function<std::unique_ptr<FrameSource>()> open) {
  return std::make_unique<LoopSource>(std::move(open));
}

std::unique_ptr<FrameSource> make_live_source(const std::string& spec) {
  return make_live_source(make_source(spec));
}

std::unique_ptr<FrameSource> make_live_source(std::unique_ptr<FrameSource> source) {
  return std::make_unique<LiveSource>(std::move(source));
}

}  // namespace kata
