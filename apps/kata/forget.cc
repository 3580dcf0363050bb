// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "commands.h"
#include "file_roles.h"
#include "kata/core/error.h"
#include "kata/session/learner_file.h"

namespace kata {
namespace {

struct ForgetArguments {
  std::string craft;
  std::string learner;
};

void run_forget(const ForgetArguments& arguments) {
  LearnerFile file(arguments.craft, arguments.learner);
  if (!file.forget()) {
    throw Error(ErrorCode::kNotFound,
                "nothing is kept of " + arguments.learner + " for this craft: " + arguments.craft);
  }
  fmt::print("forgot what was confirmed of {}\n", arguments.learner);
}

}  // namespace

void add_forget(CLI::App& app) {
  auto arguments = std::make_shared<ForgetArguments>();
  CLI::App* command =
      app.add_subcommand("forget", "Delete what is kept of a learner (kata watch --learner)");
  as(FileRole::kCraft, command->add_option("CRAFT", arguments->craft, "craft file (*.kata)"))
      ->required();
  command->add_option("LEARNER", arguments->learner, "the learner's name")->required();
  command->callback([arguments] { run_forget(*arguments); });
}

}  // namespace kata
