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

/// What `attempt` gives, or nothing where OpenCV throws.
template <typename Attempt>
auto or_nothing(Attempt attempt) -> decltype(attempt()) {
  try {
    return attempt();
  } catch (const cv::Exception&) {
    return {};
  }
}

class Camera : public OpenCvCamera {
 public:
  explicit Camera(const cv::VideoCapture& capture) : capture_(capture) {}

  bool grab() override {
    return or_nothing([&] { return capture_.grab(); });
  }
  bool retrieve(cv::Mat& bgr) override {
    return or_nothing([&] { return capture_.retrieve(bgr) && !bgr.empty(); });
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
  return or_nothing([&]() -> std::unique_ptr<OpenCvCamera> {
    const cv::VideoCapture capture(address, kCaptureLibrary);
    if (!capture.isOpened()) return nullptr;
    return std::make_unique<Camera>(capture);
  });
}

class Module : public OpenCvModule {
 public:
  std::unique_ptr<OpenCvCamera> open_camera(int number) const override { return open(number); }
  std::unique_ptr<OpenCvCamera> open_camera(const std::string& device) const override {
    return open(device);
  }
  cv::Mat read_picture(const std::string& path) const override {
    // Grey and alpha become BGR. Throws where the file is damaged further down.
    return or_nothing([&] { return cv::imread(path, cv::IMREAD_COLOR); });
  }
  cv::Mat decode(const cv::Mat& bytes) const override {
    return or_nothing(
        [&] { return cv::imdecode(bytes, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION); });
  }
  std::vector<std::uint8_t> encode_jpeg(const cv::Mat& picture, int quality) const override {
    return or_nothing([&]() -> std::vector<std::uint8_t> {
      std::vector<std::uint8_t> bytes;
      if (!cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, quality})) return {};
      return bytes;
    });
  }
};

}  // namespace
}  // namespace kata

extern "C" const kata::OpenCvModule* kata_opencv() {
  static const kata::Module module;
  return &module;
}
