// SPDX-License-Identifier: Apache-2.0
#include "source_list.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <string_view>

#include "kata/core/error.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 17> kVideoEndings = {
    ".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg",  ".mpeg", ".wmv",
    ".flv", ".ogv", ".3gp", ".3g2", ".ts",  ".mts",  ".m2ts", ".mxf"};

bool is_video(const fs::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kVideoEndings, ending) != kVideoEndings.end();
}

std::vector<std::string> videos_in(const fs::path& folder) {
  std::vector<std::string> videos;
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    const bool is_hidden = entry->path().filename().string().starts_with('.');
    if (!is_hidden && entry->is_regular_file(ignored) && is_video(entry->path()))
      videos.push_back(entry->path().string());
  }
  std::ranges::sort(videos);
  return videos;
}

/// Whether both are one file, whatever its names.
bool is_same(const std::string& a, const std::string& b) {
  if (a == b) return true;
  std::error_code none;
  return fs::equivalent(a, b, none);
}

}  // namespace

std::vector<std::string> expanded_sources(std::span<const std::string> sources) {
  std::vector<std::string> expanded;
  const auto add = [&](const std::string& source) {
    if (std::ranges::none_of(expanded,
                             [&](const std::string& one) { return is_same(one, source); }))
      expanded.push_back(source);
  };
  for (const std::string& source : sources) {
    std::error_code unknown;
    if (!fs::is_directory(source, unknown)) {
      add(source);
      continue;
    }
    const std::vector<std::string> videos = videos_in(source);
    if (videos.empty()) add(source);
    for (const std::string& video : videos) add(video);
  }
  return expanded;
}

void check_is_no_folder(const std::string& source) {
  std::error_code unknown;
  if (!fs::is_directory(source, unknown)) return;
  throw Error(ErrorCode::kNotFound,
              "there is no video in this folder (folders in it are not looked into): " + source);
}

}  // namespace kata
