// SPDX-License-Identifier: Apache-2.0
// What every output promises, and what each of them writes.
#include "kata/show/sinks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <lo/lo.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/show/small_disk.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Verdict wrong() {
  Verdict verdict;
  verdict.kind = VerdictKind::kIncorrect;
  verdict.movement = "saw";
  verdict.mistake = "elbow_out";
  verdict.score = 41;
  verdict.confidence = 0.5;
  verdict.start = timestamp_from_seconds(1);
  verdict.end = timestamp_from_seconds(2.5);
  verdict.reasons = {{"right_elbow", "too far out", 0, 1, 0.25, 0, 1}};
  return verdict;
}

WatchProgress sawing() {
  WatchProgress progress;
  progress.movement = "saw";
  progress.phase = 0.5;
  return progress;
}

WatchProgress hidden() {
  WatchProgress progress;
  progress.is_visible = false;
  progress.advice = "step back";
  return progress;
}

/// A number of a message: liblo's lo_arg lies in its bytes without being aligned as its type says.
template <typename Number>
std::string number_in(const lo_arg* argument) {
  Number number;
  std::memcpy(&number, static_cast<const void*>(argument), sizeof number);
  return std::to_string(number);
}

/// Listens on a free port of this machine and keeps each message as text.
class OscListener {
 public:
  OscListener() : server_(lo_server_new(nullptr, nullptr)) {
    lo_server_add_method(
        server_, nullptr, nullptr,
        [](const char* path, const char* types, lo_arg** arguments, int count, lo_message,
           void* self) {
          std::string text = path;
          for (int i = 0; i < count; ++i) {
            text += ' ';
            if (types[i] == 's') text += reinterpret_cast<const char*>(arguments[i]);
            if (types[i] == 'i') text += number_in<std::int32_t>(arguments[i]);
            if (types[i] == 'f') text += number_in<float>(arguments[i]).substr(0, 4);
          }
          static_cast<OscListener*>(self)->messages_.push_back(text);
          return 0;
        },
        this);
  }
  ~OscListener() { lo_server_free(server_); }
  OscListener(const OscListener&) = delete;
  OscListener& operator=(const OscListener&) = delete;

  std::string target() const { return "127.0.0.1:" + std::to_string(lo_server_get_port(server_)); }
  std::vector<std::string> messages() {
    while (lo_server_recv_noblock(server_, 200) > 0) {
    }
    return messages_;
  }

 private:
  lo_server server_;
  std::vector<std::string> messages_;
};

class EverySink : public ::testing::TestWithParam<std::string_view> {
 protected:
  std::string target() const {
    return GetParam() == "jsonl" ? (folder_ / "out.jsonl").string() : "127.0.0.1:9";
  }
  test::TempFolder folder_;
};

TEST_P(EverySink, TakesAllEventsInAnyOrderThoughNobodyListens) {
  const auto sink = make_sink(GetParam(), target());
  sink->write(WatchProgress{});
  sink->write(wrong());
  sink->write(Verdict{});
  sink->write(hidden());
  EXPECT_NO_THROW(sink->finish({}));
}

TEST_P(EverySink, CanBeGivenUpWithoutFinishing) {
  const auto sink = make_sink(GetParam(), target());
  sink->write(wrong());
}

std::vector<std::string_view> names() {
  std::vector<std::string_view> result;
  for (const SinkKind& kind : sink_kinds()) result.push_back(kind.name);
  return result;
}

INSTANTIATE_TEST_SUITE_P(Sinks, EverySink, ::testing::ValuesIn(names()),
                         [](const auto& test) { return std::string(test.param); });

TEST(JsonLinesSink, WritesALineForEachEventAndAppearsInTheEnd) {
  const test::TempFolder folder;
  const auto path = folder / "out.jsonl";
  const auto sink = make_sink("jsonl", path.string());
  sink->write(wrong());
  EXPECT_FALSE(std::filesystem::exists(path));
  WatchTotals totals;
  totals.frames = 9;
  sink->finish(totals);
  std::ifstream stream(path);
  std::string line;
  ASSERT_TRUE(std::getline(stream, line));
  EXPECT_EQ(line, watch_json(wrong()));
  ASSERT_TRUE(std::getline(stream, line));
  EXPECT_THAT(line, HasSubstr(R"("event":"summary","frames":9)"));
  EXPECT_FALSE(std::getline(stream, line));
}

TEST(JsonLinesSink, GoesOnWhenTheDiskIsFullAndSaysSoInTheEnd) {
  const test::TempFolder folder;
  const auto sink = make_sink("jsonl", (folder / "out.jsonl").string());
  const test::SmallDisk small(2000);
  for (int i = 0; i < 500; ++i) EXPECT_NO_THROW(sink->write(wrong()));
  EXPECT_THROW(sink->finish({}), Error);
}

