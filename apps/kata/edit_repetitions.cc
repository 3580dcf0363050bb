// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "commands.h"
#include "kata/craft/craft.h"

namespace kata {
namespace {

struct EditArguments {
  std::string craft;
  std::vector<std::int64_t> ids;
  bool is_right = false;
  bool is_wrong = false;
  std::optional<std::string> mistake;
};

CLI::App* add_edit(CLI::App& app, const char* name, const char* description, const char* done,
                   const std::shared_ptr<EditArguments>& arguments,
                   const std::function<void(Craft&, std::int64_t)>& edit) {
  CLI::App* command = app.add_subcommand(name, description);
  command->add_option("CRAFT", arguments->craft, "craft file (*.kata)")->required();
  command->add_option("ID", arguments->ids, "numbers of repetitions, as kata show lists them")
      ->required();
  command->callback([arguments, edit, done] {
    Craft craft = Craft::open(arguments->craft);
    for (const std::int64_t id : arguments->ids)
      craft.repetition(id);  // all there, or none is changed
    for (const std::int64_t id : arguments->ids) edit(craft, id);
    fmt::print("{} {} repetition{}\n", done, arguments->ids.size(),
               arguments->ids.size() == 1 ? "" : "s");
  });
  return command;
}

}  // namespace

void add_relabel(CLI::App& app) {
  auto arguments = std::make_shared<EditArguments>();
  CLI::App* command = add_edit(app, "relabel", "Say anew whether repetitions are right or wrong",
                               "relabelled", arguments, [arguments](Craft& craft, std::int64_t id) {
                                 const Label label =
                                     arguments->is_wrong ? Label::kIncorrect : Label::kCorrect;
                                 craft.relabel(id, label, arguments->mistake);
                               });
  auto* kind = command->add_option_group("kind", "how it was done");
  kind->add_flag("--right", arguments->is_right, "done right");
  kind->add_flag("--wrong", arguments->is_wrong, "done wrong");
  kind->require_option(1);
  command->add_option("--mistake", arguments->mistake, "name of the mistake (with --wrong)");
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
