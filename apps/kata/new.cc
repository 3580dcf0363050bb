// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "commands.h"
#include "file_roles.h"
#include "kata/craft/craft.h"

namespace kata {
namespace {

struct NewArguments {
  std::string craft;
  CraftTitle title;
};

void run_new(NewArguments& arguments) {
  if (arguments.title.name.empty()) {
    arguments.title.name = std::filesystem::path(arguments.craft).stem().string();
  }
  Craft::create(arguments.craft, arguments.title);
  fmt::print("made {}\n", arguments.craft);
}

}  // namespace

void add_new(CLI::App& app) {
  auto arguments = std::make_shared<NewArguments>();
  CLI::App* command = app.add_subcommand("new", "Make an empty craft file");
  as(FileRole::kChangedCraft,
     command->add_option("CRAFT", arguments->craft, "craft file (*.kata) to make"))
      ->required();
  command->add_option("--name", arguments->title.name, "name; the file's where not given");
  command->add_option("--description", arguments->title.description, "what is taught");
  command->add_option("--author", arguments->title.author, "who teaches");
  command->add_option("--price", arguments->title.price_note, "what learners are asked for");
  command->callback([arguments] { run_new(*arguments); });
}

}  // namespace kata
