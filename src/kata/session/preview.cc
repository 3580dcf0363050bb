// SPDX-License-Identifier: Apache-2.0
#include "kata/session/preview.h"

#include <stdlib.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "kata/core/error.h"
#include "kata/show/figure.h"
#include "kata/show/video_writer.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr double kFastest_hz = 30;
constexpr double kSlowest_hz = 5;
constexpr double kLongest_s = 30;  // a preview, not the lesson
constexpr int kFigureSide = 320;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    std::string pattern = (fs::temp_directory_path(error) / "kata-preview-XXXXXX").string();
    if (error || ::mkdtemp(pattern.data()) == nullptr) {
      throw Error(ErrorCode::kIo, "the preview cannot be made; is there room for temporary files?");
    }
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// Frames of a camera come unevenly; a video shows the nearest one at each of its even moments.
std::size_t frame_at(std::span<const Landmarks> frames, double time_s) {
  const Timestamp due = frames.front().timestamp + duration_from_seconds(time_s);
  const auto after = std::ranges::lower_bound(frames, due, {}, &Landmarks::timestamp);
  if (after == frames.end()) return frames.size() - 1;
  const auto index = static_cast<std::size_t>(after - frames.begin());
  const bool is_previous_nearer =
      index > 0 && due - frames[index - 1].timestamp < frames[index].timestamp - due;
  return is_previous_nearer ? index - 1 : index;
}

}  // namespace

bool can_make_previews() { return true; }

PreviewVideo preview_of(std::span<const Landmarks> frames, const PictureOfFrame& picture) {
  KATA_CHECK(!frames.empty(), "a repetition has frames");
  const double whole_s = duration_s(frames);
  const double mean_hz =
      whole_s > 0 ? static_cast<double>(frames.size() - 1) / whole_s : kFastest_hz;
  const double rate_hz = std::clamp(std::round(mean_hz), kSlowest_hz, kFastest_hz);
  const auto count = static_cast<int>(std::min(whole_s, kLongest_s) * rate_hz) + 1;
  const FigureView view = figure_view(frames);
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "preview.mp4";
  VideoWriter video(path, rate_hz);
  for (int i = 0; i < count; ++i) {
    const std::size_t frame = frame_at(frames, i / rate_hz);
    video.write(picture ? picture(frame)
                        : draw_figure(frames[frame], view, kFigureSide, kFigureSide * 3 / 4));
  }
  video.finish();
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return {"video/mp4", std::move(bytes).str()};
}

}  // namespace kata
