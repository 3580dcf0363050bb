// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "commands.h"
#include "file_roles.h"
#include "font_warning.h"
#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/session/play_desk.h"
#include "kata/show/video_writer.h"
#include "kata/show/window.h"

namespace kata {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr double kVideoRate_hz = 30;
constexpr auto kStep = std::chrono::milliseconds(12);

struct PlayArguments {
  std::string craft;
  std::optional<std::int64_t> repetition;
  std::optional<std::string> movement;
  std::optional<std::string> video;
};

std::vector<std::int64_t> wanted(const Craft& craft, const PlayArguments& arguments) {
  if (arguments.repetition) return {*arguments.repetition};
  std::vector<std::int64_t> ids;
  for (const RepetitionSummary& summary : craft.summaries()) {
    if (!arguments.movement || summary.movement == *arguments.movement) ids.push_back(summary.id);
  }
  if (ids.empty())
    throw Error(ErrorCode::kNotFound, "there is no repetition to play: " + arguments.craft);
  return ids;
}

/// At its own speed, each repetition once.
void write_clip(PlayDesk& desk, const std::string& path) {
  VideoWriter video(path, kVideoRate_hz);
  const Duration period = duration_from_seconds(1 / kVideoRate_hz);
  int pictures = 0;
  while (desk.rounds() == 0 && !Interrupt::token().stop_requested()) {
    video.write(desk.picture());
    print_font_warning();
    ++pictures;
    desk.advance(period);
  }
  video.finish();
  fmt::print("{:.1f} s written to {}\n", pictures / kVideoRate_hz, path);
}

void play(PlayDesk& desk, Window& window) {
  auto last = SteadyClock::now();
  while (!Interrupt::token().stop_requested()) {
    if (desk.has_news()) window.show(desk.picture());
    print_font_warning();
    const auto key = window.key(kStep);
    if (key && !desk.press(*key)) return;
    const auto now = SteadyClock::now();
    if (!desk.advance(std::chrono::duration_cast<Duration>(now - last))) return;
    last = now;
  }
}

void run_play(const PlayArguments& arguments) {
  const Craft craft = Craft::open(arguments.craft, Craft::Access::kRead);
  PlayDesk desk(craft, wanted(craft, arguments), !arguments.video);
  if (arguments.video) return write_clip(desk, *arguments.video);
  const auto window = make_window("Kata play");
  if (!window) {
    throw Error(ErrorCode::kUnavailable,
                "there is no display to play on; write a video with -o clip.mp4");
  }
  play(desk, *window);
}

}  // namespace

void add_play(CLI::App& app) {
  auto arguments = std::make_shared<PlayArguments>();
  CLI::App* command = app.add_subcommand(
      "play",
      "Play repetitions as stick figures, each beside the right one that is most like it.\n"
      "Keys: space pause, left and right by a frame, - and + speed, n and p next and previous, q "
      "quit");
  as(FileRole::kCraft, command->add_option("CRAFT", arguments->craft, "craft file (*.kata)"))
      ->required();
  command->add_option("--repetition", arguments->repetition,
                      "number of one, as kata show lists them; else all");
  command->add_option("--movement", arguments->movement, "those of one movement");
  as(FileRole::kOutput, command->add_option("-o,--output", arguments->video,
                                            "write a video (.mp4 or .avi) instead of showing it"));
  command->callback([arguments] { run_play(*arguments); });
}

}  // namespace kata
