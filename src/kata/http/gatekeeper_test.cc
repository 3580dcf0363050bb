// SPDX-License-Identifier: Apache-2.0
#include "kata/http/gatekeeper.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "kata/core/error.h"
#include "kata/http/certificate.h"
#include "kata/wire/http_message.h"

namespace kata {
namespace {

Visitor visitor(std::string_view target) {
  Visitor result;
  result.method = "GET";
  result.target = target;
  result.host = "192.168.1.5:8765";
  return result;
}

Gatekeeper with_token() { return {OwnNames({"192.168.1.5"}), "https", "0123456789abcdef"}; }

Gatekeeper of_this_computer(const std::vector<std::string>& names = {}) {
  return {OwnNames(names), "http", ""};
}

int status_for(const Gatekeeper& gate, std::string_view host, std::string_view origin = "") {
  Visitor page = visitor("/api/crafts");
  page.host = host;
  page.origin = origin;
  const auto refusal = gate.refuse(page);
  return refusal ? refusal->status : 200;
}

TEST(Gatekeeper, LetsInByCookieBearerOrLinkOnly) {
  const Gatekeeper gate = with_token();
  EXPECT_EQ(gate.refuse(visitor("/"))->status, 401);
  EXPECT_EQ(gate.refuse(visitor("/?token=wrong"))->status, 401);
  EXPECT_EQ(gate.refuse(visitor("/api/crafts?token=0123456789abcdef"))->status, 401);
  EXPECT_FALSE(gate.refuse(visitor("/?token=0123456789abcdef")));
  Visitor known = visitor("/api/crafts");
  known.cookie = "other=1; kata_token=0123456789abcdef";
  EXPECT_FALSE(gate.refuse(known));
  known.cookie = "not_kata_token=0123456789abcdef";
  EXPECT_EQ(gate.refuse(known)->status, 401);
  Visitor program = visitor("/metrics");
  program.authorization = "Bearer 0123456789abcdef";
  EXPECT_FALSE(gate.refuse(program));
}

TEST(Gatekeeper, TheCookieIsForThisSiteAndPagesCannotReadIt) {
  const auto cookie = with_token().cookie_for("/?token=0123456789abcdef");
  ASSERT_TRUE(cookie);
  EXPECT_NE(cookie->find("HttpOnly; Secure; SameSite=Strict"), std::string::npos);
}

TEST(Gatekeeper, OriginNeedsSchemeAndPort) {
  const Gatekeeper gate = of_this_computer();
  Visitor page = visitor("/api/crafts");
  page.host = "LOCALHOST:8765";
  page.origin = "http://localhost:8765";
  EXPECT_FALSE(gate.refuse(page));
  for (const char* origin :
       {"https://localhost:8765", "http://localhost", "http://localhost:8766", "null"}) {
    page.origin = origin;
    EXPECT_EQ(gate.refuse(page)->status, 403) << origin;
  }
}

TEST(Gatekeeper, AnswersToTheLoopbackNamesUnderAnyPort) {
  const Gatekeeper gate = of_this_computer();
  for (const char* host :
       {"localhost", "localhost:8765", "localhost:9999", "LocalHost:1", "localhost.:18802",
        "127.0.0.1:9999", "127.0.0.1", "[::1]:9999", "[::1]", "localhost:65535"}) {
    EXPECT_EQ(status_for(gate, host), 200) << host;
    EXPECT_EQ(status_for(gate, host, std::string("http://") + host), 200) << host;
  }
}

TEST(Gatekeeper, RefusesNamesThatAForeignNameServerDecides) {
  const Gatekeeper gate = of_this_computer({"studio.example"});
  for (const char* host : {"",
                           " ",
                           ".",
                           ":",
                           ":8765",
                           "evil.example",
                           "evil.example:8765",
                           "localhost.evil.example",
                           "evil.localhost",
                           "127.0.0.1.evil.example",
                           "localhost:8765@evil.example",
                           "evil.example@localhost",
                           "localhost:8765:8765",
                           "localhost:",
                           "localhost:0",
                           "localhost:65536",
                           "localhost:-1",
                           "localhost:+1",
                           "localhost:8765x",
                           "localhost:8765 ",
                           " localhost",
                           "localhost/",
                           "localhost#",
                           "localhost?",
                           "localhost\\",
                           "local host",
                           "localhost..",
                           "..localhost",
                           "localhost,evil.example",
                           "0.0.0.0",
                           "0.0.0.0:8765",
                           "127.0.0.2",
                           "127.1",
                           "2130706433",
                           "0x7f000001",
                           "017700000001",
                           "[::]",
                           "[::1",
                           "::1",
                           "::1:8765",
                           "[::1]8765",
                           "[::1].evil",
                           "[0:0:0:0:0:0:0:1%25lo]",
                           "[::ffff:127.0.0.1]",
                           "169.254.1.1",
                           "192.168.1.5",
                           "rebind.network",
                           "xstudio.example",
                           "studio.example.evil",
                           "l\xC3\xB6"
                           "calhost",
                           "localhost\xE3\x80\x82"}) {
    EXPECT_EQ(status_for(gate, host), 421) << '"' << host << '"';
  }
}

TEST(Gatekeeper, OnlyPagesOfTheVeryNameAndPortMayAsk) {
  const Gatekeeper gate = of_this_computer({"studio.example"});
  EXPECT_EQ(status_for(gate, "localhost:9999", "http://localhost:9999"), 200);
  EXPECT_EQ(status_for(gate, "localhost:80", "http://localhost"), 200);
  EXPECT_EQ(status_for(gate, "localhost", "http://localhost:80"), 200);
  EXPECT_EQ(status_for(gate, "localhost.:8765", "http://localhost:8765"), 200);
  for (const char* origin :
       {"http://localhost:8766", "http://localhost", "http://127.0.0.1:8765", "http://[::1]:8765",
        "https://localhost:8765", "http://studio.example:8765", "http://evil.example",
        "http://localhost:8765.evil.example", "http://localhost:8765@evil.example",
        "http://evil.example/localhost:8765", "file://", "null", "localhost:8765", "http://",
        "chrome-extension://abcdef", "http:/localhost:8765", "ws://localhost:8765",
        "http://localhost:8765/", "http://localhost:8765 http://evil.example"}) {
    EXPECT_EQ(status_for(gate, "localhost:8765", origin), 403) << origin;
  }
}

TEST(Gatekeeper, AnswersToGivenNamesAlsoBehindAServerThatSpeaksHttps) {
  const Gatekeeper gate = of_this_computer({"Studio.Example.", "10.1.2.3"});
  EXPECT_EQ(status_for(gate, "studio.example", "https://studio.example"), 200);
  EXPECT_EQ(status_for(gate, "STUDIO.example:8080", "http://studio.example:8080"), 200);
  EXPECT_EQ(status_for(gate, "10.1.2.3:80"), 200);
  EXPECT_EQ(status_for(gate, "studio.example", "https://studio.example:8443"), 403);
  EXPECT_EQ(status_for(gate, "10.1.2.4"), 421);
  for (const char* name : {"", "https://studio.example", "studio.example:80", "a b", "m\xC3\xBC",
                           "studio..example", "[::1", "*"}) {
    EXPECT_THROW(OwnNames({name}), Error) << name;
  }
}

TEST(OwnNames, AskAgainForWhatMayHaveChanged) {
  std::vector<std::string> now = {"192.168.1.5"};
  int asked = 0;
  const OwnNames names({}, [&] {
    ++asked;
    return now;
  });
  EXPECT_TRUE(names.has("192.168.1.5"));
  EXPECT_TRUE(names.has("192.168.1.5"));
  EXPECT_EQ(asked, 1);
  now = {"10.0.0.7", "my-laptop.local"};
  EXPECT_FALSE(names.has("10.0.0.7")) << "a crowd does not ask the system each time";
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  EXPECT_TRUE(names.has("10.0.0.7"));
  EXPECT_TRUE(names.has("my-laptop.local"));
  EXPECT_EQ(asked, 2);
}

TEST(OwnNames, ThisComputerHasANameThatOthersFind) {
  const std::vector<std::string> names = own_host_names();
  ASSERT_FALSE(names.empty());
  EXPECT_TRUE(names.back().ends_with(".local")) << names.back();
}

TEST(Path, PlainOnesAreSplitAndOthersRefused) {
  EXPECT_EQ(path_from_target("/api/crafts?x=/../"), (std::vector<std::string>{"api", "crafts"}));
  EXPECT_EQ(path_from_target("/"), std::vector<std::string>{});
  for (const char* target :
       {"", "x", "http://a/", "/a//b", "/../x", "/a/%2e", "/a\\b", "/a b", "/.git"}) {
    EXPECT_FALSE(path_from_target(target)) << target;
  }
}

TEST(Certificate, NamesTheAddressesItIsFor) {
  const Certificate certificate = make_certificate({"localhost"}, {"192.168.1.5"});
  EXPECT_NE(certificate.key.find("PRIVATE KEY"), std::string::npos);
  EXPECT_NE(certificate.chain.find("BEGIN CERTIFICATE"), std::string::npos);
  EXPECT_EQ(random_token().size(), 32U);
  EXPECT_NE(random_token(), random_token());
}

}  // namespace
}  // namespace kata
