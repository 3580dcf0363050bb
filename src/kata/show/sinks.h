// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "kata/core/verdict.h"
#include "kata/show/watch_format.h"

namespace kata {

/// Another program that is told what the learner does. Problems with it never stop the watching:
/// only making a sink and finish() throw.
class VerdictSink {
 public:
  virtual ~VerdictSink() = default;
  virtual void write(const Verdict& verdict) = 0;
  virtual void write(const WatchProgress& progress) = 0;
  virtual void write(const Hint& /*hint*/) {}
  virtual void write(const WatchConfirmation& /*confirmation*/) {}
  /// False once nobody can read any more: a program that only writes may stop.
  virtual bool is_read() const { return true; }
  /// A sentence for the person who started it, about what did not get through; each once.
  virtual std::optional<std::string> take_warning() { return std::nullopt; }
  /// The end; nothing comes after it. Throws Error{kIo} when what was written is not complete.
  virtual void finish(const WatchTotals& totals) = 0;
};

/// One kind of output. A new one is added to the list in sinks.cc.
struct SinkKind {
  std::string_view name;
  std::string_view form;  ///< what its target is, for help texts
  std::unique_ptr<VerdictSink> (*make)(const std::string& target);
};
std::span<const SinkKind> sink_kinds();

/// By the name of its kind. Throws Error{kInvalidArgument} for an unknown kind or a bad target, and
/// what making that kind throws.
std::unique_ptr<VerdictSink> make_sink(std::string_view kind, const std::string& target);

}  // namespace kata
