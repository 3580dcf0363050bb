// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/report_html.h"

#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "kata/core/error.h"
#include "kata/learn/report_pictures.h"

namespace kata {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fff}table{border-collapse:collapse;margin:.6rem 0}td,th{border:1px "
    "solid #bbb;padding:.3rem .7rem;text-align:right}th:first-child,td:first-child{text-align:left}"
    "h2{margin:2rem 0 .3rem;font-size:1.2rem}.big{font-size:2.6rem;font-weight:700;margin:.2rem 0}"
    ".hit{background:#d8ecdd}.miss{background:#f8d9cf}.small{color:#555;font-size:.9rem}"
    ".warn{border-left:.3rem solid #b35c00;padding:.2rem .8rem;margin:.4rem 0;background:#fff4e5}"
    ".case{border:1px solid #ccc;border-radius:.4rem;padding:.6rem 1rem;margin:.6rem 0}"
    ".case p{margin:.2rem 0}svg{display:block;max-width:100%}svg text{font-size:13px;fill:#555}"
    ".figure{stroke:#24527a;stroke-width:3;stroke-linecap:round;fill:none}.curve line{stroke:#ddd}"
    ".curve path{stroke:#24527a;stroke-width:2.5;fill:none}.curve circle{fill:#24527a}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}td,th,.case{border-color:"
    "#555}.warn{background:#33240f}.hit{background:#1d3b27}.miss{background:#4a2418}.small,svg "
    "text{color:#aaa;fill:#aaa}.figure{stroke:#8fc1ea}.curve line{stroke:#333}.curve path{stroke:"
    "#8fc1ea}.curve circle{fill:#8fc1ea}}";

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

std::string text(const Json& value) { return escaped(value.get<std::string>()); }

std::string count(const Json& value) { return std::to_string(value.get<long long>()); }

std::string heading(std::string_view title) { return "<h2>" + std::string(title) + "</h2>"; }

std::string row_of(std::initializer_list<std::string> cells, const char* tag = "td") {
  std::string html = "<tr>";
  for (const std::string& content : cells) html += cell(content, tag);
  return html + "</tr>";
}

/// What the figures are compared with, where there was anything to tell apart.
std::string baselines(const Json& report) {
  if (!report["baseline_majority"].is_number()) return {};
  return "<p>Balanced accuracy " + percent(report["balanced_accuracy"]) +
         ". To compare: always saying the most frequent " + percent(report["baseline_majority"]) +
         ", by duration alone " + percent(report["baseline_duration"]) + ".</p>";
}

std::string headline(const Json& report) {
  if (!report["accuracy"].is_number()) {
    return "<p>Too few repetitions to leave any out: how good the judge is cannot be told yet.</p>";
  }
  const bool is_only_right = report.value("only_right", false);
  return "<p class=big>" + percent(report["accuracy"]) +
         (is_only_right ? " of the right ones judged right" : " judged as taught") +
         "</p><p>95 % interval " + percent(report["interval"][0]) + " to " +
         percent(report["interval"][1]) + "; " + count(report["n"]) +
         (is_only_right ? " right" : "") + " repetitions, each judged by what the others taught " +
         "(left out " + text(report["protocol"]) + "). Unsure in " + percent(report["unsure"]) +
         ", refused as another movement in " + percent(report["refused"]) + ".</p>" +
         baselines(report);
}

std::string movements(const Json& report) {
  if (!report.contains("movements")) return {};
  std::string html = heading("Movements and mistakes") + "<table>" +
                     row_of({"movement", "right", "wrong", "judged as taught"}, "th");
  std::string mistakes;
  for (const Json& one : report["movements"]) {
    html += row_of({text(one["name"]), count(one["correct"]), count(one["incorrect"]),
                    percent(one["accuracy"])});
    for (const Json& mistake : one["mistakes"]) {
      mistakes += row_of({text(one["name"]) + ": " + text(mistake["name"]), count(mistake["n"]),
                          percent(mistake["caught"]), percent(mistake["named"])});
    }
  }
  html += "</table>";
  if (mistakes.empty()) return html;
  return html + "<table>" +
         row_of({"mistake", "repetitions", "seen to be wrong", "named rightly"}, "th") + mistakes +
         "</table>";
}

std::string confusion(const Json& report) {
  if (!report.contains("confusion")) return {};
  std::string html = heading("What was taken for what");
  int judged = 0;
  for (const Json& row : report["confusion"]) {
    for (const Json& number : row) judged += number.get<int>();
  }
  if (const int n = report.value("n", judged); judged > n) {
    html +=
        "<p class=small>Each of the " + std::to_string(n) +
        " repetitions was judged several times, with others held out: " + std::to_string(judged) +
        " verdicts.</p>";
  }
  html += "<table><tr>" + cell("taught as ↓ judged as →", "th");
  for (const Json& name : report["classes"]) html += cell(text(name), "th");
  html += "</tr>";
  for (std::size_t i = 0; i < report["confusion"].size(); ++i) {
    if (report["multilabel_confusion"].at(i).is_null()) continue;  // was not taught
    html += "<tr>" + cell(text(report["classes"].at(i)), "th");
    const Json& row = report["confusion"][i];
    for (std::size_t j = 0; j < row.size(); ++j) {
      const char* mark = row[j] == 0 ? "" : i == j ? " class=hit" : " class=miss";
      html += std::string("<td") + mark + ">" + count(row[j]) + "</td>";
    }
    html += "</tr>";
  }
  html += "</table><p class=small>The same for each class against all others:</p><table>" +
          row_of({"class", "rightly not", "wrongly so", "missed", "rightly so"}, "th");
  for (std::size_t i = 0; i < report["multilabel_confusion"].size(); ++i) {
    const Json& one = report["multilabel_confusion"][i];
    if (one.is_null()) continue;
    html += row_of({text(report["classes"].at(i)), count(one[0][0]), count(one[0][1]),
                    count(one[1][0]), count(one[1][1])});
  }
  return html + "</table>";
}

std::string curve(const Json& report) {
  const Json& points = report["learning_curve"];
  if (points.empty()) return {};
  std::string html = heading("How many repetitions are needed") + curve_svg(points) +
                     "<table><tr>" + cell("of each", "th");
  for (const Json& point : points) html += cell(count(point["k"]), "th");
  html += "</tr><tr>" + cell("judged as taught", "th");
  for (const Json& point : points) html += cell(percent(point["accuracy"]));
  return html +
         "</tr></table><p class=small>Drawn at random from all, several times; the rest "
         "judged.</p>";
}

std::string confused(const Json& report) {
  if (report["confused"].empty()) return {};
  std::string html = heading("Repetitions that were misjudged");
  for (const Json& entry : report["confused"]) {
    html += "<div class=case>" + figure_svg(entry.value("figure", Json::array())) +
            "<p><b>Repetition " + count(entry["repetition"]) + "</b> of take " +
            count(entry["take"]) + ", " + text(entry["movement"]) + ": taught as " +
            text(entry["taught_as"]) + ", judged as " + text(entry["judged_as"]) + " (" +
            count(entry["wrong"]) + " of " + count(entry["judged"]) + " times, " +
            percent(entry["confidence"]) + " sure).</p><p>Advice: " + text(entry["advice"]) +
            ".</p></div>";
  }
  return html;
}

std::string deciders(const Json& report) {
  std::string html = heading("Who decides");
  for (const Json& one : report.value("deciders", Json::array())) {
    html += "<p>" + text(one["movement"]) + ": " + text(one["why"]) + ".</p>";
    if (one["members"].empty()) continue;
    html += "<table>" + row_of({"member", "weight", "alone, on what was left out"}, "th");
    for (const Json& member : one["members"]) {
      const std::string weight = std::to_string(member["weight"].get<double>());
      html += row_of({text(member["name"]), weight.substr(0, weight.find('.') + 3),
                      percent(member["held_out_accuracy"])});
    }
    html += "</table>";
  }
  return html + "<p class=small>Classifier " + text(report["classifier"]) + ", seed " +
         count(report["seed"]) + ".</p>";
}

}  // namespace

std::string report_html(std::string_view report_json, std::string_view title) {
  try {
    const Json report = Json::parse(report_json);
    std::string html =
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport "
        "content=\"width=device-width\"><title>" +
        escaped(title) + "</title><style>" + std::string(kStyle) + "</style><h1>" + escaped(title) +
        "</h1>" + headline(report);
    for (const Json& warning : report["warnings"]) {
      html += "<p class=warn>" + escaped(warning.get<std::string>()) + "</p>";
    }
    html += movements(report) + confusion(report) + curve(report) + confused(report) +
            deciders(report) + "</html>\n";
    return html;
  } catch (const Json::exception&) {
    throw Error(ErrorCode::kCorrupt, "the stored report cannot be read; train the craft again");
  }
}

}  // namespace kata
