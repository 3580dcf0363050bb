// SPDX-License-Identifier: Apache-2.0
#include "kata/show/osc_sink.h"

#include <lo/lo.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/show/udp_target.h"

namespace kata {
namespace {

struct FreeMessage {
  void operator()(lo_message message) const { lo_message_free(message); }
};

/// One message, built argument by argument: the variadic calls of the library check nothing.
class Message {
 public:
  Message() : message_(lo_message_new()) {}
  Message& text(const std::string& value) {
    lo_message_add_string(message_.get(), value.c_str());
    return *this;
  }
  Message& integer(int value) {
    lo_message_add_int32(message_.get(), value);
    return *this;
  }
  Message& real(double value) {
    lo_message_add_float(message_.get(), static_cast<float>(value));
    return *this;
  }
  std::vector<std::byte> datagram(const char* path) const {
    std::vector<std::byte> bytes(lo_message_length(message_.get(), path));
    lo_message_serialise(message_.get(), path, bytes.data(), nullptr);
    return bytes;
  }

 private:
  std::unique_ptr<std::remove_pointer_t<lo_message>, FreeMessage> message_;
};

class OscSink : public VerdictSink {
 public:
  OscSink(const std::string& host, const std::string& port) : target_(host, port) {}

  void write(const Verdict& verdict) override {
    const double start_s = seconds(verdict.start);
    const double end_s = seconds(verdict.end);
    if (verdict.kind == VerdictKind::kOther) {
      send("/kata/other", Message().real(start_s).real(end_s));
      return;
    }
    send("/kata/repetition", Message()
                                 .text(verdict.movement)
                                 .text(std::string(to_string(verdict.kind)))
                                 .text(verdict.mistake.value_or(""))
                                 .integer(verdict.score)
                                 .real(verdict.confidence)
                                 .real(start_s)
                                 .real(end_s));
    if (verdict.kind != VerdictKind::kIncorrect || verdict.reasons.empty()) return;
    const Reason& reason = verdict.reasons.front();
    send("/kata/reason", Message()
                             .text(reason.text)
                             .real(reason.offset)
                             .real(reason.angle_rad * 180 / std::numbers::pi));
  }

  void write(const WatchProgress& progress) override {
    send("/kata/progress", Message()
                               .text(progress.movement.value_or(""))
                               .real(progress.movement ? progress.phase : 0));
    if (was_visible_ == progress.is_visible) return;
    was_visible_ = progress.is_visible;
    send("/kata/visible", Message().integer(progress.is_visible ? 1 : 0).text(progress.advice));
  }

  void finish(const WatchTotals& totals) override {
    send("/kata/summary",
         Message().integer(totals.repetitions).integer(totals.correct).integer(totals.incorrect));
  }

  std::optional<std::string> take_warning() override {
    return std::exchange(warning_, std::nullopt);
  }

 private:
  void send(const char* path, const Message& message) {
    const auto problem = target_.send(message.datagram(path));
    if (!problem || was_told_) return;
    was_told_ = true;
    warning_ = "OSC messages do not arrive: " + *problem + "; they are sent on";
  }

  UdpTarget target_;
  bool was_visible_ = true;
  bool was_told_ = false;
  std::optional<std::string> warning_;
};

/// Without the brackets that keep an IPv6 address apart from its port.
std::string host_of(const std::string& text) {
  const bool is_bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
  return is_bracketed ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

std::unique_ptr<VerdictSink> make_osc_sink(const std::string& target) {
  const std::size_t colon = target.rfind(':');
  const std::string port = colon == std::string::npos ? "" : target.substr(colon + 1);
  const bool is_number =
      !port.empty() && port.size() <= 5 &&
      std::all_of(port.begin(), port.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!is_number || colon == 0 || std::stoi(port) < 1 || std::stoi(port) > 65535) {
    throw Error(ErrorCode::kInvalidArgument,
                "an OSC target is HOST:PORT, such as localhost:9000 or [::1]:9000, not: " + target);
  }
  return std::make_unique<OscSink>(host_of(target.substr(0, colon)), port);
}

}  // namespace kata
