// SPDX-License-Identifier: Apache-2.0
#include "kata/http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "kata/core/error.h"
#include "kata/http/test_server.ipp"

namespace kata {
namespace {

namespace http = boost::beast::http;
using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

json make_craft(const RunningServer& server, const std::string& name) {
  const Reply reply = fetch(server, ask("POST", "/api/crafts", json{{"name", name}}.dump()));
  EXPECT_EQ(reply.result_int(), 201U) << reply.body();
  return json::parse(reply.body());
}

json crafts(const RunningServer& server) {
  return json::parse(fetch(server, ask("GET", "/api/crafts")).body());
}

TEST(Server, ServesThePagesWithAStrictPolicy) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  for (const char* path : {"/", "/learn/", "/create/", "/about/"}) {
    const Reply reply = fetch(server, ask("GET", path));
    EXPECT_EQ(reply.result_int(), 200U) << path;
    EXPECT_THAT(std::string(reply["Content-Security-Policy"]), HasSubstr("default-src 'none'"));
    EXPECT_THAT(reply.body(), HasSubstr("<main id=\"main\""));
  }
  EXPECT_EQ(fetch(server, ask("GET", "/learn")).result_int(), 303U);
  EXPECT_EQ(std::string(fetch(server, ask("GET", "/shared/api.js"))[http::field::content_type]),
            "text/javascript; charset=utf-8");
}

TEST(Server, APageThatDidNotChangeIsNotSentAgain) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  Ask again = ask("GET", "/shared/base.css");
  again.set(http::field::if_none_match, fetch(server, again)[http::field::etag]);
  const Reply reply = fetch(server, again);
  EXPECT_EQ(reply.result_int(), 304U);
  EXPECT_TRUE(reply.body().empty());
}

TEST(Server, PathsOutsideAreRefused) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  for (const char* target :
       {"/../etc/passwd", "/shared/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
        "/shared/..%2f..%2fapi", "/api/crafts/..%2F..%2Fetc%2Fpasswd",
        "/api/crafts/../../etc/passwd", "//etc/passwd", "/api/crafts/.hidden", "/shared\\api.js",
        "/pages.json", "/pages/home/index.html", "/api/crafts/demo.kata/file"}) {
    RawClient client(server.port());
    client.send(std::string("GET ") + target + " HTTP/1.1\r\nHost: " + server.host() +
                "\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 40")) << target;
  }
}

TEST(Server, ForeignNamesAndSitesAreRefused) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  Ask rebound = ask("GET", "/api/crafts");
  rebound.set(http::field::host, "evil.example:80");
  EXPECT_EQ(fetch(server, rebound).result_int(), 421U);
  Ask foreign = ask("POST", "/api/crafts", "{\"name\":\"x\"}");
  foreign.set(http::field::origin, "https://evil.example");
  EXPECT_EQ(fetch(server, foreign).result_int(), 403U);
  Ask embedded = ask("GET", "/api/crafts");
  embedded.set("Sec-Fetch-Site", "cross-site");
  EXPECT_EQ(fetch(server, embedded).result_int(), 403U);
  Ask own = ask("POST", "/api/crafts", "{\"name\":\"x\"}");
  own.set(http::field::origin, "http://" + server.host());
  EXPECT_EQ(fetch(server, own).result_int(), 201U);
}

TEST(Server, AnnouncedGigabyteIsRefusedUnread) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  for (const auto& [target, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"/api/crafts", "1073741824"}, {"/api/crafts/import", "2147483649"}}) {
    RawClient client(server.port());
    client.send("POST " + target + " HTTP/1.1\r\nHost: " + server.host() +
                "\r\nContent-Type: application/json\r\nContent-Length: " + bytes + "\r\n\r\n{");
    EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 413")) << target;
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Server, AnswersUnderForwardedPortsAndGivenNames) {
  const TempFolder folder;
  ServerOptions options = test_options(folder.path());
  options.host_names = {"studio.example"};
  const RunningServer server(options);
  for (const char* host : {"localhost:9999", "localhost.:18802", "[::1]:1", "studio.example"}) {
    Ask forwarded = ask("GET", "/api/crafts");
    forwarded.set(http::field::host, host);
    EXPECT_EQ(fetch(server, forwarded).result_int(), 200U) << host;
  }
  options.host_names = {"https://studio.example/"};
  EXPECT_THROW(RunningServer{options}, Error);
}

