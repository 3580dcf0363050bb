// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/label_text.h"

namespace kata {

SplitLabel split_label(std::string_view text) {
  if (text.size() > 2 && text.substr(text.size() - 2) == "_R") {
    return {std::string(text.substr(0, text.size() - 2)), Label::kCorrect};
  }
  if (text.size() > 2 && text.substr(text.size() - 2) == "_W") {
    return {std::string(text.substr(0, text.size() - 2)), Label::kIncorrect};
  }
  return {std::string(text), std::nullopt};
}

std::string joined_label(std::string_view movement, Label label) {
  return std::string(movement) + (label == Label::kCorrect ? "_R" : "_W");
}

std::string shortened(std::string_view text) {
  constexpr std::size_t kShown = 30;
  std::string shown;
  for (const char c : text.substr(0, kShown)) shown += c >= ' ' && c <= '~' ? c : '?';
  return text.size() > kShown ? shown + "..." : shown;
}

}  // namespace kata
