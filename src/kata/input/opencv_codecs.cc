// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>

#include "kata/input/opencv_module.h"

namespace kata {
namespace {

#ifdef __linux__
constexpr int kCaptureLibrary = cv::CAP_V4L2;
#else
constexpr int kCaptureLibrary = cv::CAP_ANY;
#endif

class Camera : public OpenCvCamera {
 public:
  explicit Camera(const cv::VideoCapture& capture) : capture_(capture) {}

  bool grab() override {
    try {
      return capture_.grab();
    } catch (const cv::Exception&) {
      return false;
    }
  }

  bool retrieve(cv::Mat& bgr) override {
    try {
      return capture_.retrieve(bgr) && !bgr.empty();
    } catch (const cv::Exception&) {
      return false;
    }
  }

  int width() const override { return static_cast<int>(capture_.get(cv::CAP_PROP_FRAME_WIDTH)); }
  int height() const override { return static_cast<int>(capture_.get(cv::CAP_PROP_FRAME_HEIGHT)); }
  double frame_rate_hz() const override { return std::max(0.0, capture_.get(cv::CAP_PROP_FPS)); }

 private:
  cv::VideoCapture capture_;
};

/// Null when the camera does not open.
template <typename Address>
std::unique_ptr<OpenCvCamera> open(const Address& address) {
  try {
    const cv::VideoCapture capture(address, kCaptureLibrary);
    if (!capture.isOpened()) return nullptr;
    return std::make_unique<Camera>(capture);
  } catch (const cv::Exception&) {
    return nullptr;
  }
}

class Module : public OpenCvModule {
 public:
  std::unique_ptr<OpenCvCamera> open_camera(int number) const override { return open(number); }
  std::unique_ptr<OpenCvCamera> open_camera(const std::string& device) const override {
    return open(device);
  }

  cv::Mat read_picture(const std::string& path) const override {
    try {
      return cv::imread(path, cv::IMREAD_COLOR);  // grey and alpha become BGR
    } catch (const cv::Exception&) {              // damaged further down
      return {};
    }
  }

  cv::Mat decode(const cv::Mat& bytes) const override {
    try {
      return cv::imdecode(bytes, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION);
    } catch (const cv::Exception&) {
      return {};
    }
  }

  std::vector<std::uint8_t> encode_jpeg(const cv::Mat& picture, int quality) const override {
    std::vector<std::uint8_t> bytes;
    try {
      if (!cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, quality})) return {};
    } catch (const cv::Exception&) {
      return {};
    }
    return bytes;
  }
};

}  // namespace
}  // namespace kata

extern "C" const kata::OpenCvModule* kata_opencv() {
  static const kata::Module module;
  return &module;
}
