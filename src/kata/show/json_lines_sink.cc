// SPDX-License-Identifier: Apache-2.0
#include "kata/show/json_lines_sink.h"

#include <cstdio>
#include <optional>

#include "kata/core/error.h"
#include "kata/show/atomic_text_file.h"

namespace kata {
namespace {

class JsonLinesSink : public VerdictSink {
 public:
  explicit JsonLinesSink(const std::string& target) {
    if (target != "-") file_.emplace(target);
  }

  void write(const Verdict& verdict) override { write_line(watch_json(verdict)); }
  void write(const WatchProgress& progress) override { write_line(watch_json(progress)); }
  void write(const Hint& hint) override { write_line(watch_json(hint)); }
  bool is_read() const override { return file_.has_value() || !has_failed_; }
  void finish(const WatchTotals& totals) override {
    write_line(watch_json(totals));
    if (has_failed_ && !file_)
      throw Error(ErrorCode::kIo, "the program that reads the JSON lines has gone; stopped");
    if (has_failed_)
      throw Error(ErrorCode::kIo, "writing the JSON lines failed, is the disk full?");
    if (file_) file_->finish();
  }

 private:
  void write_line(std::string line) {
    if (has_failed_) return;
    if (!file_) {
      line += '\n';
      has_failed_ = std::fwrite(line.data(), 1, line.size(), stdout) != line.size() ||
                    std::fflush(stdout) != 0;
      return;
    }
    try {
      file_->write_line(line);
    } catch (const Error&) {  // told in finish(): the watching goes on
      has_failed_ = true;
    }
  }

  std::optional<AtomicTextFile> file_;
  bool has_failed_ = false;
};

}  // namespace

std::unique_ptr<VerdictSink> make_json_lines_sink(const std::string& target) {
  return std::make_unique<JsonLinesSink>(target);
}

}  // namespace kata
