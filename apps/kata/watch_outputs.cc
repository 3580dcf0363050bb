// SPDX-License-Identifier: Apache-2.0
#include "watch_outputs.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

#include "kata/show/hint_words.h"

namespace kata {
namespace {

/// A reader of lines wants to follow; stage programs draw every message.
constexpr Duration kLinesPeriod = std::chrono::milliseconds(200);
constexpr Duration kMessagesPeriod = std::chrono::milliseconds(30);

WatchProgress progress_of(const CoachUpdate& update, Timestamp now) {
  WatchProgress progress;
  progress.timestamp = now;
  progress.movement = update.movement;
  progress.phase = update.phase;
  progress.is_visible = !update.cannot_see.has_value();
  progress.standing = update.standing;
  if (update.standing && !progress.movement && !update.standing->movement.empty()) {
    progress.movement = update.standing->movement;
  }
  if (update.cannot_see) {
    progress.missing = update.cannot_see->missing;
    progress.advice = update.cannot_see->advice;
  }
  return progress;
}

}  // namespace

WatchOutputs::WatchOutputs(const std::optional<std::string>& jsonl,
                           const std::optional<std::string>& osc) {
  if (jsonl) outputs_.push_back({make_sink("jsonl", *jsonl), ProgressPacer(kLinesPeriod)});
  if (osc) outputs_.push_back({make_sink("osc", *osc), ProgressPacer(kMessagesPeriod)});
}

void WatchOutputs::write(const Verdict& verdict) {
  for (Output& output : outputs_) output.sink->write(verdict);
  print_warnings();
}

void WatchOutputs::write(const WatchConfirmation& confirmation) {
  for (Output& output : outputs_) output.sink->write(confirmation);
  print_warnings();
}

void WatchOutputs::print_warnings() {
  for (Output& output : outputs_) {
    if (const auto warning = output.sink->take_warning())
      fmt::print(stderr, "warning: {}\n", *warning);
  }
}

void WatchOutputs::write(const CoachUpdate& update, Timestamp now) {
  if (outputs_.empty()) return;
  if (update.hint) {
    for (Output& output : outputs_) output.sink->write(*update.hint);
  }
  const WatchProgress progress = progress_of(update, now);
  for (Output& output : outputs_) {
    if (output.pacer.is_due(progress)) output.sink->write(progress);
  }
  print_warnings();
}

bool WatchOutputs::is_read() const {
  return std::all_of(outputs_.begin(), outputs_.end(),
                     [](const Output& output) { return output.sink->is_read(); });
}

void WatchOutputs::finish(const WatchTotals& totals) {
  for (Output& output : outputs_) output.sink->finish(totals);
  print_warnings();
}

WatchTotals totals_of(const WatchSummary& summary, int failures) {
  WatchTotals totals;
  totals.frames = summary.stream.frames;
  totals.dropped = summary.stream.dropped;
  totals.repetitions = summary.tally.repetitions;
  totals.correct = summary.tally.correct;
  totals.incorrect = summary.tally.incorrect;
  totals.unsure = summary.tally.unsure;
  totals.other = summary.tally.other;
  totals.failures = failures;
  totals.frame_rate_hz = summary.stream.frame_rate_hz;
  totals.latency_median_ms = summary.stream.latency_median_ms;
  totals.latency_p95_ms = summary.stream.latency_p95_ms;
  return totals;
}

std::string in_words(const Verdict& verdict) {
  switch (verdict.kind) {
    case VerdictKind::kCorrect:
      return "right";
    case VerdictKind::kIncorrect:
      return verdict.mistake ? "wrong: " + *verdict.mistake : "wrong";
    case VerdictKind::kUnsure:
      return "unsure";
    case VerdictKind::kOther:
      return "not this movement";
  }
  return "";
}

void print_verdict(const Verdict& verdict) {
  const std::string reason = verdict.reasons.empty() ? "" : "  " + verdict.reasons.front().text;
  const std::string score =
      verdict.kind == VerdictKind::kOther ? "" : std::to_string(verdict.score);
  fmt::print("{:>7.1f} s  {:<16} {:<28} {:>3}{}\n", seconds(verdict.end), verdict.movement,
             in_words(verdict), score, reason);
  std::fflush(stdout);
}

void print_confirmed(std::size_t number, std::optional<Label> label) {
  const char* what = !label                      ? "taken back"
                     : *label == Label::kCorrect ? "confirmed: right"
                                                 : "confirmed: wrong";
  fmt::print("           repetition {} {}\n", number, what);
  std::fflush(stdout);
}

void print_hint(const Hint& hint) {
  fmt::print("{:>7.1f} s  {}\n", seconds(hint.end), hint_text(hint));
  std::fflush(stdout);
}

void print_summary(const WatchTotals& totals, std::FILE* stream) {
  std::string others;
  if (totals.other > 0) others += fmt::format("; {} other movements", totals.other);
  if (totals.dropped > 0) others += fmt::format("; {} pictures dropped", totals.dropped);
  fmt::print(stream,
             "{} repetitions: {} right, {} wrong, {} unsure{}; {} frames, {:.1f} a second, latency "
             "{:.0f} ms\n",
             totals.repetitions, totals.correct, totals.incorrect, totals.unsure, others,
             totals.frames, totals.frame_rate_hz, totals.latency_median_ms);
}

}  // namespace kata
