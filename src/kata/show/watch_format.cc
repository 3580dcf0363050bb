// SPDX-License-Identifier: Apache-2.0
#include "kata/show/watch_format.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "kata/show/hint_words.h"

namespace kata {
namespace {

// Keys stay in the order in which people read them.
using json = nlohmann::ordered_json;

/// Shorter lines: more digits than these mean nothing. JSON has no NaN.
double rounded(double value, double steps_per_unit) {
  return std::isfinite(value) ? std::round(value * steps_per_unit) / steps_per_unit : 0;
}
double time_s(Timestamp timestamp) { return rounded(seconds(timestamp), 1e6); }
double share(double value) { return rounded(value, 1e4); }

json reasons_of(const Verdict& verdict) {
  json reasons = json::array();
  for (const Reason& reason : verdict.reasons) {
    reasons.push_back({{"joint", reason.joint},
                       {"text", reason.text},
                       {"phase_begin", share(reason.phase_begin)},
                       {"phase_end", share(reason.phase_end)},
                       {"offset", share(reason.offset)},
                       {"angle_deg", rounded(reason.angle_rad * 180 / std::numbers::pi, 10)},
                       {"weight", share(reason.weight)}});
  }
  return reasons;
}

json or_null(const std::optional<std::string>& text) { return text ? json(*text) : json(nullptr); }

/// Names come from people: bytes that are no UTF-8 are replaced, never thrown at the reader.
std::string line_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string watch_json(const Verdict& verdict) {
  if (verdict.kind == VerdictKind::kOther) {
    json line = {{"event", "other"}};
    if (verdict.distance > 0) line["distance"] = rounded(verdict.distance, 1e3);
    if (!verdict.movement.empty()) line["movement"] = verdict.movement;
    line["start_s"] = time_s(verdict.start);
    line["end_s"] = time_s(verdict.end);
    return line_of(line);
  }
  return line_of({{"event", "repetition"},
                  {"movement", verdict.movement},
                  {"verdict", to_string(verdict.kind)},
                  {"mistake", or_null(verdict.mistake)},
                  {"score", verdict.score},
                  {"confidence", share(verdict.confidence)},
                  {"start_s", time_s(verdict.start)},
                  {"end_s", time_s(verdict.end)},
                  {"distance", rounded(verdict.distance, 1e3)},
                  {"reasons", reasons_of(verdict)}});
}

std::string watch_json(const WatchConfirmation& confirmation) {
  return line_of(
      {{"event", "confirmed"},
       {"time_s", time_s(confirmation.timestamp)},
       {"number", confirmation.number},
       {"label", confirmation.label ? json(to_string(*confirmation.label)) : json(nullptr)}});
}

std::string watch_json(const Hint& hint) {
  return line_of(
      {{"event", "hint"},
       {"cause", to_string(hint.cause)},
       {"movement", hint.movement.empty() ? json(nullptr) : json(hint.movement)},
       {"start_s", time_s(hint.start)},
       {"end_s", time_s(hint.end)},
       {"distance", hint.distance > 0 ? json(rounded(hint.distance, 1e3)) : json(nullptr)},
       {"text", hint_text(hint)}});
}

std::string watch_json(const WatchTotals& totals) {
  return line_of({{"event", "summary"},
                  {"frames", totals.frames},
                  {"repetitions", totals.repetitions},
                  {"correct", totals.correct},
                  {"incorrect", totals.incorrect},
                  {"fps", rounded(totals.frame_rate_hz, 100)},
                  {"latency_ms",
                   {{"median", rounded(totals.latency_median_ms, 100)},
                    {"p95", rounded(totals.latency_p95_ms, 100)}}},
                  {"unsure", totals.unsure},
                  {"other", totals.other},
                  {"dropped", totals.dropped},
                  {"failures", totals.failures}});
}

std::string watch_json(const WatchProgress& progress) {
  if (!progress.is_visible) {
    return line_of({{"event", "cannot_see"},
                    {"time_s", time_s(progress.timestamp)},
                    {"visible", false},
                    {"cannot_see", progress.missing},
                    {"advice", progress.advice}});
  }
  json line = {{"event", "progress"},
               {"time_s", time_s(progress.timestamp)},
               {"visible", true},
               {"movement", or_null(progress.movement)},
               {"phase", progress.movement ? json(share(progress.phase)) : json(nullptr)}};
  if (progress.standing) {
    line["verdict"] = to_string(progress.standing->kind);
    line["score"] = progress.standing->score;
  }
  return line_of(line);
}

}  // namespace kata
