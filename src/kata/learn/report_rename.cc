// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "kata/learn/report.h"

namespace kata {
namespace {

using Json = nlohmann::ordered_json;

/// "saw", "saw correct" and "saw incorrect" are names of a report's; anything else is another's.
void rename_class(Json& value, const std::string& from, const std::string& to) {
  if (!value.is_string()) return;
  const auto& text = value.get_ref<const std::string&>();
  for (const char* label : {"", " correct", " incorrect"}) {
    if (text != from + label) continue;
    value = to + label;
    return;
  }
}

/// A sentence has a movement's name in quotation marks.
void rename_in_sentence(Json& value, const std::string& from, const std::string& to) {
  if (!value.is_string()) return;
  std::string text = value.get<std::string>();
  const std::string old_name = "\"" + from + "\"";
  const std::string new_name = "\"" + to + "\"";
  for (std::size_t at = text.find(old_name); at != std::string::npos;
       at = text.find(old_name, at + new_name.size())) {
    text.replace(at, old_name.size(), new_name);
  }
  value = std::move(text);
}

void rename_fields(Json& list, const std::string& from, const std::string& to) {
  for (Json& entry : list) {
    if (!entry.is_object()) continue;
    for (const char* key : {"name", "movement", "taught_as", "judged_as"}) {
      if (entry.contains(key)) rename_class(entry[key], from, to);
    }
  }
}

}  // namespace

std::string renamed_report(std::string_view report_json, const std::string& from,
                           const std::string& to) {
  Json report = Json::parse(report_json, nullptr, false);
  if (report.is_discarded() || !report.is_object()) return std::string(report_json);
  for (const char* key : {"movements", "deciders", "confused"}) {
    if (report.contains(key)) rename_fields(report[key], from, to);
  }
  if (report.contains("classes")) {
    for (Json& name : report["classes"]) rename_class(name, from, to);
  }
  for (const char* key : {"warnings", "shortfalls"}) {
    if (!report.contains(key)) continue;
    for (Json& sentence : report[key]) rename_in_sentence(sentence, from, to);
  }
  return report.dump();
}

}  // namespace kata
