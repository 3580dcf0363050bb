// SPDX-License-Identifier: Apache-2.0
#include "kata/session/sides.h"

#include <cctype>

namespace kata {

std::string with_swapped_sides(const std::string& text) {
  std::string result;
  std::string word;
  const auto finish_word = [&] {
    if (word == "left") {
      word = "right";
    } else if (word == "right") {
      word = "left";
    }
    result += word;
    word.clear();
  };
  for (const char c : text) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += c;
    } else {
      finish_word();
      result += c;
    }
  }
  finish_word();
  return result;
}

void swap_sides(Verdict& verdict) {
  for (Reason& reason : verdict.reasons) {
    reason.joint = with_swapped_sides(reason.joint);
    reason.text = with_swapped_sides(reason.text);
  }
}

void swap_sides(CoachUpdate& update) {
  for (Verdict& verdict : update.finished) swap_sides(verdict);
  if (!update.cannot_see) return;
  for (std::string& part : update.cannot_see->missing) part = with_swapped_sides(part);
  update.cannot_see->advice = with_swapped_sides(update.cannot_see->advice);
}

}  // namespace kata
