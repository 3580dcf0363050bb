// SPDX-License-Identifier: Apache-2.0
#include "kata/session/record.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <thread>
#include <utility>

#include "kata/core/error.h"
#include "kata/input/frame_source.h"
#include "kata/show/small_disk.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

constexpr std::int64_t kPictures = 20;

struct Claim {
  double said_hz;
  double real_hz;
};

void PrintTo(const Claim& claim, std::ostream* stream) {
  *stream << "says " << claim.said_hz << " and gives " << claim.real_hz << " a second";
}

/// A camera whose driver says one frame rate and that gives another.
class LyingCamera : public FrameSource {
 public:
  explicit LyingCamera(const Claim& claim) : claim_(claim) {}

  std::optional<Frame> next() override {
    if (given_ == kPictures) return std::nullopt;
    const Timestamp timestamp =
        timestamp_from_seconds(static_cast<double>(given_) / claim_.real_hz);
    std::this_thread::sleep_until(began_ + timestamp.time_since_epoch());
    return Frame{given_++, timestamp, std::make_shared<const Image>(64, 48, PixelFormat::kBgr)};
  }
  SourceDescription describe() const override {
    return {"camera", 64, 48, claim_.said_hz, std::nullopt, true};
  }

 private:
  Claim claim_;
  std::int64_t given_ = 0;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

class RecordFromALyingCamera : public ::testing::TestWithParam<Claim> {};

TEST_P(RecordFromALyingCamera, KeepsItsTimeAndItsPictures) {
  const test::TempFolder folder;
  const auto path = folder.path() / "video.mp4";
  LyingCamera camera(GetParam());
  const RecordSummary summary = record(path, camera);
  const double last_s = static_cast<double>(kPictures - 1) / GetParam().real_hz;
  EXPECT_NEAR(summary.duration_s, last_s, 0.1);
  EXPECT_GE(summary.frames + summary.dropped, kPictures) << "each picture is in the video";

  const auto video = make_source(path.string());
  double seen_s = 0;
  std::int64_t seen = 0;
  for (; const auto frame = video->next(); ++seen) seen_s = seconds(frame->timestamp);
  EXPECT_EQ(seen, summary.frames);
  EXPECT_NEAR(seen_s, last_s, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Claims, RecordFromALyingCamera,
                         ::testing::Values(Claim{30, 12}, Claim{30, 25}, Claim{5, 25}, Claim{0, 20},
                                           Claim{1000, 25},
                                           Claim{std::numeric_limits<double>::quiet_NaN(), 20}));

/// A camera whose cable is pulled after so many pictures.
class LooseCamera : public FrameSource {
 public:
  explicit LooseCamera(std::int64_t pictures) : pictures_(pictures) {}

  std::optional<Frame> next() override {
    if (given_ == pictures_) throw Error(ErrorCode::kUnavailable, "the camera no longer answers");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    Image noise(320, 240, PixelFormat::kBgr);
    for (std::size_t i = 0; i < noise.row_stride() * 240; ++i)
      noise.data()[i] = static_cast<std::uint8_t>(random_());
    return Frame{given_, timestamp_from_seconds(static_cast<double>(given_++) / 30),
                 std::make_shared<const Image>(std::move(noise))};
  }
  SourceDescription describe() const override {
    return {"camera", 320, 240, 30, std::nullopt, true};
  }

 private:
  std::int64_t pictures_;
  std::int64_t given_ = 0;
  std::minstd_rand random_;
};

std::int64_t pictures_in(const std::filesystem::path& path) {
  const auto video = make_source(path.string());
  std::int64_t seen = 0;
  while (video->next()) ++seen;
  return seen;
}

TEST(Record, KeepsWhatACameraGaveBeforeItFailed) {
  const test::TempFolder folder;
  LooseCamera camera(40);
  const RecordSummary summary = record(folder / "a.mp4", camera);
  EXPECT_GE(summary.frames, 35);
  EXPECT_EQ(pictures_in(folder / "a.mp4"), summary.frames);
  ASSERT_EQ(summary.warnings.size(), 1U);
  EXPECT_NE(summary.warnings[0].find("the last picture came at 1."), std::string::npos)
      << summary.warnings[0];
}

TEST(Record, KeepsWhatACameraGaveBeforeTheDiskWasFull) {
  const test::TempFolder folder;
  const test::SmallDisk small(600'000);
  LooseCamera camera(2000);
  try {
    record(folder / "a.mp4", camera);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("the disk is full"), std::string::npos)
        << error.what();
  }
  EXPECT_GE(pictures_in(folder / "a.mp4"), 5);
}

}  // namespace
}  // namespace kata
