// SPDX-License-Identifier: Apache-2.0
// Damaged files of every container: refused with an Error or read as far as they go, never a crash,
// an endless stream or a time that goes back.
#include <gtest/gtest.h>

#include <random>

#include "kata/core/error.h"
#include "kata/input/frame_source.h"
#include "kata/input/test_videos.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

constexpr int kMostFrames = 500;  // the whole clip has 10

void read_all(const std::filesystem::path& path) {
  try {
    const auto source = make_source(path.string());
    Timestamp last{};
    int count = 0;
    while (const auto frame = source->next()) {
      ASSERT_TRUE(count == 0 || frame->timestamp > last);
      ASSERT_FALSE(frame->image->is_empty());
      last = frame->timestamp;
      ASSERT_LT(++count, kMostFrames);
    }
    source->warnings();
  } catch (const Error& error) {
    EXPECT_FALSE(std::string(error.what()).empty());
  }
}

class DamagedInput : public ::testing::TestWithParam<const char*> {};

TEST_P(DamagedInput, IsReadAsFarAsItGoesOrRefused) {
  KATA_NEEDS_FFMPEG();
  const test::TempFolder folder;
  const auto whole = folder / ("whole" + std::string(GetParam()));
  const auto damaged = folder / ("damaged" + std::string(GetParam()));
  ASSERT_TRUE(test::make_video(
      "-f lavfi -i testsrc=s=96x64:r=10:d=1 -frames:v " +
          std::string(
              std::string(GetParam()) == ".png" || std::string(GetParam()) == ".jpg" ? "1" : "10"),
      whole));
  const std::string bytes = test::bytes_of(whole);
  std::mt19937 random(7);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  for (int round = 0; round < 60; ++round) {
    std::string changed = bytes;
    // Half of the changes hit the first bytes, where the headers are.
    const std::size_t reach =
        round % 2 == 0 ? std::min<std::size_t>(200, bytes.size()) : bytes.size();
    for (std::size_t i = 0; i < 1 + below(12); ++i)
      changed[below(reach)] = static_cast<char>(random());
    if (round % 5 == 0) changed.resize(below(changed.size()));
    test::write_bytes(damaged, changed);
    read_all(damaged);
    if (HasFatalFailure()) FAIL() << "round " << round;
  }
}

INSTANTIATE_TEST_SUITE_P(Containers, DamagedInput,
                         ::testing::Values(".mp4", ".mkv", ".avi", ".mov", ".ts", ".png", ".jpg"),
                         [](const auto& test) { return std::string(test.param + 1); });

}  // namespace
}  // namespace kata
