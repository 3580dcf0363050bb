// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "commands.h"
#include "file_roles.h"
#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "repetition_ids.h"
#include "stale_judge.h"

namespace kata {
namespace {

struct EditArguments {
  std::string craft;
  RepetitionChoice choice;
  bool is_right = false;
  bool is_wrong = false;
  std::optional<std::string> mistake;
  std::optional<std::string> person;
};

CLI::App* add_edit(CLI::App& app, const char* name, const char* description, const char* done,
                   const std::shared_ptr<EditArguments>& arguments,
                   const std::function<void(Craft&, std::int64_t)>& edit) {
  CLI::App* command = app.add_subcommand(name, description);
  as(FileRole::kChangedCraft, command->add_option("CRAFT", arguments->craft, "craft file (*.kata)"))
      ->required();
  command->add_option("ID", arguments->choice.ids,
                      "numbers of repetitions as kata show lists them, or ranges such as 3-9");
  command->add_option("--take", arguments->choice.takes, "all repetitions of these takes")
      ->delimiter(',');
  command->callback([arguments, edit, done] {
    if (arguments->choice.ids.empty() && arguments->choice.takes.empty()) {
      throw Error(ErrorCode::kInvalidArgument,
                  "say which repetitions: numbers (3), ranges (5-9) or --take N");
    }
    Craft craft = Craft::open(arguments->craft);
    // All there, or none is changed.
    const std::vector<std::int64_t> ids = chosen_repetitions(craft, arguments->choice);
    for (const std::int64_t id : ids) edit(craft, id);
    fmt::print("{} {} repetition{}\n", done, ids.size(), ids.size() == 1 ? "" : "s");
    say_if_stale(craft, arguments->craft);
  });
  return command;
}

void relabel(const EditArguments& arguments, Craft& craft, std::int64_t id) {
  const bool has_label = arguments.is_right || arguments.is_wrong;
  if (!has_label && !arguments.person) {
    throw Error(ErrorCode::kInvalidArgument,
                "say what is to be changed: --right, --wrong or --person NAME");
  }
  if (arguments.mistake && !arguments.is_wrong) {
    throw Error(ErrorCode::kInvalidArgument, "a mistake belongs to --wrong");
  }
  if (has_label) {
    craft.relabel(id, arguments.is_wrong ? Label::kIncorrect : Label::kCorrect, arguments.mistake);
  }
  if (arguments.person) craft.set_person(id, *arguments.person);
}

}  // namespace

void add_relabel(CLI::App& app) {
  auto arguments = std::make_shared<EditArguments>();
  CLI::App* command =
      add_edit(app, "relabel", "Say anew whether repetitions are right or wrong, or who did them",
               "relabelled", arguments,
               [arguments](Craft& craft, std::int64_t id) { relabel(*arguments, craft, id); });
  auto* kind = command->add_option_group("kind", "how it was done");
  kind->add_flag("--right", arguments->is_right, "done right");
  kind->add_flag("--wrong", arguments->is_wrong, "done wrong");
  kind->require_option(0, 1);
  command->add_option("--mistake", arguments->mistake, "name of the mistake (with --wrong)");
  command->add_option("--person", arguments->person,
                      "who performed them; helps the report judge fairly");
}

void add_remove(CLI::App& app) {
  add_edit(app, "remove", "Throw repetitions away; kata restore takes it back until kata compact",
           "removed", std::make_shared<EditArguments>(),
           [](Craft& craft, std::int64_t id) { craft.remove(id); });
}

void add_restore(CLI::App& app) {
  add_edit(app, "restore", "Take removed repetitions back", "restored",
           std::make_shared<EditArguments>(),
           [](Craft& craft, std::int64_t id) { craft.restore(id); });
}

}  // namespace kata
