// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kata/session/watch.h"
#include "kata/show/progress_pacer.h"
#include "kata/show/sinks.h"

namespace kata {

/// The programs that are told what the learner does: --jsonl and --osc.
class WatchOutputs {
 public:
  /// Throws Error for a target that cannot be written.
  WatchOutputs(const std::optional<std::string>& jsonl, const std::optional<std::string>& osc);

  void write(const Verdict& verdict);
  void write(const WatchConfirmation& confirmation);
  /// Writes what is worth it.
  void write(const CoachUpdate& update, Timestamp now);
  /// False once the one program that reads has gone.
  bool is_read() const;
  /// Throws Error when an output is not complete.
  void finish(const WatchTotals& totals);

 private:
  struct Output {
    std::unique_ptr<VerdictSink> sink;
    ProgressPacer pacer;
  };

  void print_warnings();

  std::vector<Output> outputs_;
};

WatchTotals totals_of(const WatchSummary& summary, int failures);

/// For the terminal: "right", "wrong: short strokes", …
std::string in_words(const Verdict& verdict);
void print_verdict(const Verdict& verdict);
void print_confirmed(std::size_t number, std::optional<Label> label);
void print_hint(const Hint& hint);
void print_summary(const WatchTotals& totals, std::FILE* stream);

}  // namespace kata
