// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string>

#include "kata/core/table_reader.h"

namespace kata {
namespace {

/// How pandas, R, MATLAB, C libraries, databases and spreadsheets write that they know nothing.
constexpr std::array<std::string_view, 16> kMissingWords = {
    "nan",  "na",  "n/a",       "null",    "none",    "nil",  "-nan", "+nan",
    "#n/a", "#nv", "-nan(ind)", "1.#qnan", "-1.#ind", "<na>", "-",    "."};
constexpr std::size_t kLongestMissingWord = 10;
constexpr std::string_view kMinusSign = "\xE2\x88\x92";
constexpr std::size_t kLongestNumber = 400;

bool parse(std::string_view text, double& value) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range && end == text.data() + text.size()) {
    value = 0;  // as near to it as can be; what is too large is caught by whoever asks
    return text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
  }
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

bool is_missing(std::string_view cell) {
  if (cell.empty()) return true;
  if (cell.size() > kLongestMissingWord) return false;
  std::string lower(cell);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::ranges::find(kMissingWords, lower) != kMissingWords.end();
}

TableNumbers::Reading TableNumbers::read(std::string_view cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  const bool is_whole = error == std::errc() && end == cell.data() + cell.size();
  if (!is_whole || std::isnan(value)) return read_slowly(cell);
  if (mark_ == '.') return {Kind::kNumber, value};
  if (std::memchr(cell.data(), '.', cell.size()) == nullptr) return {Kind::kNumber, value};
  if (mark_ == ',') return {Kind::kOtherMark, value};
  mark_ = '.';
  return {Kind::kNumber, value};
}

TableNumbers::Reading TableNumbers::read_slowly(std::string_view cell) {
  if (is_missing(cell)) return {Kind::kMissing, 0};
  if (cell.size() > kLongestNumber) return {};
  std::string text(cell);
  if (text.starts_with(kMinusSign)) text.replace(0, kMinusSign.size(), "-");
  const std::size_t comma = text.find(',');
  const bool has_point = text.find('.') != std::string::npos;
  if (comma != std::string::npos) {
    if (has_point || text.find(',', comma + 1) != std::string::npos) return {};
    text[comma] = '.';
  }
  double value = 0;
  if (!parse(text, value) || std::isnan(value)) return {};
  const char mark = comma != std::string::npos ? ',' : has_point ? '.' : char{0};
  if (mark == 0) return {Kind::kNumber, value};
  if (mark_ != 0 && mark_ != mark) return {Kind::kOtherMark, value};
  mark_ = mark;
  return {Kind::kNumber, value};
}

}  // namespace kata
