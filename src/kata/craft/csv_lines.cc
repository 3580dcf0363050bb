// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/csv_lines.h"

namespace kata {
namespace {

/// Reads the quoted field that begins at `at`; returns where it ends.
std::size_t unquote(std::string_view line, std::size_t at, std::string& field) {
  ++at;
  while (at < line.size()) {
    if (line[at] == '"') {
      if (at + 1 >= line.size() || line[at + 1] != '"') return at + 1;
      ++at;
    }
    field += line[at++];
  }
  return at;
}

}  // namespace

CsvLines::CsvLines(std::string_view text) : rest_(text) {
  if (rest_.substr(0, 3) == "\xEF\xBB\xBF") rest_.remove_prefix(3);
  while (!rest_.empty() && (rest_.back() == '\n' || rest_.back() == '\r')) rest_.remove_suffix(1);
}

bool CsvLines::next() {
  if (rest_.empty()) return false;
  const std::size_t end = rest_.find('\n');
  line_ = rest_.substr(0, end);
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
  ++number_;
  return true;
}

void split_csv_line(std::string_view line, std::vector<std::string>& fields) {
  std::size_t count = 0;
  std::size_t at = 0;
  while (true) {
    if (count == fields.size()) fields.emplace_back();
    std::string& field = fields[count++];
    field.clear();
    if (at < line.size() && line[at] == '"') at = unquote(line, at, field);
    const std::size_t comma = line.find(',', at);
    field += line.substr(at, comma == std::string_view::npos ? comma : comma - at);
    if (comma == std::string_view::npos) break;
    at = comma + 1;
  }
  fields.resize(count);
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\n") == std::string_view::npos) return std::string(text);
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c == '\n' ? ' ' : c;
  }
  return field + '"';
}

}  // namespace kata
