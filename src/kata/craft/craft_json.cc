// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/craft_json.h"

#include <nlohmann/json.hpp>

namespace kata {
namespace {

using nlohmann::ordered_json;

/// Divided, not multiplied: 633333 µs is 0.633333, not 0.6333329999999999.
double exact_seconds(Timestamp timestamp) {
  return static_cast<double>(timestamp.time_since_epoch().count()) / 1e6;
}

ordered_json repetition_json(const RepetitionSummary& repetition) {
  ordered_json json = {{"id", repetition.id},
                       {"movement", repetition.movement},
                       {"label", to_string(repetition.label)},
                       {"mistake", nullptr},
                       {"person", repetition.person},
                       {"take", repetition.take},
                       {"start_s", exact_seconds(repetition.start)},
                       {"end_s", exact_seconds(repetition.end)},
                       {"frames", repetition.frames}};
  if (repetition.mistake) json["mistake"] = *repetition.mistake;
  return json;
}

ordered_json trained_json(const Craft& craft) {
  const std::optional<StoredClassifier> classifier = craft.classifier();
  if (!classifier) return nullptr;
  ordered_json report = ordered_json::parse(classifier->report_json, nullptr, false);
  if (report.is_discarded()) report = nullptr;
  return {{"trained_at", classifier->trained_at},
          {"is_stale", craft.is_stale()},
          {"report", std::move(report)}};
}

}  // namespace

std::string craft_json(const Craft& craft) {
  ordered_json json = {{"name", craft.title().name},
                       {"movements", ordered_json::array()},
                       {"repetitions", ordered_json::array()},
                       {"trained", trained_json(craft)}};
  for (const MovementSummary& movement : craft.movements()) {
    json["movements"].push_back({{"name", movement.name},
                                 {"correct", movement.correct},
                                 {"incorrect", movement.incorrect}});
  }
  for (const RepetitionSummary& repetition : craft.summaries()) {
    json["repetitions"].push_back(repetition_json(repetition));
  }
  // Text of a stranger's file may be anything; JSON must be UTF-8.
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace kata
