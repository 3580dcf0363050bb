// SPDX-License-Identifier: Apache-2.0
// Many tabs at once, with people who look at crafts, record and train beside them: slower, but
// nobody gets another's answer.
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "kata/http/live_client.ipp"
#include "kata/http/test_server.ipp"

namespace kata {
namespace {

using nlohmann::json;

constexpr int kTabs = 6;
constexpr int kPictures = 40;

ServerOptions busy_options(const TempFolder& folder) {
  ServerOptions options = test_options(folder.path());
  options.most_learners = kTabs;
  return options;
}

/// Each tab's clock starts at another hour, so that every answer says whose it is.
void follow_one_tab(const RunningServer& server, int tab, std::atomic<int>& mixed) {
  LiveClient client(server);
  client.say({{"type", "check"}});
  if (client.hear()["type"] != "ready") ++mixed;
  for (int i = 0; i < kPictures; ++i) {
    const double time_s = tab * 3600.0 + i * 0.05;
    const json frame = client.show(time_s);
    if (frame["type"] != "frame" || std::abs(frame["time_s"].get<double>() - time_s) > 0.02)
      ++mixed;
  }
}

void look_around(const RunningServer& server, const std::string& id, std::atomic<int>& failed) {
  for (int i = 0; i < 20; ++i) {
    if (fetch(server, ask("GET", "/api/crafts")).result_int() != 200) ++failed;
    if (fetch(server, ask("GET", "/metrics")).result_int() != 200) ++failed;
    if (fetch(server,
              ask("PATCH", "/api/crafts/" + id, json{{"name", "Lift " + std::to_string(i)}}.dump()))
            .result_int() != 200)
      ++failed;
  }
}

std::string record(const RunningServer& server, const std::string& id, const char* label) {
  LiveClient client(server);
  client.say({{"type", "record"},
              {"craft", id},
              {"movement", "lift"},
              {"label", label},
              {"expected_repetitions", 4}});
  if (client.hear()["purpose"] != "record") return "not ready";
  for (int i = 0; i < 150; ++i) client.show(i * 0.0667);
  client.say({{"type", "stop"}});
  return client.hear()["type"];
}

TEST(LiveLoad, ManyTabsGetTheirOwnAnswers) {
  const TempFolder folder;
  const RunningServer server(busy_options(folder));
  const std::string id =
      json::parse(fetch(server, ask("POST", "/api/crafts", R"({"name":"Lift"})")).body())["id"];
  std::atomic<int> mixed{0};
  std::atomic<int> failed{0};
  {
    std::vector<std::jthread> crowd;
    for (int tab = 0; tab < kTabs; ++tab)
      crowd.emplace_back([&, tab] { follow_one_tab(server, tab, mixed); });
    crowd.emplace_back([&] { look_around(server, id, failed); });
  }
  EXPECT_EQ(mixed, 0);
  EXPECT_EQ(failed, 0);
}

TEST(LiveLoad, RecordingAndTrainingGoOnWhileOthersLearn) {
  const TempFolder folder;
  const RunningServer server(busy_options(folder));
  const std::string id =
      json::parse(fetch(server, ask("POST", "/api/crafts", R"({"name":"Lift"})")).body())["id"];
  std::atomic<int> mixed{0};
  std::string first;
  std::string second;
  {
    std::jthread one([&] { first = record(server, id, "correct"); });
    std::jthread two([&] { second = record(server, id, "correct"); });
    std::jthread other([&] { follow_one_tab(server, 3, mixed); });
  }
  EXPECT_EQ(first, "take");
  EXPECT_EQ(second, "take");
  ASSERT_EQ(fetch(server, ask("POST", "/api/crafts/" + id + "/training", "{}")).result_int(), 202U);
  std::jthread learner([&] { follow_one_tab(server, 4, mixed); });
  json state;
  do {
    state = json::parse(fetch(server, ask("GET", "/api/crafts/" + id + "/training")).body());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  } while (state["state"] == "running");
  EXPECT_EQ(state["state"], "done") << state;
  learner.join();
  LiveClient client(server);
  client.say({{"type", "learn"}, {"craft", id}});
  EXPECT_EQ(client.hear()["purpose"], "learn");
  EXPECT_EQ(mixed, 0);
}

TEST(LiveLoad, WhenAllPlacesAreTakenTheNextIsToldSo) {
  const TempFolder folder;
  ServerOptions options = test_options(folder.path());
  options.most_learners = 1;
  const RunningServer server(options);
  LiveClient first(server);
  EXPECT_EQ(first.show(0)["type"], "frame");
  LiveClient second(server);
  EXPECT_EQ(second.show(0)["type"], "error");
  EXPECT_EQ(first.show(1)["type"], "frame");
}

TEST(LiveLoad, ATabThatGoesDuringATakeLeavesItStored) {
  const TempFolder folder;
  const RunningServer server(busy_options(folder));
  const std::string id =
      json::parse(fetch(server, ask("POST", "/api/crafts", R"({"name":"Lift"})")).body())["id"];
  {
    LiveClient client(server);
    client.say({{"type", "record"},
                {"craft", id},
                {"movement", "lift"},
                {"label", "correct"},
                {"expected_repetitions", 4}});
    client.hear();
    for (int i = 0; i < 150; ++i) client.show(i * 0.0667);
  }  // the page was reloaded, or the phone went out of reach
  json craft;
  for (int attempt = 0; attempt < 200 && craft["repetitions"] != 4; ++attempt) {
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
    craft = json::parse(fetch(server, ask("GET", "/api/crafts/" + id)).body());
  }
  EXPECT_EQ(craft["repetitions"], 4);
}

}  // namespace
}  // namespace kata
