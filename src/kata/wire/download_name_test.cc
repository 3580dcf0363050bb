// SPDX-License-Identifier: Apache-2.0
#include "kata/wire/download_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace kata {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

TEST(DownloadName, KeepsANameInAnyScript) {
  EXPECT_EQ(attachment_named("saw.kata"), "attachment; filename=\"saw.kata\"");
  EXPECT_EQ(attachment_named("\u91D1\u69CC.kata"),
            "attachment; filename=\"__.kata\"; filename*=UTF-8''%E9%87%91%E6%A7%8C.kata");
  EXPECT_EQ(attachment_named("S\u00E4ge \u2013 50%.kata"),
            "attachment; filename=\"S_ge _ 50_.kata\"; "
            "filename*=UTF-8''S%C3%A4ge%20%E2%80%93%2050%25.kata");
  EXPECT_THAT(attachment_named("\u0645\u0637\u0631\u0642\u0629.kata"),
              HasSubstr("filename*=UTF-8''%D9%85%D8%B7%D8%B1%D9%82%D8%A9.kata"));
  EXPECT_THAT(attachment_named("\U0001F528.kata"), HasSubstr("%F0%9F%94%A8.kata"));
}

TEST(DownloadName, HostileNamesStayOneHeaderAndOneFile) {
  for (const std::string& name :
       {std::string("a\"; filename=\"evil.exe.kata"), std::string("a\r\nSet-Cookie: x=1.kata"),
        std::string("../../etc/passwd.kata"), std::string("C:\\Windows\\x.kata"),
        std::string("a\0b.kata", 8), std::string("\x7F\x80\xFF.kata"),
        std::string("\u202Egnp.exe.kata"), std::string("\u2066x\u2069\u200Fy.kata"),
        std::string("line\u2028break.kata"), std::string("...kata"), std::string(".kata"),
        std::string("   .kata"), std::string("%0d%0a.kata"), std::string("a%2Fb.kata"),
        std::string(5000, 'x').append(".kata"), std::string("<script>.kata")}) {
    const std::string header = attachment_named(name);
    for (const char c : header) EXPECT_TRUE(c >= ' ' && c < 127) << header;
    EXPECT_EQ(std::count(header.begin(), header.end(), '"'), 2) << header;
    const std::string safe = safe_file_name(name);
    EXPECT_THAT(safe, EndsWith(".kata"));
    EXPECT_LT(safe.size(), 200U);
    EXPECT_GT(safe.size(), 5U) << "not hidden, not nameless";
    for (const char* bad : {"/", "\\", ":", "\u202E", "\u2066", "\u2028", "\"", "\n", "<"})
      EXPECT_THAT(safe, Not(HasSubstr(bad))) << name;
  }
}

TEST(DownloadName, IsNoDeviceAndIsCutBetweenCharacters) {
  EXPECT_EQ(safe_file_name("CON.kata"), "CON_.kata");
  EXPECT_EQ(safe_file_name("com1.kata"), "com1_.kata");
  EXPECT_EQ(safe_file_name("console.kata"), "console.kata");
  std::string hammers;
  for (int i = 0; i < 100; ++i) hammers += "\u91D1";
  const std::string safe = safe_file_name(hammers + ".kata");
  EXPECT_EQ((safe.size() - 5) % 3, 0U);
}

}  // namespace
}  // namespace kata
