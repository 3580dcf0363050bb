// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/craft_size.h"

#include <array>
#include <cstdio>

namespace kata {
namespace {

constexpr double kMebibyte = 1024.0 * 1024.0;
constexpr double kGibibyte = 1024.0 * kMebibyte;
constexpr const char* kWayOut =
    "record into a new craft, or drop removed repetitions for good with \"kata compact CRAFT\"";

}  // namespace

std::string size_text(std::uint64_t bytes) {
  const auto value = static_cast<double>(bytes);
  std::array<char, 32> text{};
  if (value < kGibibyte) {
    std::snprintf(text.data(), text.size(), "%.1f MiB", value / kMebibyte);
  } else {
    std::snprintf(text.data(), text.size(), "%.1f GiB", value / kGibibyte);
  }
  return text.data();
}

std::string growth_warning(std::uint64_t bytes) {
  if (bytes < kLargeCraft) return {};
  return "the craft has grown to " + size_text(bytes) + "; a studio lets it grow to " +
         size_text(kGrownCraft) + "; " + kWayOut;
}

std::string too_large_for_take() {
  return "the craft is as large as a studio lets it grow (" + size_text(kGrownCraft) + "); " +
         kWayOut;
}

std::string too_large_to_import() {
  return "the file is larger than " + size_text(kLargestCraft) +
         "; put it into the studio's folder of crafts instead, it is there at once";
}

}  // namespace kata
