// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
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

/// Writes the display matrix (a b, c d) into the track header of an MP4 file (ISO/IEC 14496-12,
/// 8.3.2): ffmpeg itself writes turns but no mirrors.
inline bool set_display_matrix(const std::filesystem::path& path,
                               const std::array<int, 4>& matrix) {
  constexpr std::size_t kMatrix = 44;  // from the box's name on, in version 0
  constexpr std::array<std::size_t, 4> kPlaces = {0, 4, 12, 16};
  std::string bytes = bytes_of(path);
  const std::size_t header = bytes.find("tkhd");
  if (header == std::string::npos) return false;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    const auto fixed = static_cast<std::uint32_t>(matrix[i]) << 16;
    for (std::size_t byte = 0; byte < 4; ++byte) {
      bytes[header + kMatrix + kPlaces[i] + byte] = static_cast<char>(fixed >> (24 - 8 * byte));
    }
  }
  write_bytes(path, bytes);
  return true;
}

}  // namespace kata::test

#define KATA_NEEDS_FFMPEG() \
  if (!::kata::test::has_ffmpeg()) GTEST_SKIP() << "needs the ffmpeg program to make odd videos"
