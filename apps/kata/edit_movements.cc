// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "file_roles.h"
#include "kata/craft/craft.h"
#include "kata/session/train_craft.h"
#include "stale_judge.h"

namespace kata {
namespace {

struct TwoMovements {
  std::string craft;
  std::string from;
  std::string to;
};

}  // namespace

void add_rename(CLI::App& app) {
  auto arguments = std::make_shared<TwoMovements>();
  CLI::App* command = app.add_subcommand("rename", "Give a movement another name");
  as(FileRole::kChangedCraft, command->add_option("CRAFT", arguments->craft, "craft file (*.kata)"))
      ->required();
  command->add_option("FROM", arguments->from, "the movement's name now")->required();
  command->add_option("TO", arguments->to, "its new name")->required();
  command->callback([arguments] {
    Craft craft = Craft::open(arguments->craft);
    rename_movement(craft, arguments->from, arguments->to);
    fmt::print("{} is now called {}\n", arguments->from, arguments->to);
    say_if_stale(craft, arguments->craft);
  });
}

void add_merge(CLI::App& app) {
  auto arguments = std::make_shared<TwoMovements>();
  CLI::App* command = app.add_subcommand("merge", "Make one movement of two");
  as(FileRole::kChangedCraft, command->add_option("CRAFT", arguments->craft, "craft file (*.kata)"))
      ->required();
  command->add_option("FROM", arguments->from, "movement whose repetitions move")->required();
  command->add_option("INTO", arguments->to, "movement that takes them")->required();
  command->callback([arguments] {
    Craft craft = Craft::open(arguments->craft);
    merge_movements(craft, arguments->from, arguments->to);
    fmt::print("the repetitions of {} are now those of {}\n", arguments->from, arguments->to);
    say_if_stale(craft, arguments->craft);
  });
}

void add_compact(CLI::App& app) {
  auto craft = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("compact", "Drop removed repetitions for good and make the file smaller");
  as(FileRole::kChangedCraft, command->add_option("CRAFT", *craft, "craft file (*.kata)"))
      ->required();
  command->callback([craft] {
    const CompactSummary summary = Craft::open(*craft).compact();
    fmt::print("dropped {} repetition{}; the file is {} kB smaller\n", summary.repetitions,
               summary.repetitions == 1 ? "" : "s", summary.bytes / 1000);
  });
}

}  // namespace kata
