// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "kata/craft/craft.h"
#include "kata/craft/craft_json.h"

namespace kata {
namespace {

struct ShowArguments {
  std::string craft;
  bool as_json = false;
};

void print_field(const char* name, const std::string& text) {
  if (!text.empty()) fmt::print("{:<12} {}\n", name, text);
}

void print_repetitions(const Craft& craft) {
  const auto repetitions = craft.summaries(true);
  if (repetitions.empty()) return;
  fmt::print("\n{:>5} {:<20} {:<9} {:<16} {:<12} {:>5} {:>8} {:>8} {:>6}\n", "id", "movement", "label",
             "mistake", "person", "take", "start s", "end s", "frames");
  for (const RepetitionSummary& repetition : repetitions) {
    fmt::print("{:>5} {:<20} {:<9} {:<16} {:<12} {:>5} {:>8.2f} {:>8.2f} {:>6}{}\n", repetition.id,
               repetition.movement, to_string(repetition.label), repetition.mistake.value_or("-"),
               repetition.person, repetition.take, seconds(repetition.start), seconds(repetition.end),
               repetition.frames, repetition.is_removed ? "  removed" : "");
  }
}

void run_show(const ShowArguments& arguments) {
  const Craft craft = Craft::open(arguments.craft, Craft::Access::kRead);
  if (arguments.as_json) {
    fmt::print("{}\n", craft_json(craft));
    return;
  }
  const CraftTitle title = craft.title();
  print_field("name", title.name);
  print_field("description", title.description);
  print_field("author", title.author);
  print_field("price", title.price_note);
  const auto classifier = craft.classifier();
  print_field("trained", classifier ? classifier->trained_at : "no");
  for (const MovementSummary& movement : craft.movements()) {
    fmt::print("{:<12} {}: {} right, {} wrong{}\n", "movement", movement.name, movement.correct,
               movement.incorrect, movement.has_preview ? ", with preview" : "");
  }
  print_repetitions(craft);
}

}  // namespace

void add_show(CLI::App& app) {
  auto arguments = std::make_shared<ShowArguments>();
  CLI::App* command = app.add_subcommand("show", "Show what a craft file holds");
  command->add_option("CRAFT", arguments->craft, "craft file (*.kata)")->required();
  command->add_flag("--json", arguments->as_json, "as one line of JSON, for programs");
  command->callback([arguments] { run_show(*arguments); });
}

}  // namespace kata
