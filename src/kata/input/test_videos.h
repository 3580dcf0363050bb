// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace kata::test {

inline bool has_ffmpeg() {
  static const bool found = std::system("ffmpeg -version >/dev/null 2>&1") == 0;
  return found;
}

/// Runs ffmpeg with these arguments and the output file last; false if it failed.
inline bool make_video(const std::string& arguments, const std::filesystem::path& out) {
  const std::string command =
      "ffmpeg -v error -y " + arguments + " '" + out.string() + "' >/dev/null 2>&1";
  return std::system(command.c_str()) == 0;
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace kata::test

#define KATA_NEEDS_FFMPEG() \
  if (!::kata::test::has_ffmpeg()) GTEST_SKIP() << "needs the ffmpeg program to make odd videos"
