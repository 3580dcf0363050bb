// SPDX-License-Identifier: Apache-2.0
// watch_bench DEMO-FOLDER NAME=CLIP…
//
// What a frame of `kata watch` costs beside the landmarks: judging (the whole step of the sitting)
// and drawing. Taught by the demonstration's takes; the landmarks are found before the clock
// starts. This thread's processor time is measured, which bears other programs.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/figure.h"
#include "bench/landmark/clip.h"
#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"
#include "kata/session/sitting.h"
#include "kata/session/teach.h"
#include "kata/session/train_craft.h"
#include "kata/show/overlay.h"

namespace {

namespace fs = std::filesystem;
using kata::bench::now_ms;

std::shared_ptr<const kata::Judge> taught_judge(const fs::path& demo) {
  const fs::path craft =
      fs::temp_directory_path() / ("watch_bench-" + std::to_string(::getpid()) + ".kata");
  const auto landmarker = kata::make_landmarker({});
  for (const auto label : {kata::Label::kCorrect, kata::Label::kIncorrect}) {
    const std::string name = label == kata::Label::kCorrect ? "right" : "wrong";
    const auto source = kata::make_source((demo / ("hammer-teacher-" + name + ".mp4")).string());
    landmarker->reset();
    kata::teach(craft, {"hammer", label, {}, "teacher", {}}, *source, *landmarker);
  }
  kata::train_craft(craft, {.with_report = false});
  auto judge = kata::load_judge(craft);
  fs::remove(craft);
  return judge;
}

void print(const std::string& name, std::vector<double> times_ms) {
  std::sort(times_ms.begin(), times_ms.end());
  kata::bench::print_figure(name + ", median", times_ms[times_ms.size() / 2], "ms",
                            kata::bench::Better::kLower);
  kata::bench::print_figure(name + ", 95 %", times_ms[times_ms.size() * 95 / 100], "ms",
                            kata::bench::Better::kLower);
}

void measure(const std::shared_ptr<const kata::Judge>& judge, const kata::bench::NamedClip& named) {
  const kata::bench::Clip clip = kata::bench::read_clip(named.path, 900);
  const auto landmarker = kata::make_landmarker({});
  std::vector<kata::Landmarks> seen;
  for (std::size_t i = 0; i < clip.frames.size(); ++i) {
    seen.push_back(landmarker->detect(clip.view(i), clip.timestamp(i)));
  }
  kata::Sitting sitting(judge);
  std::vector<double> judging, drawing;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const double begin = now_ms(CLOCK_THREAD_CPUTIME_ID);
    sitting.step(seen[i]);
    const double judged = now_ms(CLOCK_THREAD_CPUTIME_ID);
    kata::OverlayScene scene = sitting.scene();
    scene.frame_rate_hz = 30;
    scene.latency_ms = 40;
    const kata::Image picture = kata::draw_overlay(clip.view(i), scene);
    drawing.push_back(now_ms(CLOCK_THREAD_CPUTIME_ID) - judged);
    judging.push_back(judged - begin);
  }
  const std::string size =
      std::to_string(clip.frames[0].cols) + " x " + std::to_string(clip.frames[0].rows);
  print(named.name + ": judging", judging);
  print(named.name + ": drawing " + size, drawing);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return std::fputs("watch_bench DEMO-FOLDER NAME=CLIP…\n", stderr), 2;
  try {
    const auto judge = taught_judge(arguments[1]);
    for (int i = 2; i < count; ++i) measure(judge, kata::bench::named_clip(arguments[i]));
  } catch (const std::exception& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 1;
  }
}
