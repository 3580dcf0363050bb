// SPDX-License-Identifier: Apache-2.0
#include "kata/input/image_source.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <opencv2/core.hpp>
#include <optional>
#include <regex>
#include <span>
#include <utility>

#include "kata/core/error.h"
#include "kata/input/file_check.h"
#include "kata/input/image_size.h"
#include "kata/input/opencv_module.h"
#include "kata/input/quiet_libraries.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

/// Numbers in names compare by value, so that frame9 comes before frame10.
bool natural_less(const std::string& a, const std::string& b) {
  const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (!is_digit(a[i]) || !is_digit(b[j])) {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
      continue;
    }
    const auto number_at = [&](const std::string& text, std::size_t& at) {
      while (at < text.size() && text[at] == '0') ++at;
      const std::size_t begin = at;
      while (at < text.size() && is_digit(text[at])) ++at;
      return text.substr(begin, at - begin);
    };
    const std::string left = number_at(a, i);
    const std::string right = number_at(b, j);
    if (left.size() != right.size()) return left.size() < right.size();
    if (left != right) return left < right;
  }
  return a.size() - i != b.size() - j ? a.size() - i < b.size() - j : a < b;
}

/// A name with %d or %04d as a regular expression; everything else stands for itself.
std::regex regex_of_number_pattern(const std::string& name) {
  static const std::regex number(R"(%0?(\d*)d)");
  static const std::regex special(R"([.^$|()\[\]{}*+?\\])");
  std::smatch found;
  std::regex_search(name, found, number);
  const std::string digits = found[1].str();
  const std::string middle = digits.empty() ? R"(\d+)" : R"(\d{)" + digits + ",}";
  const auto literal = [](const std::string& text) {
    return std::regex_replace(text, special, R"(\$&)");
  };
  return std::regex(literal(found.prefix()) + middle + literal(found.suffix()));
}

bool has_number_pattern(const std::string& name) {
  static const std::regex number(R"(%0?\d?d)");
  return std::regex_search(name, number);
}

/// A picture, or why there is none: one sentence, the path last.
struct Reading {
  std::shared_ptr<const Image> image;
  std::string problem;
};

constexpr std::uintmax_t kMostBytes = 1'000'000'000;  // the largest picture with 10 bytes a pixel

