// SPDX-License-Identifier: Apache-2.0
#include "kata/http/gatekeeper.h"

#include <gtest/gtest.h>

#include "kata/http/certificate.h"
#include "kata/http/http_message.h"

namespace kata {
namespace {

Visitor visitor(std::string_view target) {
  Visitor result;
  result.method = "GET";
  result.target = target;
  result.host = "192.168.1.5:8765";
  return result;
}

Gatekeeper with_token() { return {{"192.168.1.5:8765"}, "https", "0123456789abcdef"}; }

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
  const Gatekeeper gate({"localhost:8765"}, "http", "");
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
