// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/label_text.h"

#include <array>
#include <string>

namespace kata {
namespace {

// With what spreadsheets write for TRUE and FALSE in German, French, Spanish, Italian, Portuguese
// and Dutch.
constexpr std::array<std::string_view, 20> kRightWords = {
    "correct", "right", "true", "yes",  "y",         "1",    "1.0",        "1,0",  "r",       "ok",
    "good",    "t",     "wahr", "vrai", "verdadero", "vero", "verdadeiro", "waar", "richtig", "ja"};
constexpr std::array<std::string_view, 18> kWrongWords = {
    "incorrect", "wrong", "false",  "no",   "n",     "0",    "0.0",    "0,0",     "w",
    "bad",       "f",     "falsch", "faux", "falso", "nein", "onwaar", "mistake", "not ok"};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& words, std::string_view word) {
  for (const std::string_view each : words) {
    if (each == word) return true;
  }
  return false;
}

}  // namespace

std::optional<Label> label_from_word(std::string_view word) {
  const std::string plain = lower(word);
  if (holds(kRightWords, plain)) return Label::kCorrect;
  if (holds(kWrongWords, plain)) return Label::kIncorrect;
  return std::nullopt;
}

SplitLabel split_label(std::string_view text) {
  if (text.size() > 2 && text.substr(text.size() - 2) == "_R") {
    return {std::string(text.substr(0, text.size() - 2)), Label::kCorrect};
  }
  if (text.size() > 2 && text.substr(text.size() - 2) == "_W") {
    return {std::string(text.substr(0, text.size() - 2)), Label::kIncorrect};
  }
  return {std::string(text), std::nullopt};
}

SplitLabel split_label_cell(std::string_view text) {
  SplitLabel split = split_label(text);
  if (split.label || text.size() < 3 || text[text.size() - 2] != '_') return split;
  if (text.back() != 'r' && text.back() != 'w') return split;
  return {std::string(text.substr(0, text.size() - 2)),
          text.back() == 'r' ? Label::kCorrect : Label::kIncorrect};
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
