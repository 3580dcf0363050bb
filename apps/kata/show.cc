// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "commands.h"
#include "file_roles.h"
#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/craft/craft_json.h"
#include "kata/show/atomic_text_file.h"

namespace kata {
namespace {

struct ShowArguments {
  std::string craft;
  bool as_json = false;
  std::optional<std::string> preview;
  std::optional<std::string> movement;
};

void print_field(const char* name, const std::string& text) {
  if (!text.empty()) fmt::print("{:<12} {}\n", name, text);
}

void print_repetitions(const Craft& craft) {
  const auto repetitions = craft.summaries(true);
  if (repetitions.empty()) return;
  fmt::print("\n{:>5} {:<20} {:<9} {:<16} {:<12} {:>5} {:>8} {:>8} {:>6}\n", "id", "movement",
             "label", "mistake", "person", "take", "start s", "end s", "frames");
  for (const RepetitionSummary& repetition : repetitions) {
    fmt::print("{:>5} {:<20} {:<9} {:<16} {:<12} {:>5} {:>8.2f} {:>8.2f} {:>6}{}\n", repetition.id,
               repetition.movement, to_string(repetition.label), repetition.mistake.value_or("-"),
               repetition.person, repetition.take, seconds(repetition.start),
               seconds(repetition.end), repetition.frames,
               repetition.is_removed ? "  removed" : "");
  }
}

/// The movement that was named, else the first that has a preview.
std::string previewed_movement(const Craft& craft, const ShowArguments& arguments) {
  if (arguments.movement) return *arguments.movement;
  for (const MovementSummary& movement : craft.movements()) {
    if (movement.has_preview) return movement.name;
  }
  throw Error(ErrorCode::kNotFound, "no movement of the craft has a preview: " + arguments.craft);
}

void write_preview(const Craft& craft, const ShowArguments& arguments) {
  const std::string movement = previewed_movement(craft, arguments);
  const auto preview = craft.preview(movement);
  if (!preview) {
    throw Error(ErrorCode::kNotFound,
                "the movement \"" + movement + "\" has no preview: " + arguments.craft);
  }
  AtomicTextFile file(*arguments.preview);
  file.write(preview->bytes);
  file.finish();
  fmt::print("the preview of {} is in {}\n", movement, *arguments.preview);
}

void run_show(const ShowArguments& arguments) {
  const Craft craft = Craft::open(arguments.craft, Craft::Access::kRead);
  if (arguments.preview) return write_preview(craft, arguments);
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
  if (craft.is_stale()) print_field("", "changed since; run: kata train " + arguments.craft);
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
  as(FileRole::kCraft, command->add_option("CRAFT", arguments->craft, "craft file (*.kata)"))
      ->required();
  command->add_flag("--json", arguments->as_json, "as one line of JSON, for programs");
  as(FileRole::kOutput,
     command->add_option("--preview", arguments->preview,
                         "write a movement's preview video to this file (.mp4)"));
  command->add_option("--movement", arguments->movement, "which, where the craft has several");
  command->callback([arguments] { run_show(*arguments); });
}

}  // namespace kata
