// SPDX-License-Identifier: Apache-2.0
#include "kata/show/watch_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "kata/show/repetition_curves.h"
#include "kata/show/svg_plot.h"

namespace kata {
namespace {

constexpr std::size_t kMostCurves = 3;

constexpr const char* kStyle = R"css(
:root{--bg:#f6f7f9;--card:#fff;--ink:#16181d;--muted:#5b6472;--line:#dfe3e9;--right:#0b7d4b;--wrong:#c22a1e;--unsure:#8a6100;--other:#5b6472;--learner:#c2410c;--teacher:#2563a8}
@media (prefers-color-scheme:dark){:root{--bg:#111318;--card:#1a1d24;--ink:#eef0f4;--muted:#a3acba;--line:#313743;--right:#4ade80;--wrong:#ff7b6e;--unsure:#ffce54;--other:#a3acba;--learner:#ffa154;--teacher:#7cc0ff}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:70rem;margin:0 auto;padding:2rem 1rem}h1{margin:0;font-size:1.7rem}p.sub{margin:.2rem 0 1.5rem;color:var(--muted)}
.tiles{display:flex;flex-wrap:wrap;gap:.75rem;margin-bottom:1.5rem}.tile{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.75rem 1.25rem;min-width:7rem}
.tile b{display:block;font-size:1.7rem;line-height:1.2}.tile span{color:var(--muted);font-size:.9rem}
.bars{display:flex;align-items:flex-end;gap:4px;height:7rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.75rem;margin-bottom:1.5rem;overflow-x:auto}
.bars a{flex:1 0 10px;max-width:2.2rem;border-radius:4px 4px 0 0;background:currentColor;min-height:3px}
.rep{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.25rem;margin-bottom:1rem}
.rep h2{margin:0;font-size:1.1rem;display:flex;flex-wrap:wrap;gap:.6rem;align-items:baseline}.rep h2 small{color:var(--muted);font-weight:400}
.rep ul{margin:.4rem 0 0;padding-left:1.2rem}.plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(18rem,1fr));gap:1rem;margin-top:.75rem}
.correct{color:var(--right)}.incorrect{color:var(--wrong)}.unsure{color:var(--unsure)}.other{color:var(--other)}
svg{width:100%;height:auto}svg text{fill:var(--muted);font-size:10px}svg .head{fill:var(--ink);font-size:12px;font-weight:600}
svg .grid{stroke:var(--line)}svg .line{fill:none;stroke-width:2.2;stroke-linejoin:round}svg .learner{stroke:var(--learner)}svg .teacher{stroke:var(--teacher);stroke-dasharray:6 4}
svg .shade{fill:var(--wrong);opacity:.12}.legend{color:var(--muted);font-size:.9rem}.legend i{display:inline-block;width:1.6rem;vertical-align:middle;border-top:3px solid;margin:0 .4rem 0 1rem}
)css";

const char* word_of(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kCorrect:
      return "✓ right";
    case VerdictKind::kIncorrect:
      return "✗ wrong";
    case VerdictKind::kUnsure:
      return "? not sure";
    case VerdictKind::kOther:
      return "– not this movement";
  }
  return "";
}

std::string with_spaces(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

void append_tile(std::string& html, const std::string& value, const char* name,
                 const char* css = "") {
  fmt::format_to(std::back_inserter(html),
                 R"(<div class="tile"><b class="{}">{}</b><span>{}</span></div>)", css, value,
                 name);
}

void append_totals(std::string& html, const WatchTotals& totals) {
  html += "<div class=\"tiles\">";
  append_tile(html, std::to_string(totals.repetitions), "repetitions");
  append_tile(html, std::to_string(totals.correct), "✓ right", "correct");
  append_tile(html, std::to_string(totals.incorrect), "✗ wrong", "incorrect");
  append_tile(html, std::to_string(totals.unsure), "? not sure", "unsure");
  append_tile(html, fmt::format("{:.0f}", totals.frame_rate_hz), "frames a second");
  append_tile(html, fmt::format("{:.0f} ms", totals.latency_median_ms), "latency");
  html += "</div>";
}

void append_scores(std::string& html, const std::vector<ReportedRepetition>& repetitions) {
  html += R"(<div class="bars" role="group" aria-label="Score of each repetition">)";
  for (std::size_t i = 0; i < repetitions.size(); ++i) {
    const Verdict& verdict = repetitions[i].verdict;
    if (verdict.kind == VerdictKind::kOther) continue;
    fmt::format_to(std::back_inserter(html),
                   R"(<a class="{}" href="#r{}" style="height:{}%" title="{}: {}, score {}"></a>)",
                   to_string(verdict.kind), i + 1, std::clamp(verdict.score, 0, 100), i + 1,
                   word_of(verdict.kind), verdict.score);
  }
  html += "</div>";
}

/// The joints of the reasons; where there are none, the one that moves most.
std::vector<Reason> curves_wanted(const ReportedRepetition& repetition) {
  std::vector<Reason> wanted;
  for (const Reason& reason : repetition.verdict.reasons) {
    const bool is_new = std::none_of(wanted.begin(), wanted.end(), [&](const Reason& each) {
      return each.joint == reason.joint;
    });
    if (is_new && wanted.size() < kMostCurves) wanted.push_back(reason);
  }
  if (wanted.empty()) {
    Reason liveliest;
    const auto& frames = repetition.teacher ? *repetition.teacher : repetition.learner;
    liveliest.joint = liveliest_joint(frames);
    liveliest.phase_end = 0;  // nothing to mark
    if (!liveliest.joint.empty()) wanted.push_back(liveliest);
  }
  return wanted;
}

void append_plots(std::string& html, const ReportedRepetition& repetition) {
  if (repetition.learner.empty()) return;
  html += "<div class=\"plots\">";
  for (const Reason& reason : curves_wanted(repetition)) {
    const RepetitionCurve learner = curve_of(repetition.learner, reason.joint);
    std::span<const Landmarks> right;
    if (repetition.teacher) right = *repetition.teacher;
    const RepetitionCurve teacher = curve_of(right, reason.joint);
    const bool is_drawn = std::any_of(learner.values.begin(), learner.values.end(),
                                      [](double value) { return value == value; });
    if (!is_drawn) continue;
    html +=
        svg_of({learner.name,
                learner.unit,
                {{"teacher", "teacher", teacher.values}, {"learner", "learner", learner.values}},
                reason.phase_begin,
                reason.phase_end});
  }
  html += "</div>";
}

void append_repetition(std::string& html, const ReportedRepetition& repetition,
                       std::size_t number) {
  const Verdict& verdict = repetition.verdict;
  std::string word = word_of(verdict.kind);
  if (verdict.mistake) word += ": " + html_escaped(with_spaces(*verdict.mistake));
  fmt::format_to(
      std::back_inserter(html),
      R"(<section class="rep" id="r{}"><h2>{}. {} <span class="{}">{}</span><small>score {} · {:.1f}–{:.1f} s</small></h2>)",
      number, number, html_escaped(with_spaces(verdict.movement)), to_string(verdict.kind), word,
      verdict.score, seconds(verdict.start), seconds(verdict.end));
  if (!verdict.reasons.empty()) {
    html += "<ul>";
    for (const Reason& reason : verdict.reasons)
      html += "<li>" + html_escaped(reason.text) + "</li>";
    html += "</ul>";
  }
  append_plots(html, repetition);
  html += "</section>";
}

}  // namespace

std::string watch_report_html(const WatchReport& report) {
  std::string html =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>";
  html += html_escaped(report.craft) + " – Kata</title><style>" + kStyle +
          "</style></head><body><main><h1>";
  html +=
      html_escaped(report.craft) + "</h1><p class=\"sub\">" + html_escaped(report.source) + "</p>";
  append_totals(html, report.totals);
  if (!report.repetitions.empty()) {
    append_scores(html, report.repetitions);
    html +=
        "<p class=\"legend\">Curves over each repetition from its start to its end:"
        "<i style=\"color:var(--learner)\"></i>learner<i "
        "style=\"color:var(--teacher);border-top-style:dashed\"></i>teacher</p>";
  } else {
    html += "<p>No repetition was seen.</p>";
  }
  for (std::size_t i = 0; i < report.repetitions.size(); ++i) {
    append_repetition(html, report.repetitions[i], i + 1);
  }
  return html + "</main></body></html>\n";
}

}  // namespace kata
