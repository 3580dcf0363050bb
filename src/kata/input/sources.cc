// SPDX-License-Identifier: Apache-2.0
#include "kata/input/sources.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "kata/core/error.h"
#include "kata/input/camera_source.h"
#include "kata/input/image_source.h"
#include "kata/input/replay_source.h"
#include "kata/input/video_file_source.h"

namespace kata {
namespace {

bool is_present(const std::string& spec) {
  std::error_code ignored;
  return std::filesystem::exists(spec, ignored);
}

bool is_number(const std::string& spec) {
  return !spec.empty() && spec.size() <= 3 && std::all_of(spec.begin(), spec.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
}

bool is_address(const std::string& spec) {
  static constexpr std::array<std::string_view, 7> kSchemes = {
      "rtsp://", "rtsps://", "rtmp://", "http://", "https://", "tcp://", "udp://"};
  return std::any_of(kSchemes.begin(), kSchemes.end(),
                     [&](std::string_view scheme) { return spec.rfind(scheme, 0) == 0; });
}

constexpr std::string_view kLoopPrefix = "loop:";
constexpr std::string_view kLivePrefix = "live:";

bool begins(const std::string& spec, std::string_view prefix) { return spec.rfind(prefix, 0) == 0; }

constexpr std::array<SourceKind, 7> kKinds = {{
    {"live", "live:SOURCE, another source played at its own speed, as a camera would",
     [](const std::string& spec) { return begins(spec, kLivePrefix); },
     [](const std::string& spec) { return make_live_source(spec.substr(kLivePrefix.size())); }},
    {"loop", "loop:SOURCE, another source again and again",
     [](const std::string& spec) { return begins(spec, kLoopPrefix); },
     [](const std::string& spec) { return make_loop_source(spec.substr(kLoopPrefix.size())); }},
    {"camera", "a camera's number, such as 0", is_number,
     [](const std::string& spec) { return make_camera_source(std::stoi(spec)); }},
    {"device", "a camera's device, such as /dev/video0",
     [](const std::string& spec) { return begins(spec, "/dev/video"); }, make_device_source},
    {"network", "a network camera, such as rtsp://camera.local/stream", is_address,
     make_network_source},
    {"images", "a picture, or a series such as 'frames/%04d.png' or 'frames/*.jpg'",
     [](const std::string& spec) {
       return has_image_ending(spec) || (!is_present(spec) && is_image_pattern(spec));
     },
     [](const std::string& spec) { return make_image_source(spec); }},
    {"video", "a video file", [](const std::string&) { return true; },
     [](const std::string& spec) { return make_video_file_source(spec); }},
}};

}  // namespace

std::span<const SourceKind> source_kinds() { return kKinds; }

std::vector<std::filesystem::path> files_of_source(const std::string& spec) {
  for (const std::string_view prefix : {kLivePrefix, kLoopPrefix}) {
    if (begins(spec, prefix)) return files_of_source(spec.substr(prefix.size()));
  }
  if (is_number(spec)) return {"/dev/video" + spec};
  if (spec.empty() || is_address(spec)) return {};
  if (!is_present(spec) && is_image_pattern(spec)) return files_of_pattern(spec);
  std::vector<std::filesystem::path> files = {spec};
  std::error_code none;  // what is no folder holds no files
  for (const auto& entry : std::filesystem::directory_iterator(spec, none))
    files.push_back(entry.path());
  return files;
}

std::unique_ptr<FrameSource> make_source(const std::string& spec) {
  if (spec.empty()) {
    throw Error(ErrorCode::kInvalidArgument,
                "no source was named; give a video file or a camera's number");
  }
  const auto kinds = source_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const SourceKind& candidate) {
    return candidate.accepts(spec);
  });
  return kind->make(spec);
}

}  // namespace kata
