// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "kata/http/live_client.ipp"
#include "kata/http/test_server.ipp"

namespace kata {
namespace {

using nlohmann::json;
using testing::StartsWith;

TEST(Live, APictureIsAnsweredWithLandmarks) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  LiveClient client(server);
  client.say({{"type", "check"}});
  EXPECT_EQ(client.hear(), json({{"type", "ready"}, {"purpose", "check"}}));
  const json frame = client.show(0.5);
  EXPECT_EQ(frame["type"], "frame");
  EXPECT_EQ(frame["width"], 16);
  EXPECT_EQ(frame["pose"].size(), 33U);
  EXPECT_EQ(frame["pose"][16][1], 0.7);
  EXPECT_TRUE(frame["right_hand"].is_null());
}

TEST(Live, BadPicturesAreAnsweredAndForgotten) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  LiveClient client(server);
  client.say_bytes(message_with(0, "no picture"));
  EXPECT_EQ(client.hear()["code"], "bad_frame");
  client.say_bytes("short");
  EXPECT_EQ(client.hear()["code"], "invalid");
  client.say_bytes(message_with(std::numeric_limits<double>::quiet_NaN(), orange()));
  EXPECT_EQ(client.hear()["code"], "bad_frame");
  EXPECT_EQ(client.show(1)["type"], "frame");
}

TEST(Live, WrongRequestsAreAnswered) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  LiveClient client(server);
  client.say("no object");
  EXPECT_EQ(client.hear()["code"], "invalid");
  client.say({{"type", "learn"}, {"craft", "../../etc/passwd"}});
  EXPECT_EQ(client.hear()["code"], "not_found");
  client.say({{"type", "record"}, {"craft", "x"}, {"movement", ""}, {"label", "correct"}});
  EXPECT_EQ(client.hear()["code"], "invalid");
}

TEST(Live, ATakeIsCutStoredAndItsEdgesMove) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const std::string id =
      json::parse(fetch(server, ask("POST", "/api/crafts", "{\"name\":\"Lift\"}")).body())["id"];
  LiveClient client(server);
  client.say({{"type", "record"},
              {"craft", id},
              {"movement", "lift"},
              {"label", "correct"},
              {"expected_repetitions", 4}});
  EXPECT_EQ(client.hear()["purpose"], "record");
  for (int i = 0; i < 150; ++i) client.show(i * 0.0667);
  client.say({{"type", "stop"}});
  const json take = client.hear();
  ASSERT_EQ(take["type"], "take") << take;
  ASSERT_EQ(take["repetitions"].size(), 4U);

  const json second = take["repetitions"][1];
  const std::string path =
      "/api/crafts/" + id + "/repetitions/" + std::to_string(second["id"].get<int>());
  const double start_s = second["start_s"].get<double>() - 0.2;
  const Reply moved = fetch(
      server,
      ask("PUT", path + "/edges", json({{"start_s", start_s}, {"end_s", second["end_s"]}}).dump()));
  ASSERT_EQ(moved.result_int(), 200U) << moved.body();
  EXPECT_NEAR(json::parse(moved.body())["start_s"].get<double>(), start_s, 0.06);
  const json craft = json::parse(fetch(server, ask("GET", "/api/crafts/" + id)).body());
  EXPECT_EQ(craft["repetitions"], 4);
  EXPECT_EQ(craft["repetition_list"].size(), 5U);  // the old cut is among the removed ones
}

constexpr const char* kTab = "?tab=0123456789abcdef0123456789abcdef";

/// A craft that is being recorded by a tab of that token, with pictures until `end_s`.
std::string begin_take(const RunningServer& server, LiveClient& client, double end_s) {
  const std::string id =
      json::parse(fetch(server, ask("POST", "/api/crafts", "{\"name\":\"Lift\"}")).body())["id"];
  client.say({{"type", "record"}, {"craft", id}, {"movement", "lift"}, {"label", "correct"}});
  EXPECT_EQ(client.hear()["purpose"], "record");
  for (double time_s = 0; time_s < end_s; time_s += 0.0667) client.show(time_s);
  return id;
}

int repetitions_of(const RunningServer& server, const std::string& id) {
  return json::parse(fetch(server, ask("GET", "/api/crafts/" + id)).body())["repetitions"];
}

TEST(LiveLine, ATabIsGreetedAndAskedWhetherItIsThere) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  LiveClient client(server, kTab);
  EXPECT_EQ(client.hear(), json({{"type", "hello"}, {"purpose", "none"}, {"resumed", false}}));
  client.say({{"type", "ping"}});
  EXPECT_EQ(client.hear(), json({{"type", "pong"}}));
}

TEST(LiveLine, ATakeGoesOnOverANewConnectionThoughTheOldOneIsHalfOpen) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  LiveClient old(server, kTab);
  old.hear();
  const std::string id = begin_take(server, old, 5);
  LiveClient fresh(server, std::string(kTab) + "&heard=1");  // the old one says nothing
  EXPECT_EQ(fresh.hear(), json({{"type", "hello"}, {"purpose", "record"}, {"resumed", true}}));
  for (double time_s = 5.1; time_s < 10; time_s += 0.0667) fresh.show(time_s);
  fresh.say({{"type", "stop"}});
  const json take = fresh.hear();
  ASSERT_EQ(take["type"], "take") << take;
  EXPECT_EQ(take["repetitions"].size(), 4U);
}