TEST(Server, ALargeCraftComesIn) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const std::string id = make_craft(server, "Saw").at("id");
  std::string large = fetch(server, ask("GET", "/api/crafts/" + id + "/file")).body();
  large.resize(std::size_t{80} << 20U);  // more than once came in
  Ask import = ask("POST", "/api/crafts/import", large);
  import.set(http::field::content_type, "application/octet-stream");
  const Reply reply = fetch(server, import);
  EXPECT_EQ(reply.result_int(), 201U) << reply.body();
  EXPECT_EQ(crafts(server)["crafts"].size(), 2U);
  for (const auto& file : std::filesystem::directory_iterator(folder.path()))
    EXPECT_EQ(file.path().extension(), ".kata") << "nothing is left of what came in";
}

TEST(Server, WhatIsNoCraftIsRefusedAtItsFirstBytes) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  for (const std::string& body : {std::string("PK\x03\x04"), std::string(1 << 20, 'x'),
                                  std::string("SQLite format 4"), std::string(" ")}) {
    Ask import = ask("POST", "/api/crafts/import", body);
    import.set(http::field::content_type, "application/octet-stream");
    EXPECT_EQ(fetch(server, import).result_int(), 422U) << body.substr(0, 20);
  }
  EXPECT_EQ(fetch(server, ask("POST", "/api/crafts/import")).result_int(), 422U);
  EXPECT_EQ(fetch(server, ask("GET", "/api/crafts/import")).result_int(), 405U);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Server, ACraftKeepsItsNameOnTheWayOut) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const auto disposition = [&](const std::string& id) {
    const Reply reply = fetch(server, ask("GET", "/api/crafts/" + id + "/file"));
    EXPECT_EQ(reply.result_int(), 200U);
    return std::string(reply["Content-Disposition"]);
  };
  EXPECT_THAT(disposition(make_craft(server, "\u91D1\u69CC").at("id")),
              HasSubstr("filename*=UTF-8''%E9%87%91%E6%A7%8C.kata"));
  EXPECT_THAT(disposition(make_craft(server, "Saw").at("id")), HasSubstr("filename=\"Saw.kata\""));
  std::filesystem::rename(folder.path() / "saw.kata", folder.path() / "s\u00E4ge.kata");
  std::string id;
  const json listed = crafts(server);
  for (const json& each : listed["crafts"]) {
    if (each["name"] == "Saw") id = each["id"];
  }
  EXPECT_THAT(disposition(id), HasSubstr("filename*=UTF-8''s%C3%A4ge.kata"));
  const Reply head = fetch(server, ask("GET", "/api/crafts/" + id + "/file"));
  EXPECT_EQ(std::to_string(head.body().size()), std::string(head[http::field::content_length]));
}

TEST(Server, EndlessChunksAreRefused) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  RawClient client(server.port());
  client.send("POST /api/crafts HTTP/1.1\r\nHost: " + server.host() +
              "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "4000\r\n" + std::string(0x4000, ' ') + "\r\n";
  for (int i = 0; i < 8; ++i) client.send(chunk);
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 413"));
}

TEST(Server, ALargeHeadIsRefused) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: " + server.host() +
              "\r\nX-Long: " + std::string(20000, 'a') + "\r\n\r\n");
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 431"));
}

TEST(Server, ASlowHeadIsNotWaitedFor) {
  const TempFolder folder;
  ServerOptions options = test_options(folder.path());
  options.head_patience = std::chrono::milliseconds(100);
  const RunningServer server(options);
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: ");
  EXPECT_EQ(client.read_all(), "");  // hung up without an answer; would wait for ever otherwise
}

TEST(Server, OneBrokenRequestHarmsNoOther) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  for (const char* nonsense :
       {"\x16\x03\x01\x02\x05hello", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n\r\n"}) {
    RawClient client(server.port());
    client.send(nonsense);
    client.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send);
    client.read_all();
  }
  EXPECT_EQ(fetch(server, ask("GET", "/healthz")).body(), "ok\n");
}

TEST(Server, CraftIsMadeRenamedRemovedAndRestored) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const std::string id = make_craft(server, "Carpintería ../../etc").at("id");
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "carpinter-a-etc.kata"));
  const std::string path = "/api/crafts/" + id;
  EXPECT_EQ(fetch(server, ask("PATCH", path, R"({"name":"Joinery","author":"Aiko"})")).result_int(),
            200U);
  json listed = crafts(server);
  EXPECT_EQ(listed["crafts"][0]["name"], "Joinery");
  EXPECT_EQ(listed["crafts"][0]["author"], "Aiko");
  EXPECT_EQ(fetch(server, ask("DELETE", path)).result_int(), 204U);
  listed = crafts(server);
  EXPECT_EQ(listed["crafts"].size(), 0U);
  EXPECT_EQ(listed["removed"].size(), 1U);
  EXPECT_EQ(fetch(server, ask("POST", path + "/restore", "{}")).result_int(), 200U);
  EXPECT_EQ(crafts(server)["crafts"][0]["id"], id);
}

