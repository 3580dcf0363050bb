// SPDX-License-Identifier: Apache-2.0
#include "kata/http/kept_secrets.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temp_folder.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

TEST(KeptSecrets, ThePhoneAsksOnlyOnce) {
  const test::TempFolder folder;
  const fs::path kept = folder.path() / "kata";
  const Certificate first = kept_certificate(kept, {"localhost"}, {"192.0.2.7"});
  EXPECT_EQ(kept_certificate(kept, {"localhost"}, {"192.0.2.7"}).chain, first.chain);
  EXPECT_NE(kept_certificate(kept, {"localhost"}, {"192.0.2.8"}).chain, first.chain);
  const std::string token = kept_token(kept, false);
  EXPECT_EQ(kept_token(kept, false), token);
  const std::string renewed = kept_token(kept, true);
  EXPECT_NE(renewed, token);
  EXPECT_EQ(kept_token(kept, false), renewed);
}

TEST(KeptSecrets, AreNobodyElsesToRead) {
  const test::TempFolder folder;
  kept_certificate(folder.path(), {"localhost"}, {});
  kept_token(folder.path(), false);
  for (const char* name : {"certificate.json", "token"}) {
    const fs::perms others = fs::status(folder.path() / name).permissions() &
                             (fs::perms::group_all | fs::perms::others_all);
    EXPECT_EQ(others, fs::perms::none) << name;
  }
}

TEST(KeptSecrets, DamagedOnesAreMadeAnew) {
  const test::TempFolder folder;
  std::ofstream(folder.path() / "certificate.json") << R"({"names": 3)";
  std::ofstream(folder.path() / "token") << "../../etc/passwd";
  EXPECT_FALSE(kept_certificate(folder.path(), {"localhost"}, {}).key.empty());
  EXPECT_EQ(kept_token(folder.path(), false).size(), 32U);
}

TEST(KeptSecrets, WithoutAFolderNothingIsKept) {
  EXPECT_NE(kept_token("", false), kept_token("", false));
}

}  // namespace
}  // namespace kata
