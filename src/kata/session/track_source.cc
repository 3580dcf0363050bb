// SPDX-License-Identifier: Apache-2.0
#include "kata/session/track_source.h"

#include <algorithm>
#include <vector>

#include "kata/core/error.h"

namespace kata {
namespace {

constexpr std::size_t kReadAhead = 32;  // frames: enough for the rate
constexpr int kUnknownWidth = 640;      // px: where the track does not say
constexpr int kUnknownHeight = 480;
constexpr int kLongestSide = 1920;
constexpr int kShortestSide = 16;
constexpr std::uint8_t kGrey = 40;

/// Of the usual step between two frames; 0 of a single one.
double rate_of(const std::deque<Landmarks>& frames) {
  std::vector<double> steps_s;
  for (std::size_t i = 1; i < frames.size(); ++i)
    steps_s.push_back(seconds(frames[i].timestamp - frames[i - 1].timestamp));
  if (steps_s.empty()) return 0;
  const auto middle = steps_s.begin() + static_cast<std::ptrdiff_t>(steps_s.size() / 2);
  std::ranges::nth_element(steps_s, middle);
  return 1 / *middle;
}

Image plain_picture(int width, int height) {
  if (width <= 0 || height <= 0) {
    width = kUnknownWidth;
    height = kUnknownHeight;
  }
  const double scale = std::min(1.0, static_cast<double>(kLongestSide) / std::max(width, height));
  const auto scaled = [scale](int side) {
    return std::max(kShortestSide, static_cast<int>(side * scale + 0.5));
  };
  Image picture(scaled(width), scaled(height), PixelFormat::kBgr);
  std::fill_n(picture.data(), picture.row_stride() * static_cast<std::size_t>(picture.height()),
              kGrey);
  return picture;
}

}  // namespace

TrackSource::TrackSource(const std::filesystem::path& path) : reader_(path) {
  while (ahead_.size() < kReadAhead) {
    auto frame = reader_.next();
    if (!frame) break;
    ahead_.push_back(std::move(*frame));
  }
  if (ahead_.empty())
    throw Error(ErrorCode::kNotEnough, "the track holds no frame: " + path.string());
  description_.name = path.string();
  description_.width = picture_for(ahead_.front())->width();
  description_.height = picture_->height();
  description_.frame_rate_hz = rate_of(ahead_);
  description_.has_landmarks = true;
}

std::shared_ptr<const Image> TrackSource::picture_for(const Landmarks& landmarks) {
  if (landmarks.image_width != picture_width_ || landmarks.image_height != picture_height_) {
    picture_width_ = landmarks.image_width;
    picture_height_ = landmarks.image_height;
    picture_ = std::make_shared<const Image>(plain_picture(picture_width_, picture_height_));
  }
  return picture_;
}

std::optional<Frame> TrackSource::next() {
  std::optional<Landmarks> landmarks;
  if (ahead_.empty()) {
    landmarks = reader_.next();
  } else {
    landmarks = std::move(ahead_.front());
    ahead_.pop_front();
  }
  if (!landmarks) return std::nullopt;
  auto picture = picture_for(*landmarks);
  const Timestamp timestamp = landmarks->timestamp;
  return Frame{given_++, timestamp, std::move(picture),
               std::make_shared<const Landmarks>(std::move(*landmarks))};
}

}  // namespace kata
