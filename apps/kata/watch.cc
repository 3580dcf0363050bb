// SPDX-License-Identifier: Apache-2.0
#include "kata/session/watch.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "commands.h"
#include "frame_meter.h"
#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/session/train_craft.h"
#include "kata/show/watch_format.h"
#include "picture_output.h"
#include "progress_bar.h"
#include "source_options.h"
#include "text_output.h"

namespace kata {
namespace {

struct WatchArguments {
  std::string craft;
  SourceOptions source;
  std::optional<std::string> video;
  std::optional<std::string> jsonl;
  bool is_headless = false;
  bool is_not_mirrored = false;
  SittingOptions sitting;
};

/// Draws the sitting and obeys the keys.
class WatchView {
 public:
  WatchView(PictureOutput& pictures, bool is_mirrored) : pictures_(pictures), is_mirrored_(is_mirrored) {}

  /// False when the user quits.
  bool show(const FollowedFrame& followed, Sitting& sitting) {
    if (!pictures_.is_wanted()) return true;
    meter_.tick(followed.arrived);
    OverlayScene scene = sitting.scene();
    scene.is_mirrored = is_mirrored_;
    scene.frame_rate_hz = meter_.frame_rate_hz();
    scene.latency_ms = meter_.latency_ms();
    pictures_.show(followed.frame, scene);
    return obey(pictures_.key(), sitting);
  }

 private:
  bool obey(std::optional<int> key, Sitting& sitting) {
    if (key == 'm') is_mirrored_ = !is_mirrored_;
    if (key == 'r') sitting.reset_tally();
    if (key == 'f') pictures_.toggle_full_screen();
    if (key == ' ') key = wait_while_paused();
    return key != 'q';
  }

  std::optional<int> wait_while_paused() {
    while (!Interrupt::token().stop_requested()) {
      const auto key = pictures_.wait_for_key();
      if (key == ' ' || key == 'q') return key;
    }
    return 'q';
  }

  PictureOutput& pictures_;
  FrameMeter meter_;
  bool is_mirrored_;
};

std::string in_words(const Verdict& verdict) {
  switch (verdict.kind) {
    case VerdictKind::kCorrect:
      return "right";
    case VerdictKind::kIncorrect:
      return verdict.mistake ? "wrong: " + *verdict.mistake : "wrong";
    case VerdictKind::kUnsure:
      return "unsure";
    case VerdictKind::kOther:
      return "not this movement";
  }
  return "";
}

void print(const Verdict& verdict) {
  const std::string reason = verdict.reasons.empty() ? "" : "  " + verdict.reasons.front().text;
  fmt::print("{:>7.1f} s  {:<16} {:<28} {:>3}{}\n", seconds(verdict.end), verdict.movement, in_words(verdict),
             verdict.score, reason);
  std::fflush(stdout);
}

void print(const WatchSummary& summary, std::FILE* stream) {
  for (const std::string& warning : summary.stream.warnings) fmt::print(stderr, "warning: {}\n", warning);
  fmt::print(stream, "{} repetitions: {} right, {} wrong, {} unsure; {} frames, {:.1f} a second, latency {:.0f} ms\n",
             summary.tally.repetitions, summary.tally.correct, summary.tally.incorrect, summary.tally.unsure,
             summary.stream.frames, summary.stream.frame_rate_hz, summary.stream.latency_median_ms);
}

WatchTotals totals(const WatchSummary& summary) {
  WatchTotals result;
  result.frames = summary.stream.frames;
  result.dropped = summary.stream.dropped;
  result.repetitions = summary.tally.repetitions;
  result.correct = summary.tally.correct;
  result.incorrect = summary.tally.incorrect;
  result.unsure = summary.tally.unsure;
  result.other = summary.tally.other;
  result.frame_rate_hz = summary.stream.frame_rate_hz;
  result.latency_median_ms = summary.stream.latency_median_ms;
  result.latency_p95_ms = summary.stream.latency_p95_ms;
  return result;
}

void run_watch(const WatchArguments& arguments) {
  const auto judge = load_judge(arguments.craft);
  const auto source = make_source(arguments.source.source);
  TextOutput jsonl(arguments.jsonl);
  PictureOutput pictures({arguments.video, !arguments.is_headless, "Kata"}, source->describe());
  const auto landmarker = make_landmarker(arguments.source.landmarker);
  const bool has_stdout_lines = arguments.jsonl == "-";
  ProgressBar bar;
  WatchView view(pictures, !arguments.is_not_mirrored);
  WatchListener listener;
  listener.on_frame = [&](const FollowedFrame& followed, Sitting& sitting) {
    return view.show(followed, sitting);
  };
  listener.on_verdict = [&](const Verdict& verdict) {
    bar.clear();
    jsonl.write_line(watch_json(verdict));
    if (!has_stdout_lines) print(verdict);
  };
  const WatchSummary summary = watch(*source, *landmarker, judge, arguments.sitting, listener,
                                     bar.callback(), Interrupt::token());
  if (summary.stream.frames == 0) {
    throw Error(ErrorCode::kNotEnough, "the source holds no picture: " + source->describe().name);
  }
  jsonl.write_line(watch_json(totals(summary)));
  jsonl.finish();
  pictures.finish();
  bar.clear();
  print(summary, has_stdout_lines ? stderr : stdout);
}

}  // namespace

void add_watch(CLI::App& app) {
  auto arguments = std::make_shared<WatchArguments>();
  CLI::App* command = app.add_subcommand(
      "watch",
      "Watch a learner and give a verdict for each repetition.\n"
      "Keys in the window: q quit, m mirror, space pause, r reset the count, f full screen");
  command->add_option("CRAFT", arguments->craft, "trained craft file (*.kata)")->required();
  arguments->source.add_to(*command);
  command->add_option("-o,--output", arguments->video, "annotated video (.mp4 or .avi)");
  command->add_option("--jsonl", arguments->jsonl, "verdicts as JSON lines (api/watch.schema.json); - for the terminal");
  command->add_flag("--headless", arguments->is_headless, "no window");
  command->add_flag("--no-mirror", arguments->is_not_mirrored, "draw the picture as the camera gives it");
  command->add_flag("--swap-sides", arguments->sitting.swap_sides, "a left-handed learner of a right-handed craft, or the reverse");
  command->callback([arguments] { run_watch(*arguments); });
}

}  // namespace kata
