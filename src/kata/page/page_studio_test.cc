// SPDX-License-Identifier: Apache-2.0
#include "kata/page/page_studio.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kata/core/image.h"
#include "kata/session/blind_landmarker.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class PageStudioTest : public ::testing::Test {
 protected:
  HttpResponse ask(const std::string& method, const std::string& target,
                   const std::string& body = "") {
    return studio_.answer({method, *path_from_target(target), "application/json", body});
  }
  std::string new_craft() {
    const auto made = ask("POST", "/api/crafts", R"({"name":"Carpentry","movements":["hammer"]})");
    return json::parse(made.body).at("id");
  }
  json last() const { return json::parse(told_.back()); }

  test::TempFolder folder_;
  std::vector<std::string> told_;
  PageStudio studio_{{folder_.path(), false, "test"},
                     [] { return std::make_unique<BlindLandmarker>(); },
                     [this](const std::string& text) { told_.push_back(text); }};
};

TEST_F(PageStudioTest, AnswersAsTheServerDoes) {
  EXPECT_EQ(json::parse(ask("GET", "/api/status").body).at("version"), "test");
  const std::string id = new_craft();
  EXPECT_EQ(json::parse(ask("GET", "/api/crafts/" + id).body).at("name"), "Carpentry");
  EXPECT_EQ(ask("GET", "/api/nothing").status, 404);
}

TEST_F(PageStudioTest, AFileGoesOutAndComesInAsABody) {
  const HttpResponse file = ask("GET", "/api/crafts/" + new_craft() + "/file");
  EXPECT_TRUE(file.file.empty());
  EXPECT_TRUE(file.body.starts_with("SQLite format 3"));
  EXPECT_EQ(ask("POST", "/api/crafts/import", file.body).status, 201);
  EXPECT_EQ(ask("POST", "/api/crafts/import", "no craft").status, 422);
}

TEST_F(PageStudioTest, TrainingRunsWhenThePageHasTime) {
  const std::string training = "/api/crafts/" + new_craft() + "/training";
  EXPECT_EQ(ask("POST", training).status, 202);
  EXPECT_EQ(json::parse(ask("GET", training).body).at("state"), "running");
  EXPECT_TRUE(studio_.run_waiting());
  EXPECT_EQ(json::parse(ask("GET", training).body).at("state"), "failed");  // nothing is taught yet
  EXPECT_FALSE(studio_.run_waiting());
}

TEST_F(PageStudioTest, ATabIsGreetedAndSeesItsPictures) {
  const Image picture(64, 48, PixelFormat::kRgba);
  studio_.show(0, picture);
  EXPECT_TRUE(told_.empty());  // there is no tab yet
  studio_.open_tab();
  EXPECT_EQ(last().at("type"), "hello");
  studio_.say(R"({"type":"check"})");
  EXPECT_EQ(last().at("type"), "ready");
  studio_.show(0.1, picture);
  EXPECT_EQ(last().at("type"), "frame");
  studio_.say(R"({"type":"dance"})");
  EXPECT_THAT(told_.back(), HasSubstr("there is no such message"));
}

TEST_F(PageStudioTest, ATakeIsKeptWhenItsTabGoes) {
  const std::string id = new_craft();
  studio_.open_tab();
  studio_.say(R"({"type":"record","craft":")" + id + R"(","movement":"hammer","label":"correct"})");
  EXPECT_EQ(last().at("purpose"), "record");
  studio_.show(0, Image(64, 48, PixelFormat::kRgba));
  EXPECT_EQ(last().at("recorded"), 1);
  studio_.close_tab();  // nobody was seen: there is nothing to store, and nothing is left over
  EXPECT_EQ(ask("GET", "/api/crafts/" + id).status, 200);
}

}  // namespace
}  // namespace kata
