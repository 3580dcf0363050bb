// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>

#include "commands.h"
#include "file_roles.h"
#include "font_warning.h"
#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/session/follow.h"
#include "kata/session/label_desk.h"
#include "kata/session/lesson.h"
#include "kata/session/open_source.h"
#include "kata/show/overlay.h"
#include "kata/show/window.h"
#include "open_source.h"
#include "source_options.h"

namespace kata {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kPictureSide = 960;
constexpr auto kProgressEvery = std::chrono::milliseconds(150);
constexpr auto kStep = std::chrono::milliseconds(12);

struct LabelArguments {
  std::string craft;
  std::string movement;
  std::string person;
  SourceOptions source;
};

/// The landmarks are found first; meanwhile the window shows how far it is.
class TrackingView {
 public:
  TrackingView(Window& window, const SourceDescription& source)
      : window_(window), source_(source) {}

  /// False when the user quits.
  bool show(const FollowedFrame& followed) {
    ++frames_;
    const auto now = SteadyClock::now();
    if (now - shown_ < kProgressEvery) return true;
    shown_ = now;
    OverlayScene scene;
    scene.landmarks = followed.landmarks;
    scene.is_mirrored = false;
    const std::int64_t all = source_.frame_count.value_or(0);
    scene.hint = all > 0 ? fmt::format("finding landmarks: {} %, q quits",
                                       std::min<std::int64_t>(100, 100 * frames_ / all))
                         : fmt::format("finding landmarks: {} frames, q quits", frames_);
    window_.show(draw_overlay(followed.frame.image->view(), scene));
    return window_.key(std::chrono::milliseconds(1)) != 'q';
  }

 private:
  Window& window_;
  const SourceDescription source_;
  std::int64_t frames_ = 0;
  SteadyClock::time_point shown_{};
};

/// Empty when the user quits before the end.
std::optional<LabelTake> follow_video(const LabelArguments& arguments, FrameSource& source,
                                      Window& window) {
  const SourceDescription description = source.describe();
  LabelTake take{std::filesystem::path(description.name).filename().string(),
                 arguments.person,
                 {},
                 PictureStore({.longest_side = kPictureSide})};
  const auto landmarker = load_landmarker(arguments.source.landmarker, description).get();
  TrackingView view(window, description);
  bool is_complete = true;
  const FollowSummary summary = follow(
      source, *landmarker,
      [&](const FollowedFrame& followed) {
        take.frames.push_back(followed.landmarks);
        take.pictures.add(followed.frame.image->view());
        is_complete = view.show(followed);
        return is_complete;
      },
      {}, Interrupt::token());
  for (const std::string& warning : summary.warnings) fmt::print(stderr, "warning: {}\n", warning);
  if (!is_complete || Interrupt::token().stop_requested()) return std::nullopt;
  if (take.frames.empty())
    throw Error(ErrorCode::kNotEnough, "the video holds no picture: " + description.name);
  check_somebody_is_seen(take.frames, description.name);
  return take;
}

void run_desk(LabelDesk& desk, Window& window) {
  auto last = SteadyClock::now();
  while (!Interrupt::token().stop_requested()) {
    window.set_typing(desk.is_typing());
    if (desk.has_news()) window.show(desk.picture());
    print_font_warning();
    const auto key = window.key(kStep);
    const auto now = SteadyClock::now();
    desk.advance(std::chrono::duration_cast<Duration>(now - last));
    last = now;
    if (key && !desk.press(*key)) return;
  }
}

void check_arguments(const LabelArguments& arguments) {
  Lesson lesson;
  lesson.movement = arguments.movement;
  lesson.person = arguments.person;
  lesson.validate();
}

void run_label(const LabelArguments& arguments) {
  check_arguments(arguments);
  const auto source = open_source(arguments.source.source);
  if (source->describe().is_live) {
    throw Error(ErrorCode::kInvalidArgument,
                "a live source cannot be labelled; record it first: kata record OUT.mp4 " +
                    arguments.source.source);
  }
  if (std::filesystem::exists(arguments.craft))
    Craft::open(arguments.craft);  // known before the tracking
  const auto window = make_window("Kata label");
  if (!window) {
    throw Error(ErrorCode::kUnavailable,
                "labelling needs a window and there is no display; without one use: kata teach "
                "--marks marks.csv");
  }
  auto take = follow_video(arguments, *source, *window);
  if (!take) return;
  LabelDesk desk(arguments.craft, arguments.movement, std::move(*take));
  run_desk(desk, *window);
  desk.store_preview();
  const LabelScene scene = desk.scene();
  fmt::print("{} repetitions of this video in {}\n", scene.spans.size(), arguments.craft);
}

}  // namespace

void add_label(CLI::App& app) {
  auto arguments = std::make_shared<LabelArguments>();
  CLI::App* command = app.add_subcommand("label",
                                         "Mark the repetitions of a video by hand, in a window.\n"
                                         "Keys: r or w start a right or wrong repetition, s stops "
                                         "it, q quits; space plays, left and right go by a\n"
                                         "frame, up and down to the next edge; [ and ] move an "
                                         "edge by a frame, m names the mistake, x deletes,\n"
                                         "u undoes; - and + change the speed, l loops");
  as(FileRole::kChangedCraft,
     command->add_option("CRAFT", arguments->craft, "craft file (*.kata); made if it is not there"))
      ->required();
  command->add_option("--movement", arguments->movement, "name of the movement")->required();
  command->add_option("--person", arguments->person, "who performs");
  arguments->source.add_to(*command);
  command->callback([arguments] { run_label(*arguments); });
}

}  // namespace kata
