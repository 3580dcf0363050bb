// SPDX-License-Identifier: Apache-2.0
#include "kata/wire/metrics.h"

#include <fmt/format.h>

namespace kata {

void Metrics::count_response(int status) {
  const auto index = static_cast<std::size_t>(status / 100);
  if (index < responses_by_class.size()) ++responses_by_class[index];
}

std::string Metrics::text() const {
  std::string out = "# TYPE kata_http_responses_total counter\n";
  for (std::size_t i = 1; i < responses_by_class.size(); ++i) {
    out += fmt::format("kata_http_responses_total{{class=\"{}xx\"}} {}\n", i,
                       responses_by_class[i].load());
  }
  const auto add = [&out](const char* type, const char* name, auto value) {
    out += fmt::format("# TYPE {0} {1}\n{0} {2}\n", name, type, value);
  };
  add("counter", "kata_http_refused_connections_total", refused_connections.load());
  add("gauge", "kata_http_connections", connections.load());
  add("gauge", "kata_live_tabs", live_tabs.load());
  add("counter", "kata_live_frames_total", frames.load());
  add("counter", "kata_live_dropped_frames_total", dropped_frames.load());
  add("counter", "kata_live_bad_frames_total", bad_frames.load());
  add("counter", "kata_live_verdicts_total", verdicts.load());
  add("counter", "kata_live_takes_total", takes.load());
  add("counter", "kata_live_work_seconds_total", static_cast<double>(work_us.load()) * 1e-6);
  return out;
}

}  // namespace kata
