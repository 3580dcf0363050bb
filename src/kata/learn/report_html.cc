// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/report_html.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "kata/core/error.h"

namespace kata {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fff}table{border-collapse:collapse;margin:1rem 0}td,th{border:1px "
    "solid #bbb;padding:.3rem .7rem;text-align:right}th:first-child,td:first-child{text-align:left}"
    ".big{font-size:2.6rem;font-weight:700}.warn{border-left:.3rem solid "
    "#b35c00;padding:.2rem .8rem;margin:.4rem 0;background:#fff4e5}@media(prefers-color-scheme:dark)"
    "{body{color:#eee;background:#161616}td,th{border-color:#555}.warn{background:#33240f}}";

std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += letter;
    }
  }
  return result;
}

std::string percent(const Json& share) {
  if (!share.is_number()) return "–";
  return std::to_string(std::lround(100 * share.get<double>())) + " %";
}

std::string cell(const std::string& content, const char* tag = "td") {
  return std::string("<") + tag + ">" + content + "</" + tag + ">";
}

std::string headline(const Json& report) {
  if (!report["accuracy"].is_number()) return "<p>Too few repetitions to measure how good it is.</p>";
  std::string html = "<p class=big>" + percent(report["accuracy"]) + " right</p><p>95 % interval " +
                     percent(report["interval"][0]) + " to " + percent(report["interval"][1]) +
                     ", " + std::to_string(report["n"].get<int>()) + " repetitions, left out " +
                     escaped(report["protocol"].get<std::string>()) + ". Balanced accuracy " +
                     percent(report["balanced_accuracy"]) + ". Always saying the most frequent: " +
                     percent(report["baseline_majority"]) + "; by duration alone: " +
                     percent(report["baseline_duration"]) + ".</p>";
  return html;
}

std::string confusion(const Json& report) {
  if (!report.contains("confusion")) return {};
  std::string html = "<h2>What was taken for what</h2><table><tr>" + cell("taught as ↓ judged as →", "th");
  for (const Json& name : report["classes"]) html += cell(escaped(name.get<std::string>()), "th");
  html += "</tr>";
  for (std::size_t i = 0; i < report["confusion"].size(); ++i) {
    html += "<tr>" + cell(escaped(report["classes"][i].get<std::string>()), "th");
    for (const Json& count : report["confusion"][i]) html += cell(std::to_string(count.get<int>()));
    html += "</tr>";
  }
  return html + "</table>";
}

std::string curve(const Json& report) {
  const Json& points = report["learning_curve"];
  if (points.empty()) return {};
  std::string html = "<h2>How many repetitions are needed</h2><table><tr>" + cell("of each", "th");
  for (const Json& point : points) html += cell(std::to_string(point["k"].get<int>()), "th");
  html += "</tr><tr>" + cell("right", "th");
  for (const Json& point : points) html += cell(percent(point["accuracy"]));
  return html + "</tr></table>";
}

std::string confused(const Json& report) {
  if (report["confused"].empty()) return {};
  std::string html = "<h2>Repetitions that were misjudged</h2><table><tr>";
  for (const char* name : {"repetition", "movement", "taught as", "judged as", "advice"}) {
    html += cell(name, "th");
  }
  html += "</tr>";
  for (const Json& entry : report["confused"]) {
    html += "<tr>" + cell(std::to_string(entry["repetition"].get<long>()));
    for (const char* key : {"movement", "taught_as", "judged_as", "advice"}) {
      html += cell(escaped(entry[key].get<std::string>()));
    }
    html += "</tr>";
  }
  return html + "</table>";
}

}  // namespace

std::string report_html(std::string_view report_json, std::string_view title) {
  try {
    const Json report = Json::parse(report_json);
    std::string html = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport "
                       "content=\"width=device-width\"><title>" +
                       escaped(title) + "</title><style>" + std::string(kStyle) + "</style><h1>" +
                       escaped(title) + "</h1>" + headline(report);
    for (const Json& warning : report["warnings"]) {
      html += "<p class=warn>" + escaped(warning.get<std::string>()) + "</p>";
    }
    html += confusion(report) + curve(report) + confused(report) + "</html>\n";
    return html;
  } catch (const Json::exception&) {
    throw Error(ErrorCode::kCorrupt, "the stored report cannot be read; train the craft again");
  }
}

}  // namespace kata
