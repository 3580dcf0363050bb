// SPDX-License-Identifier: Apache-2.0
#include "kata/show/json_lines_sink.h"

#include <optional>

#include "kata/core/error.h"
#include "kata/show/atomic_text_file.h"

namespace kata {
namespace {

class JsonLinesSink : public VerdictSink {
 public:
  explicit JsonLinesSink(const std::string& target) : is_stdout_(target == "-"), file_(target) {}

  void write(const Verdict& verdict) override { write_line(watch_json(verdict)); }
  void write(const WatchProgress& progress) override { write_line(watch_json(progress)); }
  void write(const Hint& hint) override { write_line(watch_json(hint)); }
  void write(const WatchConfirmation& confirmation) override {
    write_line(watch_json(confirmation));
  }
  bool is_read() const override { return !is_stdout_ || !failure_; }
  void finish(const WatchTotals& totals) override {
    write_line(watch_json(totals));
    if (!failure_) return file_.finish();
    file_.finish_with_whole_lines();
    throw Error(*failure_);
  }

 private:
  /// A failure is told in finish(): the watching goes on.
  void write_line(const std::string& line) {
    if (failure_) return;
    try {
      file_.write_line(line);
    } catch (const Error& error) {
      failure_ = error;
    }
  }

  bool is_stdout_;
  AtomicTextFile file_;
  std::optional<Error> failure_;
};

}  // namespace

std::unique_ptr<VerdictSink> make_json_lines_sink(const std::string& target) {
  return std::make_unique<JsonLinesSink>(target);
}

}  // namespace kata
