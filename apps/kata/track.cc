// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <memory>
#include <optional>

#include "commands.h"
#include "file_roles.h"
#include "finish_outputs.h"
#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/session/follow.h"
#include "kata/show/track_format.h"
#include "open_source.h"
#include "picture_output.h"
#include "progress_bar.h"
#include "source_options.h"
#include "standard_streams.h"
#include "text_output.h"

namespace kata {
namespace {

struct TrackArguments {
  SourceOptions source;
  std::optional<std::string> video;
  std::optional<std::string> csv;
  std::optional<std::string> jsonl;
  bool is_mirrored = false;
  double wait_s = kUsualWait_s;
};

OverlayScene plain_scene(const Landmarks& landmarks, bool is_mirrored) {
  OverlayScene scene;
  scene.landmarks = landmarks;
  scene.is_mirrored = is_mirrored;
  return scene;
}

FollowSummary run_track(const TrackArguments& arguments) {
  const auto source = open_patiently(arguments.source.source, arguments.wait_s);
  const bool is_live = source->describe().is_live;
  TextOutput csv(arguments.csv, is_live);
  TextOutput jsonl(arguments.jsonl, is_live);
  PictureOutput pictures({.video_path = arguments.video}, source->describe());
  const auto landmarker = load_landmarker(arguments.source.landmarker, source->describe()).get();
  csv.write_line(track_csv_header());
  ProgressBar bar;
  OutageNotes outages(*source);
  FollowOptions options{bar.callback(), Interrupt::token(), [&](Duration) {
                          outages.look();
                          return true;
                        }};
  const FollowSummary summary = follow(
      *source, *landmarker,
      [&](const FollowedFrame& followed) {
        outages.look();
        if (csv.is_wanted()) csv.write_line(track_csv_row(followed.landmarks));
        if (jsonl.is_wanted())
          jsonl.write_line(track_json(followed.frame.index, followed.landmarks));
        if (pictures.is_wanted())
          pictures.show(followed.frame, plain_scene(followed.landmarks, arguments.is_mirrored));
        return csv.is_good() && jsonl.is_good() && pictures.is_good();
      },
      options);
  if (summary.frames == 0) {
    throw Error(ErrorCode::kNotEnough, "the source holds no picture: " + source->describe().name);
  }
  finish_outputs(csv, jsonl, pictures);
  if (arguments.jsonl == "-" && standard_output_failure() == EPIPE) {
    throw Error(ErrorCode::kIo, "the program that reads the JSON lines has gone; stopped");
  }
  return summary;
}

void print(const FollowSummary& summary) {
  for (const std::string& warning : summary.warnings) fmt::print(stderr, "warning: {}\n", warning);
  const auto percent = [&](std::int64_t count) {
    return 100.0 * static_cast<double>(count) / static_cast<double>(summary.frames);
  };
  fmt::print(stderr,
             "{} frames, {:.1f} a second; body in {:.0f} %, left hand in {:.0f} %, right hand in "
             "{:.0f} %\n",
             summary.frames, summary.frame_rate_hz, percent(summary.frames_with_pose),
             percent(summary.frames_with_left_hand), percent(summary.frames_with_right_hand));
}

}  // namespace

void add_track(CLI::App& app) {
  auto arguments = std::make_shared<TrackArguments>();
  CLI::App* command =
      app.add_subcommand("track", "Find the landmarks of every frame and write them to files");
  arguments->source.add_to(*command);
  command->add_flag("--face", arguments->source.landmarker.with_face,
                    "also the face: 468 points, in the video and the JSON lines");
  as(FileRole::kOutput,
     command->add_option("-o,--output", arguments->video, "annotated video (.mp4 or .avi)"));
  command->add_flag("--mirror", arguments->is_mirrored, "draw the picture as in a mirror");
  as(FileRole::kOutput, command->add_option("--csv", arguments->csv,
                                            "landmarks as CSV in the columns of docs/formats.md"));
  as(FileRole::kOutput,
     command->add_option("--jsonl", arguments->jsonl,
                         "landmarks as JSON lines (api/track.schema.json); - for the terminal"));
  add_wait(*command, arguments->wait_s);
  command->callback([arguments] { print(run_track(*arguments)); });
}

}  // namespace kata
