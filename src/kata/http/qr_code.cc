// SPDX-License-Identifier: Apache-2.0
#include "kata/http/qr_code.h"

#include <qrencode.h>

#include <memory>

#include "kata/core/error.h"

namespace kata {
namespace {

constexpr int kQuietZone =
    2;  // modules; the standard's four cost too many lines, and phones read two
constexpr const char* kBlackOnWhite = "\033[30;107m";
constexpr const char* kReset = "\033[0m";

}  // namespace

std::string qr_code(const std::string& text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L), &QRcode_free);
  if (!code) throw Error(ErrorCode::kInvalidArgument, "the address is too long for a QR code");
  const auto is_dark = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= code->width || y >= code->width) return false;
    return (code->data[y * code->width + x] & 1U) != 0;
  };
  std::string lines;
  // A character is about twice as high as wide: two modules above each other in each.
  for (int y = -kQuietZone; y < code->width + kQuietZone; y += 2) {
    lines += kBlackOnWhite;
    for (int x = -kQuietZone; x < code->width + kQuietZone; ++x) {
      const bool upper = is_dark(x, y);
      const bool lower = is_dark(x, y + 1);
      lines += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
    }
    lines += std::string(kReset) + "\n";
  }
  return lines;
}

}  // namespace kata
