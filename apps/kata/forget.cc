// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "commands.h"
#include "file_roles.h"
#include "kata/core/error.h"
#include "kata/session/learner_file.h"
#include "kata/session/practice_log.h"

namespace kata {
namespace {

struct ForgetArguments {
  std::string craft;
  std::string learner;
};

/// Of every craft in the folder: a learner who goes leaves nothing behind.
int forget_sittings(const ForgetArguments& arguments) {
  const std::filesystem::path path = progress_beside(arguments.craft);
  if (!std::filesystem::exists(path)) return 0;
  return ProgressFile::open(path, ProgressFile::Access::kWrite).delete_learner(arguments.learner);
}

void run_forget(const ForgetArguments& arguments) {
  LearnerFile file(arguments.craft, arguments.learner);
  const bool was_confirmed = file.forget();
  const int sittings = forget_sittings(arguments);
  if (!was_confirmed && sittings == 0) {
    throw Error(ErrorCode::kNotFound,
                "nothing is kept of " + arguments.learner + " for this craft: " + arguments.craft);
  }
  if (was_confirmed) fmt::print("forgot what was confirmed of {}\n", arguments.learner);
  if (sittings > 0) {
    fmt::print("deleted {} sitting{} of {}\n", sittings, sittings == 1 ? "" : "s",
               arguments.learner);
  }
}

}  // namespace

void add_forget(CLI::App& app) {
  auto arguments = std::make_shared<ForgetArguments>();
  CLI::App* command = app.add_subcommand(
      "forget", "Delete all that is kept of a learner: sittings and what was confirmed");
  as(FileRole::kCraft, command->add_option("CRAFT", arguments->craft, "craft file (*.kata)"))
      ->required();
  command->add_option("LEARNER", arguments->learner, "the learner's name")->required();
  command->callback([arguments] { run_forget(*arguments); });
}

}  // namespace kata
