// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "commands.h"
#include "file_roles.h"
#include "frame_meter.h"
#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/session/follow.h"
#include "kata/session/setup_check.h"
#include "kata/session/train_craft.h"
#include "open_source.h"
#include "picture_output.h"
#include "source_options.h"
#include "stale_judge.h"

namespace kata {
namespace {

struct CheckArguments {
  SourceOptions source;
  std::optional<std::string> craft;
  std::optional<std::string> video;
  bool is_headless = false;
  bool is_not_mirrored = false;
};

struct CheckResult {
  FollowSummary stream;
  std::vector<CheckLine> lines;
};

/// Shows one frame; false when the user has seen enough.
class CheckView {
 public:
  CheckView(PictureOutput& pictures, bool is_mirrored)
      : pictures_(pictures), is_mirrored_(is_mirrored) {}

  bool show(const FollowedFrame& followed, std::vector<CheckLine> lines) {
    if (!pictures_.is_wanted()) return true;
    meter_.tick(followed.arrived);
    OverlayScene scene;
    scene.landmarks = followed.landmarks;
    scene.checks = std::move(lines);
    scene.is_mirrored = is_mirrored_;
    scene.frame_rate_hz = meter_.frame_rate_hz();
    scene.latency_ms = meter_.latency_ms();
    pictures_.show(followed.frame, scene);
    return obey_keys() && pictures_.is_good();
  }

  bool obey_keys() {
    const auto key = pictures_.key();
    if (key == 'm') is_mirrored_ = !is_mirrored_;
    if (key == 'f') pictures_.toggle_full_screen();
    return key != 'q';
  }

 private:
  PictureOutput& pictures_;
  FrameMeter meter_;
  bool is_mirrored_;
};

CheckResult run_check(const CheckArguments& arguments) {
  std::optional<SetupNeeds> needs;
  if (arguments.craft) {
    needs = needs_of(*load_judge(*arguments.craft));
    say_if_stale(Craft::open(*arguments.craft, Craft::Access::kRead), *arguments.craft);
  }
  const auto source = open_patiently(arguments.source.source);
  auto loading = load_landmarker(arguments.source.landmarker, source->describe());
  PictureOutput pictures({arguments.video, !arguments.is_headless, "Kata check"},
                         source->describe());
  const auto landmarker = loading.get();
  CheckView view(pictures, !arguments.is_not_mirrored);
  OutageNotes outages(*source);
  SetupCheck check(needs);
  FollowOptions options;
  options.stop = Interrupt::token();
  options.on_waiting = [&](Duration) {
    outages.look();
    return view.obey_keys();
  };
  CheckResult result;
  result.stream = follow(
      *source, *landmarker,
      [&](const FollowedFrame& followed) {
        outages.look();
        check.step(followed.frame, followed.landmarks);
        return view.show(followed, check.lines());
      },
      options);
  if (result.stream.frames == 0) {
    throw Error(ErrorCode::kNotEnough, "the source holds no picture: " + source->describe().name);
  }
  pictures.finish();
  result.lines = check.lines();
  return result;
}

void print(const CheckResult& result) {
  const FollowSummary& summary = result.stream;
  for (const std::string& warning : summary.warnings) fmt::print(stderr, "warning: {}\n", warning);
  const auto percent = [&](std::int64_t count) {
    return 100.0 * static_cast<double>(count) / static_cast<double>(summary.frames);
  };
  fmt::print("{} frames, {:.1f} a second, latency {:.0f} ms (95 %: {:.0f} ms), {} dropped\n",
             summary.frames, summary.frame_rate_hz, summary.latency_median_ms,
             summary.latency_p95_ms, summary.dropped);
  fmt::print("body in {:.0f} %, left hand in {:.0f} %, right hand in {:.0f} % of the frames\n",
             percent(summary.frames_with_pose), percent(summary.frames_with_left_hand),
             percent(summary.frames_with_right_hand));
  for (const CheckLine& line : result.lines) {
    const char* state = !line.is_good ? "?" : *line.is_good ? "ok" : "change";
    fmt::print("  {:<7} {}{}\n", state, line.text, line.advice.empty() ? "" : ": " + line.advice);
  }
}

}  // namespace

void add_check(CLI::App& app) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command = app.add_subcommand("check",
                                         "Show what the camera sees with the landmarks drawn in, "
                                         "and say what to change about light, distance and place.\n"
                                         "Keys in the window: q quit, m mirror, f full screen");
  arguments->source.add_to(*command);
  as(FileRole::kCraft,
     command->add_option("--craft", arguments->craft,
                         "a trained craft file: what it needs must be seen (*.kata)"));
  as(FileRole::kOutput, command->add_option("-o,--output", arguments->video,
                                            "also write the picture to a video (.mp4 or .avi)"));
  command->add_flag("--headless", arguments->is_headless,
                    "no window, only the figures and what to change");
  command->add_flag("--no-mirror", arguments->is_not_mirrored,
                    "show the picture as the camera gives it");
  command->callback([arguments] { print(run_check(*arguments)); });
}

}  // namespace kata