TEST(LiveLine, WhatATabHasNotHeardIsRepeated) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  LiveClient old(server, kTab);
  old.hear();
  begin_take(server, old, 10);
  old.say({{"type", "stop"}});
  old.vanish();
  LiveClient fresh(server, std::string(kTab) + "&heard=1");
  EXPECT_EQ(fresh.hear()["resumed"], true);
  EXPECT_EQ(fresh.hear()["type"], "take");
  LiveClient third(server, std::string(kTab) + "&heard=2");
  EXPECT_EQ(third.hear(), json({{"type", "hello"}, {"purpose", "check"}, {"resumed", true}}));
  EXPECT_EQ(third.show(20)["type"], "frame") << "nothing is told twice";
}

TEST(LiveLine, ATakeWithAHoleEndsBeforeTheHole) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  LiveClient client(server, kTab);
  client.hear();
  const std::string id = begin_take(server, client, 9.5);
  std::vector<json> others;
  EXPECT_EQ(client.show(15, &others)["recorded"], 0);
  ASSERT_EQ(others.size(), 1U);
  EXPECT_EQ(others[0]["type"], "take");
  EXPECT_EQ(repetitions_of(server, id), 4);
}

TEST(LiveLine, ATakeWithAHoleInWhichNothingIsFoundSaysSo) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  LiveClient client(server, kTab);
  client.hear();
  begin_take(server, client, 0.7);
  const json problem = client.show(15);
  EXPECT_EQ(problem["code"], "not_enough") << problem;
  EXPECT_EQ(client.hear()["type"], "frame") << "the picture itself is fine";
}

TEST(LiveLine, ATakeWhoseTabIsCutOffIsStoredSoon) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  LiveClient client(server, kTab);
  client.hear();
  const std::string id = begin_take(server, client, 9.5);
  client.vanish();
  for (int i = 0; i < 100 && repetitions_of(server, id) == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(repetitions_of(server, id), 4);
  LiveClient back(server, std::string(kTab) + "&heard=1");
  EXPECT_EQ(back.hear()["purpose"], "check");
  EXPECT_EQ(back.hear()["type"], "take");
}

TEST(LiveLine, WhoSaysGoodbyeIsNotWaitedForAndWhoTriesAnewIs) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  for (const auto& [code, is_resumed] : {std::pair{4000, true}, {1000, false}, {1001, false}}) {
    const std::string tab = "?tab=00000000000000000000000000" + std::to_string(code);
    {
      LiveClient client(server, tab);
      client.hear();
      client.say({{"type", "check"}});
      client.hear();
      client.close(static_cast<std::uint16_t>(code));
    }
    LiveClient again(server, tab);
    EXPECT_EQ(again.hear()["resumed"], is_resumed) << code;
  }
}

TEST(LiveLine, TokensThatAreNoneMakeALineOfTheConnectionOnly) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  for (const char* query : {"?tab=", "?tab=short", "?tab=0123456789ABCDEF0123456789ABCDEF",
                            "?tab=../../etc/passwd/0123456789", "?heard=5", "?tab=x&tab=y"}) {
    LiveClient client(server, query);
    client.say({{"type", "check"}});
    EXPECT_EQ(client.hear()["type"], "ready") << query;
  }
}

TEST(LiveLine, ManyTabsThatVanishAreBounded) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  for (int i = 0; i < 60; ++i) {
    const std::string number = std::to_string(1000 + i);
    LiveClient client(server, "?tab=000000000000000000000000" + number);
    EXPECT_EQ(client.hear()["type"], "hello");
    client.vanish();
  }
  LiveClient first(server, "?tab=0000000000000000000000001000");
  EXPECT_EQ(first.hear()["resumed"], false) << "long gone";
}

TEST(Live, ForeignPagesGetNoSocket) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  RawClient foreign(server.port());
  foreign.send(upgrade_request(server.host(), "Origin: https://evil.example\r\n"));
  EXPECT_THAT(foreign.read_all(), StartsWith("HTTP/1.1 403"));
  RawClient rebound(server.port());
  rebound.send(upgrade_request("evil.example", ""));
  EXPECT_THAT(rebound.read_all(), StartsWith("HTTP/1.1 421"));
}

TEST(Live, BrokenFramesEndOnlyTheirConnection) {
  const TempFolder folder;
  const RunningServer server(folder.path());
  const std::string huge = std::string("\x82\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10) + "abcd";
  const std::string unmasked = std::string("\x81\x05hello");
  const std::string reserved = std::string("\xF3\x80\x01\x02\x03\x04", 6);
  const std::string lone_continuation = std::string("\x80\x80\x01\x02\x03\x04", 6);
  for (const std::string& frame : {huge, unmasked, reserved, lone_continuation}) {
    RawClient client(server.port());
    client.send(upgrade_request(server.host(), ""));
    EXPECT_THAT(client.read_head(), StartsWith("HTTP/1.1 101"));
    client.send(frame);
    client.read_all();  // returns, because the server hangs up
  }
  LiveClient fine(server);
  EXPECT_EQ(fine.show(0)["type"], "frame");
}

}  // namespace
}  // namespace kata
