// SPDX-License-Identifier: Apache-2.0
// How long a big craft takes to open and list, and one repetition to load:
//   craft_bench [FRAMES]    20 movements × 200 repetitions of FRAMES frames (60)
// Warm: the file lies in the page cache; cold: the kernel was told to drop it before each run.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "bench/figure.h"
#include "kata/craft/craft.h"

namespace {

namespace fs = std::filesystem;
using kata::Craft;

constexpr int kMovements = 20;
constexpr int kRepetitions = 200;
constexpr int kRuns = 11;

kata::Landmarks frame_at(int index) {
  kata::Landmarks frame;
  frame.timestamp = kata::timestamp_from_seconds(index / 30.0);
  frame.pose.emplace();
  frame.left_hand.emplace();
  frame.right_hand.emplace();
  float angle = static_cast<float>(index);
  for (auto& point : frame.pose->points) point = {std::sin(angle += 0.1F), std::cos(angle), angle};
  for (auto& point : frame.pose->world) point = {std::sin(angle += 0.1F), std::cos(angle), angle};
  for (auto* hand : {&*frame.left_hand, &*frame.right_hand}) {
    for (auto& point : hand->points) point = {std::sin(angle += 0.1F), std::cos(angle), angle};
    for (auto& point : hand->world) point = {std::sin(angle += 0.1F), std::cos(angle), angle};
  }
  return frame;
}

void make_craft(const fs::path& path, int frames) {
  Craft craft = Craft::create(path, {"Bench", "", "", ""});
  std::vector<kata::ImportedRepetition> repetitions(kRepetitions);
  for (int movement = 0; movement < kMovements; ++movement) {
    for (int i = 0; i < kRepetitions; ++i) {
      kata::Repetition& repetition = repetitions[static_cast<std::size_t>(i)].repetition;
      repetition.movement = "movement " + std::to_string(movement);
      repetition.label = i % 2 == 0 ? kata::Label::kCorrect : kata::Label::kIncorrect;
      repetition.frames.clear();
      for (int f = 0; f < frames; ++f) repetition.frames.push_back(frame_at(i * frames + f));
    }
    craft.add_import({std::to_string(movement), "bench", ""}, {}, repetitions);
  }
}

void drop_from_cache(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY);
  if (file < 0) return;
  ::fsync(file);
  ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  ::close(file);
}

void report(const char* name, const std::function<void()>& before,
            const std::function<void()>& work) {
  std::vector<double> times_ms;
  for (int run = 0; run < kRuns; ++run) {
    before();
    const auto start = std::chrono::steady_clock::now();
    work();
    times_ms.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
  }
  std::sort(times_ms.begin(), times_ms.end());
  kata::bench::print_figure(name, times_ms[kRuns / 2], "ms", kata::bench::Better::kLower);
  std::printf("%s: worst of %d runs %.2f ms\n", name, kRuns, times_ms.back());
}

void open_and_list(const fs::path& path, Craft::Access access) {
  const Craft craft = Craft::open(path, access);
  const std::size_t listed = craft.movements().size() + craft.summaries().size();
  if (listed != kMovements + kMovements * kRepetitions) std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  const int frames = argc > 1 ? std::atoi(argv[1]) : 60;
  const fs::path path =
      fs::temp_directory_path() / ("craft-bench-" + std::to_string(::getpid()) + ".kata");
  make_craft(path, frames);
  std::printf("%d movements x %d repetitions x %d frames, %.1f MB\n", kMovements, kRepetitions,
              frames, static_cast<double>(fs::file_size(path)) / 1e6);
  const auto nothing = [] {};
  const auto cold = [&path] { drop_from_cache(path); };
  report("open and list, read, warm", nothing, [&] { open_and_list(path, Craft::Access::kRead); });
  report("open and list, read, cold", cold, [&] { open_and_list(path, Craft::Access::kRead); });
  report("open and list, write, warm", nothing,
         [&] { open_and_list(path, Craft::Access::kWrite); });
  const Craft craft = Craft::open(path, Craft::Access::kRead);
  report("load one repetition, cold", cold, [&] { craft.repetition(2345); });
  fs::remove(path);
  return 0;
}
