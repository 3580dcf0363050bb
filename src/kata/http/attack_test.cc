// SPDX-License-Identifier: Apache-2.0
// Visitors who mean harm: each is refused with the right status, memory stays bounded, and the
// server lives on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "kata/http/live_client.ipp"
#include "kata/http/test_server.ipp"

namespace kata {
namespace {

using nlohmann::json;
using testing::AnyOf;
using testing::StartsWith;

/// Memory of this process, and so of the server in it, in MiB.
double resident_mib() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  file >> pages >> pages;
  return pages * 4096 / (1 << 20);
}

void expect_alive(const RunningServer& server) {
  for (int attempt = 0; attempt < 200; ++attempt) {  // until the server has seen the crowd go
    try {
      EXPECT_EQ(fetch(server, ask("GET", "/healthz")).body(), "ok\n");
      return;
    } catch (const boost::system::system_error&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  ADD_FAILURE() << "the server does not answer any more";
}

TEST(Attack, AGigabyteInChunksIsCutOffEarlyAndFillsNoMemory) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const double before = resident_mib();
  const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
  for (const char* target : {"/api/crafts", "/api/crafts/import"}) {
    RawClient client(server.port());
    client.send(std::string("POST ") + target + " HTTP/1.1\r\nHost: " + server.host() +
                "\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    int sent_mib = 0;
    while (sent_mib < 1024 && client.try_send(chunk)) ++sent_mib;
    EXPECT_LT(sent_mib, 200) << target;  // 64 MiB and what lay in the network's buffers
  }
  EXPECT_LT(resident_mib() - before, 200);
  expect_alive(server);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Attack, ABodyThatTricklesIsNotWaitedFor) {
  const TempFolder folder;
  ServerOptions options = test_options(folder.path());
  options.body_patience = std::chrono::milliseconds(200);
  const RunningServer server(options);
  RawClient client(server.port());
  client.send("POST /api/crafts HTTP/1.1\r\nHost: " + server.host() +
              "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
  EXPECT_EQ(client.read_all(), "");  // would wait for ever otherwise
}

TEST(Attack, AThousandConnectionsAreBoundedAndHarmNoOther) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 4096);
  setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < 1500)
    GTEST_SKIP() << "this system allows only " << limit.rlim_cur << " open files";
  const TempFolder folder;
  const RunningServer server(folder.path());
  {
    boost::asio::io_context io;
    std::vector<boost::asio::ip::tcp::socket> crowd;
    for (int i = 0; i < 1000; ++i) {
      crowd.emplace_back(io).connect({boost::asio::ip::address_v4::loopback(), server.port()});
      boost::system::error_code ignored;  // whoever finds the place full is hung up on
      boost::asio::write(crowd.back(), boost::asio::buffer("GET /slowly", 11), ignored);
    }
    std::string nothing(1, ' ');
    boost::system::error_code end;
    boost::asio::read(crowd.back(), boost::asio::buffer(nothing), end);
    EXPECT_TRUE(end);  // returns, because the server does not keep it waiting
  }
  expect_alive(server);
}

TEST(Attack, APictureThatClaimsToBeHugeIsRefusedUnread) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const double before = resident_mib();
  std::string bomb(orange());
  const std::size_t size = bomb.find("\xFF\xC0") + 5;
  bomb.replace(size, 4, "\xFF\xFF\xFF\xFF");  // 65535 × 65535, 12 GB of pixels
  LiveClient client(server);
  client.say_bytes(message_with(0, bomb));
  EXPECT_EQ(client.hear()["code"], "bad_frame");
  EXPECT_LT(resident_mib() - before, 50);
  EXPECT_EQ(client.show(1)["type"], "frame");
}

TEST(Attack, AMessageInFragmentsIsReadAndOneWithoutEndIsNot) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  RawClient patient(server.port());
  patient.send(upgrade_request(server.host(), ""));
  ASSERT_THAT(patient.read_head(), StartsWith("HTTP/1.1 101"));
  const std::string text = R"({"type":"check"})";
  std::string frames;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char opcode = static_cast<char>((i == 0 ? 1 : 0) | (i + 1 == text.size() ? 0x80 : 0));
    frames += std::string{opcode, '\x81', 0, 0, 0, 0, text[i]};
    frames += std::string{'\x89', '\x80', 0, 0, 0, 0};  // a ping in between
  }
  patient.send(frames);
  std::string heard;
  while (heard.find("\"ready\"") == std::string::npos) {
    char byte = 0;
    boost::asio::read(patient.socket(), boost::asio::buffer(&byte, 1));
    heard += byte;
  }

  RawClient endless(server.port());
  endless.send(upgrade_request(server.host(), ""));
  ASSERT_THAT(endless.read_head(), StartsWith("HTTP/1.1 101"));
  const std::string first =
      std::string{'\x02', '\xFE', '\xFF', '\x00', 0, 0, 0, 0} + std::string(0xFF00, 'x');
  const std::string more =
      std::string{'\x00', '\xFE', '\xFF', '\x00', 0, 0, 0, 0} + std::string(0xFF00, 'x');
  endless.send(first);
  int sent = 0;
  while (sent < 1000 && endless.try_send(more)) ++sent;
  EXPECT_LT(sent, 500);  // 2 MiB are 32 fragments; the rest lay in the network's buffers
  expect_alive(server);
}

