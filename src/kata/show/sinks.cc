// SPDX-License-Identifier: Apache-2.0
#include "kata/show/sinks.h"

#include <array>

#include "kata/core/error.h"
#include "kata/show/json_lines_sink.h"
#include "kata/show/osc_sink.h"

namespace kata {
namespace {

class NullSink : public VerdictSink {
 public:
  void write(const Verdict&) override {}
  void write(const WatchProgress&) override {}
  void finish(const WatchTotals&) override {}
};

constexpr std::array<SinkKind, 3> kKinds = {{
    {"jsonl", "a file, or - for the terminal", make_json_lines_sink},
    {"osc", "HOST:PORT", make_osc_sink},
    {"null", "anything",
     [](const std::string&) -> std::unique_ptr<VerdictSink> {
       return std::make_unique<NullSink>();
     }},
}};

}  // namespace

std::span<const SinkKind> sink_kinds() { return kKinds; }

std::unique_ptr<VerdictSink> make_sink(std::string_view kind, const std::string& target) {
  for (const SinkKind& each : kKinds) {
    if (each.name == kind) return each.make(target);
  }
  throw Error(ErrorCode::kInvalidArgument, "there is no output of this kind: " + std::string(kind));
}

}  // namespace kata