TEST(Server, ACraftGoesOutAndComesInAgain) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const std::string id = make_craft(server, "Saw").at("id");
  const Reply file = fetch(server, ask("GET", "/api/crafts/" + id + "/file"));
  EXPECT_THAT(std::string(file["Content-Disposition"]), HasSubstr("attachment"));
  Ask import = ask("POST", "/api/crafts/import", file.body());
  import.set(http::field::content_type, "application/octet-stream");
  EXPECT_EQ(fetch(server, import).result_int(), 201U);
  EXPECT_EQ(fetch(server, ask("POST", "/api/crafts/" + id + "/duplicate", "{}")).result_int(),
            201U);
  EXPECT_EQ(crafts(server)["crafts"].size(), 3U);
}

TEST(Server, AHostileFileLeavesNothingBehind) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  Ask import = ask("POST", "/api/crafts/import",
                   "SQLite format 3" + std::string(1, '\0') + std::string(4000, 'x'));
  import.set(http::field::content_type, "application/octet-stream");
  const Reply reply = fetch(server, import);
  EXPECT_EQ(reply.result_int(), 422U);
  EXPECT_EQ(reply.body().find(folder.path().string()), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Server, MovementsAreNamedAddedAndRenamed) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const Reply made = fetch(server, ask("POST", "/api/crafts",
                                       R"({"name":"Joinery","movements":["saw","../../plane"]})"));
  ASSERT_EQ(made.result_int(), 201U) << made.body();
  const std::string path =
      "/api/crafts/" + json::parse(made.body())["id"].get<std::string>() + "/movements";
  EXPECT_EQ(json::parse(made.body())["movements"][1]["name"], "../../plane");
  EXPECT_EQ(fetch(server, ask("POST", path, R"({"name":"saw"})")).result_int(), 400U);
  EXPECT_EQ(fetch(server, ask("POST", path, R"({"name":"chisel"})")).result_int(), 201U);
  const json renamed =
      json::parse(fetch(server, ask("PATCH", path + "/0", R"({"name":"pull saw"})")).body());
  EXPECT_EQ(renamed["movements"][0]["name"], "pull saw");
  EXPECT_EQ(renamed["movements"].size(), 3U);
  EXPECT_EQ(fetch(server, ask("PATCH", path + "/9", R"({"name":"x"})")).result_int(), 404U);
  EXPECT_EQ(fetch(server, ask("POST", path, R"({"name":""})")).result_int(), 400U);
}

TEST(Server, WrongRequestsGetTheirStatus) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  EXPECT_EQ(fetch(server, ask("PUT", "/api/crafts", "{}")).result_int(), 405U);
  EXPECT_EQ(fetch(server, ask("POST", "/api/crafts", "{\"name\":")).result_int(), 400U);
  EXPECT_EQ(fetch(server, ask("POST", "/api/crafts", "{}")).result_int(), 400U);
  EXPECT_EQ(fetch(server, ask("POST", "/api/crafts", std::string(60000, '['))).result_int(), 400U);
  EXPECT_EQ(fetch(server, ask("GET", "/api/nothing")).result_int(), 404U);
  EXPECT_EQ(fetch(server, ask("GET", "/api/crafts/0123456789abcdef")).result_int(), 404U);
  Ask form = ask("POST", "/api/crafts", "name=x");
  form.set(http::field::content_type, "text/plain");
  EXPECT_EQ(fetch(server, form).result_int(), 415U);
}

TEST(Server, ReadOnlyChangesNothing) {
  const TempFolder folder;
  ServerOptions options = test_options(folder.path());
  options.is_read_only = true;
  const RunningServer server(options);
  EXPECT_EQ(fetch(server, ask("POST", "/api/crafts", "{\"name\":\"x\"}")).result_int(), 403U);
  EXPECT_TRUE(json::parse(fetch(server, ask("GET", "/api/status")).body())["read_only"]);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Server, DescribesItsCalls) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const json description = json::parse(fetch(server, ask("GET", "/api")).body());
  EXPECT_TRUE(description.at("openapi").is_string());
  for (const char* path : {"/api/crafts", "/api/live", "/healthz", "/metrics"})
    EXPECT_TRUE(description.at("paths").contains(path)) << path;
}

TEST(Server, TellsItsCounts) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  fetch(server, ask("GET", "/nowhere"));
  EXPECT_THAT(fetch(server, ask("GET", "/metrics")).body(),
              HasSubstr("kata_http_responses_total{class=\"4xx\"} 1\n"));
}

}  // namespace
}  // namespace kata
