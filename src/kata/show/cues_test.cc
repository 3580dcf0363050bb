// SPDX-License-Identifier: Apache-2.0
#include "kata/show/cues.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/temp_folder.h"

namespace kata {
namespace {

constexpr Cue kAll[] = {Cue::kRight, Cue::kWrong, Cue::kUnsure, Cue::kCountdown, Cue::kStart};

TEST(Cues, AreShortAndNeitherClickNorDistort) {
  for (const Cue cue : kAll) {
    const auto samples = cue_samples(cue);
    EXPECT_LT(samples.size(), kCueRateHz / 2U);
    EXPECT_LT(samples.size() * 2, 65536U) << "what a pipe holds";
    EXPECT_EQ(samples.front(), 0);
    EXPECT_EQ(samples.back(), 0);
    const auto [lowest, highest] = std::minmax_element(samples.begin(), samples.end());
    EXPECT_GT(*highest, 5000);
    EXPECT_LT(*highest, 20000);
    EXPECT_GT(*lowest, -20000);
    for (std::size_t i = 1; i < samples.size(); ++i) {
      ASSERT_LT(std::abs(samples[i] - samples[i - 1]), 4000) << "a jump is heard as a click";
    }
  }
}

TEST(Cues, OfRightAndWrongDiffer) {
  EXPECT_NE(cue_samples(cue_of(VerdictKind::kCorrect)),
            cue_samples(cue_of(VerdictKind::kIncorrect)));
  EXPECT_FALSE(has_cue(VerdictKind::kOther));
}

/// A PATH with nothing but a player that keeps what it is given.
class FakePlayer {
 public:
  FakePlayer() : old_path_(std::getenv("PATH")) {
    const auto program = folder_ / "aplay";
    std::ofstream(program) << "#!/bin/sh\n/bin/cat > '" << heard().string() << "'\n";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    ::setenv("PATH", folder_.path().c_str(), 1);
  }
  ~FakePlayer() { ::setenv("PATH", old_path_.c_str(), 1); }
  FakePlayer(const FakePlayer&) = delete;
  FakePlayer& operator=(const FakePlayer&) = delete;

  std::filesystem::path heard() const { return folder_ / "heard"; }

 private:
  test::TempFolder folder_;
  std::string old_path_;
};

TEST(CuePlayer, GivesTheSamplesToTheDesktopsPlayer) {
  const FakePlayer fake;
  { CuePlayer().play(Cue::kRight); }  // waits for the end
  ASSERT_TRUE(std::filesystem::exists(fake.heard()));
  EXPECT_EQ(std::filesystem::file_size(fake.heard()), cue_samples(Cue::kRight).size() * 2);
}

TEST(CuePlayer, IsSilentWhenMuted) {
  const FakePlayer fake;
  {
    CuePlayer player(true);
    player.play(Cue::kRight);
  }
  EXPECT_FALSE(std::filesystem::exists(fake.heard()));
}

}  // namespace
}  // namespace kata
