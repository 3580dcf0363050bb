// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cv {
class Mat;
}

namespace kata {

/// A camera that OpenCV opened. Exceptions never cross: what fails is false or empty.
class OpenCvCamera {
 public:
  virtual ~OpenCvCamera() = default;
  virtual bool grab() = 0;                  ///< the moment of capture
  virtual bool retrieve(cv::Mat& bgr) = 0;  ///< what was grabbed; BGR or grey
  virtual int width() const = 0;
  virtual int height() const = 0;
  virtual double frame_rate_hz() const = 0;  ///< 0 where the camera does not tell
};

/// OpenCV's codecs and cameras (imgcodecs, videoio). They bring about a hundred libraries along,
/// GDAL among them, which took half of the time of every start (docs/decisions/0107): so they live
/// in a module of their own that is loaded when a picture is coded or a camera opened.
/// Exceptions never cross: what fails is null or empty.
class OpenCvModule {
 public:
  virtual ~OpenCvModule() = default;
  virtual std::unique_ptr<OpenCvCamera> open_camera(int number) const = 0;
  virtual std::unique_ptr<OpenCvCamera> open_camera(const std::string& device) const = 0;
  virtual cv::Mat read_picture(const std::string& path) const = 0;  ///< BGR, upright
  /// BGR, as it lies in the file: what its EXIF says about upright is ignored.
  virtual cv::Mat decode(const cv::Mat& bytes) const = 0;
  virtual std::vector<std::uint8_t> encode_jpeg(const cv::Mat& picture, int quality) const = 0;
};

/// Loads it on first use, 0.2 s; from any thread. Throws Error{kUnsupported} where it is not
/// installed.
const OpenCvModule& opencv_module();

/// The module's only entry, of type `OpenCvModuleEntry`.
inline constexpr const char* kOpenCvModuleName = "kata_opencv";
using OpenCvModuleEntry = const OpenCvModule* (*)();

}  // namespace kata