/// What is wrong with a file, as far as its header tells; empty if nothing is. The decoders come
/// after this: they allocate whatever a header promises.
std::string problem_of(const fs::path& path) {
  std::error_code missing;
  if (const auto length = fs::file_size(path, missing); !missing && length > kMostBytes) {
    return "this is too large a file for a picture; make it smaller than 1 GB";
  }
  std::ifstream file(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
  const std::optional<ImageSize> size = image_size(bytes);
  // libjpeg fills the rest of a JPEG file whose end is missing with grey and OpenCV does not tell.
  const bool is_torn_jpeg =
      content.starts_with("\xFF\xD8\xFF") && content.find("\xFF\xD9") == std::string::npos;
  if (!size || is_torn_jpeg) return "this is not a picture that can be read";
  if (!size->is_beyond(kMostPicturePixels)) return "";
  return "this picture says that it has " + std::to_string(size->width) + " x " +
         std::to_string(size->height) + " pixels; make it smaller than " +
         std::to_string(kMostPicturePixels / 1'000'000) + " megapixels";
}

Reading read_image(const fs::path& path) {
  const auto none = [&](const std::string& problem) {
    return Reading{nullptr, problem + ": " + path.string()};
  };
  const std::string problem = problem_of(path);
  if (!problem.empty()) return none(problem);
  const cv::Mat pixels = [&] {
    const ShutStderr shut;
    return opencv_module().read_picture(path.string());
  }();
  if (pixels.empty()) return none("this is not a picture that can be read");
  const ImageView view{pixels.data, pixels.cols, pixels.rows, pixels.step, PixelFormat::kBgr};
  return {std::make_shared<const Image>(view), ""};
}

class ImageSource : public FrameSource {
 public:
  ImageSource(std::string name, std::vector<fs::path> files, double frame_rate_hz)
      : name_(std::move(name)), files_(std::move(files)), frame_rate_hz_(frame_rate_hz) {
    quiet_capture_libraries();
    ahead_ = read_next();
    if (!ahead_) {
      throw Error(ErrorCode::kCorrupt, files_.size() == 1
                                           ? left_out_.problem
                                           : "none of these pictures can be read: " + name_);
    }
    width_ = ahead_->width();
    height_ = ahead_->height();
  }

  std::optional<Frame> next() override {
    std::shared_ptr<const Image> image = ahead_ ? std::exchange(ahead_, nullptr) : read_next();
    if (!image) return std::nullopt;
    // By the place in the series: a file left out leaves its gap in time.
    const double time_s = static_cast<double>(position_ - 1) / frame_rate_hz_;
    return Frame{delivered_++, timestamp_from_seconds(time_s), std::move(image)};
  }

  SourceDescription describe() const override {
    return {.name = name_,
            .width = width_,
            .height = height_,
            .frame_rate_hz = files_.size() > 1 ? frame_rate_hz_ : 0,
            .frame_count = static_cast<std::int64_t>(files_.size()),
            .is_live = false};
  }

  std::vector<std::string> warnings() const override {
    if (left_out_.count == 0) return {};
    if (left_out_.count == 1) return {"left out: " + left_out_.problem};
    char text[96];
    std::snprintf(text, sizeof text,
                  "%zu pictures cannot be read and are left out, the first at %.2f s: ",
                  left_out_.count, static_cast<double>(left_out_.first) / frame_rate_hz_);
    return {text + left_out_.problem};
  }

 private:
  std::shared_ptr<const Image> read_next() {
    while (position_ < files_.size()) {
      const fs::path& file = files_[position_++];
      Reading reading = read_image(file);
      if (reading.image) return reading.image;
      if (left_out_.count++ == 0) left_out_ = {1, position_ - 1, reading.problem};
    }
    return nullptr;
  }

  std::string name_;
  std::vector<fs::path> files_;
  double frame_rate_hz_;
  std::size_t position_ = 0;  ///< of the next file to read
  std::shared_ptr<const Image> ahead_;
  struct LeftOut {
    std::size_t count = 0;
    std::size_t first = 0;  ///< its place in the series
    std::string problem;    ///< of the first
  };
  LeftOut left_out_;
  int width_ = 0;
  int height_ = 0;
  std::int64_t delivered_ = 0;
};

}  // namespace

bool has_image_ending(const fs::path& path) {
  static constexpr std::array<std::string_view, 12> kEndings = {".png",  ".jpg", ".jpeg", ".bmp",
                                                                ".webp", ".tif", ".tiff", ".pgm",
                                                                ".ppm",  ".pnm", ".jp2",  ".exr"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

bool is_image_pattern(const std::string& spec) {
  const std::string name = fs::path(spec).filename().string();
  return has_number_pattern(name) || name.find_first_of("*?") != std::string::npos;
}

std::vector<fs::path> files_of_pattern(const std::string& spec) {
  const fs::path pattern(spec);
  const std::string name = pattern.filename().string();
  const bool is_numbered = has_number_pattern(name);
  const std::regex numbered = is_numbered ? regex_of_number_pattern(name) : std::regex();
  const fs::path folder = pattern.has_parent_path() ? pattern.parent_path() : fs::path(".");
  std::vector<fs::path> files;
  std::error_code ignored;  // no such folder: no such files
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    if (!entry.is_regular_file(ignored)) continue;
    const std::string candidate = entry.path().filename().string();
    const bool fits = is_numbered ? std::regex_match(candidate, numbered)
                                  : ::fnmatch(name.c_str(), candidate.c_str(), 0) == 0;
    if (fits) files.push_back(pattern.has_parent_path() ? entry.path() : fs::path(candidate));
  }
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    return natural_less(a.filename().string(), b.filename().string());
  });
  return files;
}

std::unique_ptr<FrameSource> make_image_source(const std::string& spec, double frame_rate_hz) {
  KATA_CHECK(frame_rate_hz > 0, "a series needs a frame rate");
  std::error_code ignored;
  if (!fs::exists(spec, ignored) && is_image_pattern(spec)) {
    std::vector<fs::path> files = files_of_pattern(spec);
    if (files.empty()) {
      throw Error(ErrorCode::kNotFound, "no file has a name of this pattern: " + spec);
    }
    return std::make_unique<ImageSource>(spec, std::move(files), frame_rate_hz);
  }
  check_readable_file(spec);
  return std::make_unique<ImageSource>(spec, std::vector<fs::path>{spec}, frame_rate_hz);
}

}  // namespace kata