TEST(Attack, AFloodOfMessagesEndsOnlyItsOwnConnection) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  RawClient flood(server.port());
  flood.send(upgrade_request(server.host(), ""));
  ASSERT_THAT(flood.read_head(), StartsWith("HTTP/1.1 101"));
  const std::string reset = std::string{'\x81', '\x92', 0, 0, 0, 0} + R"({"type": "reset" })";
  for (int i = 0; i < 1000; ++i) flood.send(reset);
  EXPECT_THAT(flood.read_all(), testing::HasSubstr("\x88"));  // a close frame
  LiveClient fine(server);
  EXPECT_EQ(fine.show(0)["type"], "frame");
}

TEST(Attack, ANameWithAZeroByteIsRefused) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const std::string name("saw\0/x", 6);
  for (const json& body : {json{{"name", name}, {"movements", {"saw"}}},
                           json{{"name", "saw"}, {"movements", {name}}}}) {
    const Reply reply = fetch(server, ask("POST", "/api/crafts", body.dump()));
    EXPECT_EQ(reply.result_int(), 400U) << reply.body();
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Attack, NoNameBecomesAPath) {
  const TempFolder parent;
  const std::filesystem::path folder = parent.path() / "crafts";
  const RunningServer server(folder);
  const std::vector<std::string> names = {"../../evil",    "/etc/passwd", "..\\..\\evil",
                                          "a/../../b",     "evil.kata",   ".hidden",
                                          "%2e%2e%2fevil", "~root",       "con"};
  for (const std::string& name : names) {
    const Reply made = fetch(
        server, ask("POST", "/api/crafts", json{{"name", name}, {"movements", {name}}}.dump()));
    ASSERT_EQ(made.result_int(), 201U) << made.body();
    const std::string id = json::parse(made.body())["id"];
    const std::string path = "/api/crafts/" + id;
    EXPECT_EQ(fetch(server, ask("PATCH", path, json{{"name", "../" + name}}.dump())).result_int(),
              200U);
    EXPECT_EQ(
        fetch(server, ask("PATCH", path + "/movements/0", json{{"name", "../" + name}}.dump()))
            .result_int(),
        200U);
    EXPECT_EQ(fetch(server, ask("POST", path + "/duplicate", "{}")).result_int(), 201U);
    LiveClient client(server);
    client.say({{"type", "record"},
                {"craft", name},
                {"movement", name},
                {"label", "correct"},
                {"person", name}});
    EXPECT_EQ(client.hear()["code"], "not_found");
    client.say({{"type", "record"},
                {"craft", id},
                {"movement", name},
                {"label", "incorrect"},
                {"mistake", name},
                {"person", name}});
    EXPECT_EQ(client.hear()["type"], "ready");
    client.say({{"type", "cancel"}});
    client.show(0);
  }
  for (const auto& file : std::filesystem::recursive_directory_iterator(parent.path())) {
    if (file.path() == folder) continue;
    EXPECT_EQ(file.path().parent_path(), folder) << file.path();
    EXPECT_THAT(file.path().filename().string(),
                AnyOf(testing::MatchesRegex("[a-z0-9-]+\\.kata"),
                      testing::MatchesRegex("[a-z0-9-]+\\.kata-(wal|shm)")))
        << file.path();
  }
}

TEST(Attack, ACraftWithDamagedPagesIsRefusedOrReadButNeverHarms) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const std::string id =
      json::parse(fetch(server, ask("POST", "/api/crafts", R"({"name":"Saw","movements":["saw"]})"))
                      .body())["id"];
  const std::string whole = fetch(server, ask("GET", "/api/crafts/" + id + "/file")).body();
  ASSERT_GT(whole.size(), 4096U);
  for (std::size_t at = 20; at < whole.size(); at += whole.size() / 60) {
    std::string damaged = whole;
    for (std::size_t i = at; i < std::min(whole.size(), at + 64); ++i)
      damaged[i] = static_cast<char>(damaged[i] ^ 0x5A);
    Ask import = ask("POST", "/api/crafts/import", damaged);
    import.set(boost::beast::http::field::content_type, "application/octet-stream");
    EXPECT_THAT(fetch(server, import).result_int(), AnyOf(201U, 422U)) << at;
  }
  EXPECT_EQ(fetch(server, ask("GET", "/api/crafts")).result_int(), 200U);
}

}  // namespace
}  // namespace kata
