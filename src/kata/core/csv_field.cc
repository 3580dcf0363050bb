// SPDX-License-Identifier: Apache-2.0
#include "kata/core/csv_field.h"

namespace kata {

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