TEST(OscSink, SendsWhatTheApiDescribes) {
  OscListener listener;
  const auto sink = make_sink("osc", listener.target());
  sink->write(sawing());
  sink->write(wrong());
  Verdict other;
  other.kind = VerdictKind::kOther;
  other.end = timestamp_from_seconds(3);
  sink->write(other);
  sink->write(hidden());
  WatchTotals totals;
  totals.repetitions = 3;
  totals.correct = 2;
  totals.incorrect = 1;
  sink->finish(totals);
  EXPECT_THAT(
      listener.messages(),
      ElementsAre("/kata/progress saw 0.50",
                  "/kata/repetition saw incorrect elbow_out 41 0.50 1.00 2.50",
                  "/kata/reason too far out 0.25 0.00", "/kata/other 0.00 3.00",
                  "/kata/progress  0.00", "/kata/visible 0 step back", "/kata/summary 3 2 1"));
}

/// A UDP socket of one address only; receives whatever is sent to it.
class Receiver {
 public:
  explicit Receiver(const std::string& address) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_DGRAM;
    wanted.ai_flags = AI_NUMERICHOST | AI_PASSIVE;
    addrinfo* found = nullptr;
    if (getaddrinfo(address.c_str(), "0", &wanted, &found) != 0) return;
    socket_ = socket(found->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    is_open_ = socket_ >= 0 && bind(socket_, found->ai_addr, found->ai_addrlen) == 0;
    freeaddrinfo(found);
    timeval patience{0, 300000};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Receiver() {
    if (socket_ >= 0) close(socket_);
  }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  bool is_open() const { return is_open_; }
  std::string port() const {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    std::array<char, 16> text{};
    getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, nullptr, 0, text.data(),
                text.size(), NI_NUMERICSERV | NI_DGRAM);
    return text.data();
  }
  /// The addresses of the messages that have come.
  std::vector<std::string> heard() const {
    std::vector<std::string> all;
    std::array<char, 2048> bytes{};
    while (recv(socket_, bytes.data(), bytes.size() - 1, 0) > 0) all.emplace_back(bytes.data());
    return all;
  }

 private:
  int socket_ = -1;
  bool is_open_ = false;
};

TEST(OscSink, ReachesAddressesOfBothProtocolsAndBroadcasts) {
  for (const auto& [own, host] :
       std::vector<std::pair<std::string, std::string>>{{"127.0.0.1", "127.0.0.1"},
                                                        {"127.0.0.1", "localhost"},
                                                        {"::1", "[::1]"},
                                                        {"::1", "::1"},
                                                        {"0.0.0.0", "127.255.255.255"}}) {
    const Receiver receiver(own);
    if (!receiver.is_open()) continue;  // a computer without IPv6
    const auto sink = make_sink("osc", host + ":" + receiver.port());
    sink->write(sawing());
    EXPECT_THAT(receiver.heard(), ElementsAre("/kata/progress")) << host;
    EXPECT_FALSE(sink->take_warning()) << host;
  }
}

TEST(OscSink, AReceiverOnIPv6AloneIsReachedByTheNameOfThisComputer) {
  const Receiver receiver("::1");
  addrinfo wanted{};
  wanted.ai_family = AF_INET6;
  addrinfo* found = nullptr;
  const bool has_ipv6 = getaddrinfo("localhost", "1", &wanted, &found) == 0;
  if (found != nullptr) freeaddrinfo(found);
  if (!receiver.is_open() || !has_ipv6) GTEST_SKIP() << "localhost has no IPv6 address here";
  const auto sink = make_sink("osc", "localhost:" + receiver.port());
  for (int i = 0; i < 5; ++i) sink->write(sawing());
  EXPECT_THAT(receiver.heard(), ::testing::SizeIs(::testing::Ge(4U)));
}

TEST(OscSink, AHostThatCannotBeFoundIsAnErrorAtTheStart) {
  for (const std::string target :
       {"nosuch.invalid:9000", "[::zz]:9000", "[fe80::1]:9000", "a b:1"}) {
    EXPECT_THROW(make_sink("osc", target), Error) << target;
  }
}

TEST(OscSink, SaysOnceThatNobodyListens) {
  std::string port;
  {
    const Receiver gone("127.0.0.1");
    port = gone.port();
  }
  const auto sink = make_sink("osc", "127.0.0.1:" + port);
  int warnings = 0;
  for (int i = 0; i < 20; ++i) {
    sink->write(sawing());
    if (const auto warning = sink->take_warning()) {
      EXPECT_THAT(*warning, HasSubstr("nobody listens"));
      ++warnings;
    }
  }
  EXPECT_EQ(warnings, 1);
}

TEST(OscSink, RefusesWhatIsNoHostAndPort) {
  for (const std::string target : {"", "localhost", "localhost:", ":9000", "localhost:no",
                                   "localhost:70000", "localhost:0", "localhost:-1", "[]:9000"}) {
    EXPECT_THROW(make_sink("osc", target), Error) << target;
  }
}

TEST(Sinks, RefuseAKindThatThereIsNot) { EXPECT_THROW(make_sink("smoke", "x"), Error); }

}  // namespace
}  // namespace kata
