// SPDX-License-Identifier: Apache-2.0
#include "kata/core/table_reader.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "kata/core/error.h"
#include "kata/core/utf16.h"

namespace kata {
namespace {

/// In the order in which they are tried: commas come last, for they may be decimal marks.
constexpr std::array kSeparators = {'\t', ';', '|', ','};
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
/// A quoted cell of more lines is a quotation mark that somebody forgot.
constexpr std::size_t kMostQuotedLines = 100;

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    if (text.front() == ' ' || text.front() == '\t') {
      text.remove_prefix(1);
    } else if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else {
      break;
    }
  }
  while (!text.empty()) {
    if (text.back() == ' ' || text.back() == '\t') {
      text.remove_suffix(1);
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else {
      break;
    }
  }
  return text;
}

std::size_t find(std::string_view text, char c, std::size_t from) {
  if (from >= text.size()) return text.size();
  const void* found = std::memchr(text.data() + from, c, text.size() - from);
  if (found == nullptr) return text.size();
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

/// Whether a quoted cell is still open at the end of the line.
bool ends_in_quotes(std::string_view line, char separator) {
  bool is_start = true;
  bool is_inside = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (is_inside) {
      if (c != '"') continue;
      const bool is_doubled = i + 1 < line.size() && line[i + 1] == '"';
      is_inside = is_doubled;
      i += is_doubled ? 1 : 0;
      continue;
    }
    is_inside = is_start && c == '"';
    is_start = c == separator || (is_start && c == ' ');
  }
  return is_inside;
}

/// Nothing but separators and blanks.
bool is_blank(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ' || line[i] == '"') continue;
    if (std::ranges::find(kSeparators, line[i]) != kSeparators.end()) continue;
    if (!line.substr(i).starts_with(kNoBreakSpace)) return false;
    ++i;
  }
  return true;
}

}  // namespace

TableReader::TableReader(std::string_view text, const IsFirstRow& is_first_row) : text_(text) {
  if (auto converted = utf8_from_utf16(text)) {
    converted_ = std::move(*converted);
    text_ = converted_;
  }
  if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
  std::string_view first = next_filled_line();
  if (read_separator(first)) return;
  find_separator(first, is_first_row);
  read_at({0, 0});
}

TableReader::TableReader(std::string_view text, char separator)
    : text_(text), separator_(separator) {}

/// Takes the next line out of the text, without what ends it.
std::string_view TableReader::next_line() {
  if (!is_newline_known_ || newline_ < at_) {
    newline_ = find(text_, '\n', at_);
    is_newline_known_ = true;
  }
  ++lines_;
  const std::size_t begin = at_;
  const std::size_t end = newline_;
  const std::size_t cr = find(text_.substr(0, end), '\r', begin);
  if (cr < end) {
    const std::size_t after = std::min(text_.find_first_not_of('\r', cr), end);
    // \r\n and \r\r\n end one line; \r by itself is how old Macs end theirs.
    if (after < end || end == text_.size()) {
      at_ = cr + 1;
      return text_.substr(begin, cr - begin);
    }
  }
  at_ = std::min(end + 1, text_.size());
  return text_.substr(begin, std::min(cr, end) - begin);
}

std::string_view TableReader::next_filled_line() {
  while (at_ < text_.size()) {
    place_ = {at_, lines_};
    const std::string_view line = next_line();
    line_ = lines_;
    if (!is_blank(line)) return line;
  }
  return {};
}

/// The line and those after it that a quoted cell runs through.
std::string_view TableReader::with_quoted_breaks(std::string_view line) {
  const std::size_t at = at_;
  const std::size_t lines = lines_;
  std::string_view whole = line;
  for (std::size_t i = 0; ends_in_quotes(whole, separator_); ++i) {
    if (at_ >= text_.size() || i == kMostQuotedLines) {  // never closed: it is a cell's own
      at_ = at;
      lines_ = lines;
      return line;
    }
    const std::string_view more = next_line();
    whole = {whole.data(), static_cast<std::size_t>(more.data() + more.size() - whole.data())};
  }
  return whole;
}

std::size_t TableReader::take_quoted(std::string_view line, std::size_t at) {
  if (unquoted_count_ == unquoted_.size()) unquoted_.emplace_back();
  std::string& cell = unquoted_[unquoted_count_++];
  cell.clear();
  for (++at; at < line.size(); ++at) {
    if (line[at] == '"') {
      if (at + 1 >= line.size() || line[at + 1] != '"') {
        ++at;
        break;
      }
      ++at;
    }
    if (line[at] == '\r') continue;
    cell += line[at];
  }
  const std::size_t end = find(line, separator_, at);
  cell += trimmed(line.substr(at, end - at));
  cells_.push_back(trimmed(cell));
  return end;
}

void TableReader::split(std::string_view line) {
  cells_.clear();
  unquoted_count_ = 0;
  for (std::size_t at = 0;; ++at) {
    std::size_t begin = at;
    while (begin < line.size() && line[begin] == ' ') ++begin;
    if (begin < line.size() && line[begin] == '"') {
      at = take_quoted(line, begin);
    } else {
      const std::size_t end = find(line, separator_, at);
      cells_.push_back(trimmed(line.substr(at, end - at)));
      at = end;
    }
    if (at >= line.size()) return;
  }
}

/// `sep=;` as Excel writes and reads it; other cells of its row are padding.
bool TableReader::read_separator(std::string_view line) {
  constexpr std::string_view kSep = "sep=";
  line = trimmed(line);
  if (line.starts_with('"')) line.remove_prefix(1);
  if (line.size() < kSep.size()) return false;
  for (std::size_t i = 0; i < kSep.size(); ++i) {
    if ((line[i] | 0x20) != (kSep[i] | 0x20)) return false;
  }
  line.remove_prefix(kSep.size());
  if (line.starts_with("\\t") || line.empty()) {
    separator_ = '\t';  // trimmed away where it stood for itself
  } else {
    separator_ = line.front();
  }
  return true;
}

void TableReader::find_separator(std::string_view line, const IsFirstRow& is_first_row) {
  std::size_t most = 0;
  char likeliest = ',';
  for (const char candidate : kSeparators) {
    separator_ = candidate;
    split(line);
    if (is_first_row(cells_)) return;
    if (cells_.size() < most) continue;
    most = cells_.size();
    likeliest = candidate;
  }
  separator_ = likeliest;
}

bool TableReader::next() {
  std::string_view line = next_filled_line();
  if (line.data() == nullptr) {
    cells_.clear();
    return false;
  }
  if (find(line, '"', 0) < line.size()) line = with_quoted_breaks(line);
  split(line);
  return true;
}

void TableReader::drop_blank_cells_after(std::size_t count) {
  while (cells_.size() > count && cells_.back().empty()) cells_.pop_back();
}

void TableReader::read_at(const Place& place) {
  at_ = place.offset;
  lines_ = place.line;
  is_newline_known_ = false;
}

std::string plain_column_name(std::string_view name) {
  std::string plain;
  for (const char c : trimmed(name)) {
    if (c == '(' || c == ')' || c == '[' || c == ']' || c == '"') continue;
    const bool is_gap = c == ' ' || c == '-' || c == '\t';
    plain += is_gap ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return plain;
}

std::string_view separator_name(char separator) {
  switch (separator) {
    case '\t':
      return "tabs";
    case ';':
      return "semicolons";
    case '|':
      return "bars";
    default:
      return "commas";
  }
}

}  // namespace kata
