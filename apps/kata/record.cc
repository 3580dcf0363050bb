// SPDX-License-Identifier: Apache-2.0
#include "kata/session/record.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "file_roles.h"
#include "interrupt.h"
#include "open_source.h"
#include "picture_output.h"
#include "progress_bar.h"
#include "recording_view.h"

namespace kata {
namespace {

struct RecordArguments {
  std::string video;
  std::string source = "0";
  RecordOptions options;
  double wait_s = kUsualWait_s;
  bool is_headless = false;
  bool is_muted = false;
};

RecordSummary run_record(RecordArguments& arguments) {
  const auto source = open_patiently(arguments.source, arguments.wait_s);
  const SourceDescription description = source->describe();
  PictureOutput pictures({{}, description.is_live && !arguments.is_headless, "Kata record"},
                         description);
  RecordingView view(pictures, arguments.is_muted);
  OutageNotes outages(*source);
  if (description.is_live) {
    arguments.options.on_waiting = [&](Duration since) {
      outages.look();
      return view.show_waiting(since);
    };
    arguments.options.on_frame = [&](const Frame& frame, const RecordState& state) {
      outages.look();
      OverlayScene scene;
      if (state.countdown_s <= 0)
        scene.hint = fmt::format("recording {:.0f} s, q ends it", state.recorded_s);
      return view.show(frame, std::move(scene), state.countdown_s);
    };
  }
  ProgressBar bar;
  return record(arguments.video, *source, arguments.options, bar.callback(), Interrupt::token());
}

}  // namespace

void add_record(CLI::App& app) {
  auto arguments = std::make_shared<RecordArguments>();
  arguments->options.countdown_s = 5;
  CLI::App* command = app.add_subcommand(
      "record", "Record a video, plain, to teach from later; q in the window or Ctrl-C ends it");
  as(FileRole::kOutput,
     command->add_option("OUT", arguments->video, "video to make (.mp4, .avi, .mov or .mkv)"))
      ->required();
  as(FileRole::kSource,
     command->add_option("SOURCE", arguments->source,
                         "camera number, device, rtsp:// address or another video"))
      ->capture_default_str();
  add_wait(*command, arguments->wait_s);
  command->add_option("--seconds", arguments->options.longest_s, "how long at most")
      ->check(CLI::Range(0.5, 86400.0));
  command
      ->add_option("--countdown", arguments->options.countdown_s,
                   "seconds before a live source is recorded")
      ->check(CLI::Range(0.0, 60.0))
      ->capture_default_str();
  command->add_flag("--headless", arguments->is_headless, "no window");
  command->add_flag("--mute", arguments->is_muted, "no sounds");
  command->callback([arguments] {
    const RecordSummary summary = run_record(*arguments);
    for (const std::string& warning : summary.warnings)
      fmt::print(stderr, "warning: {}\n", warning);
    fmt::print("{} frames, {:.1f} s recorded in {}\n", summary.frames, summary.duration_s,
               arguments->video);
  });
}

}  // namespace kata
