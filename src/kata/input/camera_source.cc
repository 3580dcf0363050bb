// SPDX-License-Identifier: Apache-2.0
#include "kata/input/camera_source.h"

#include <unistd.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "kata/core/error.h"
#include "kata/input/live_clock.h"
#include "kata/input/opencv_module.h"
#include "kata/input/quiet_libraries.h"
#include "kata/input/video_stream.h"

namespace kata {
namespace {

class CameraSource : public FrameSource {
 public:
  CameraSource(std::string name, std::unique_ptr<OpenCvCamera> camera)
      : name_(std::move(name)), camera_(std::move(camera)) {}

  std::optional<Frame> next() override {
    cv::Mat pixels;
    const bool is_grabbed = camera_->grab();
    const Timestamp timestamp = clock_.now();  // the moment of capture, before decoding
    if (!is_grabbed || !camera_->retrieve(pixels)) {
      throw Error(ErrorCode::kUnavailable,
                  "the camera no longer answers, check its plug: " + name_);
    }
    if (pixels.channels() == 1) cv::cvtColor(pixels, pixels, cv::COLOR_GRAY2BGR);
    const ImageView view{pixels.data, pixels.cols, pixels.rows, pixels.step, PixelFormat::kBgr};
    return Frame{delivered_++, timestamp, std::make_shared<const Image>(view)};
  }

  SourceDescription describe() const override {
    return {.name = name_,
            .width = camera_->width(),
            .height = camera_->height(),
            .frame_rate_hz = camera_->frame_rate_hz(),
            .frame_count = std::nullopt,
            .is_live = true};
  }

 private:
  std::string name_;
  std::unique_ptr<OpenCvCamera> camera_;
  LiveClock clock_;
  std::int64_t delivered_ = 0;
};

class NetworkSource : public FrameSource {
 public:
  explicit NetworkSource(const std::string& address)
      : name_(address), stream_(address, address, {.is_live = true}) {}

  std::optional<Frame> next() override {
    std::optional<DecodedPicture> picture = stream_.next();
    if (!picture) {
      throw Error(ErrorCode::kUnavailable, "the network camera no longer answers: " + name_);
    }
    return Frame{delivered_++, clock_.now(), std::move(picture->image)};
  }

  SourceDescription describe() const override {
    return {.name = name_,
            .width = stream_.width(),
            .height = stream_.height(),
            .frame_rate_hz = stream_.frame_rate_hz(),
            .frame_count = std::nullopt,
            .is_live = true};
  }

 private:
  std::string name_;
  VideoStream stream_;
  LiveClock clock_;
  std::int64_t delivered_ = 0;
};

/// Empty when the camera does not open.
template <typename Address>
std::unique_ptr<FrameSource> try_camera(const Address& address, const std::string& name) {
  quiet_capture_libraries();
  std::unique_ptr<OpenCvCamera> camera = opencv_module().open_camera(address);
  if (!camera) return nullptr;
  return std::make_unique<CameraSource>(name, std::move(camera));
}

[[noreturn]] void fail_present(const std::string& device) {
  if (::access(device.c_str(), R_OK | W_OK) != 0) {
    throw Error(ErrorCode::kIo,
                "there is no permission to use this camera, add yourself to its group: " + device);
  }
  throw Error(ErrorCode::kUnavailable,
              "the camera does not answer, another program may be using it: " + device);
}

}  // namespace

std::unique_ptr<FrameSource> make_camera_source(int number) {
  if (auto source = try_camera(number, "camera " + std::to_string(number))) return source;
  const std::string device = "/dev/video" + std::to_string(number);
  std::error_code ignored;
  if (std::filesystem::exists(device, ignored)) fail_present(device);
  throw Error(ErrorCode::kNotFound, "no camera answers as number " + std::to_string(number) +
                                        "; plug one in or name a video file");
}

std::unique_ptr<FrameSource> make_device_source(const std::string& device) {
  std::error_code ignored;
  if (!std::filesystem::exists(device, ignored)) {
    throw Error(ErrorCode::kNotFound,
                "there is no such camera; plug it in or name a video file: " + device);
  }
  if (auto source = try_camera(device, device)) return source;
  fail_present(device);
}

std::unique_ptr<FrameSource> make_network_source(const std::string& address) {
  try {
    return std::make_unique<NetworkSource>(address);
  } catch (const Error&) {
    throw Error(ErrorCode::kUnavailable,
                "no camera answers at this address within 5 seconds: " + address);
  }
}

}  // namespace kata
