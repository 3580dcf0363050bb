// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <string>

#include "commands.h"
#include "file_roles.h"
#include "kata/core/error.h"
#include "kata/infer/model_folder.h"
#include "kata/session/publish_page.h"

namespace kata {
namespace {

struct PublishArguments {
  PublishOptions options;
  std::string craft;
  std::string output;
  bool is_studio = false;
};

void run_publish(PublishArguments& arguments) {
  if (arguments.craft.empty() != arguments.is_studio) {
    throw Error(ErrorCode::kInvalidArgument,
                "say which craft to publish, or --studio for the empty studio");
  }
  arguments.options.craft = arguments.craft;
  const char* elsewhere = std::getenv("KATA_PAGE");
  arguments.options.page =
      elsewhere != nullptr ? elsewhere : data_folder("page", KATA_PAGE_DIR).string();
  publish_page(arguments.options, arguments.output);
  fmt::print("wrote the page to {0}\nTo look at it: python3 -m http.server --directory {0}\n",
             arguments.output);
}

}  // namespace

void add_publish(CLI::App& app) {
  auto arguments = std::make_shared<PublishArguments>();
  CLI::App* command = app.add_subcommand(
      "publish", "Make a page of a craft that any web host serves and that needs no Kata there");
  as(FileRole::kCraft, command->add_option("CRAFT", arguments->craft, "craft file (*.kata)"));
  as(FileRole::kOutputFolder,
     command->add_option("-o,--output", arguments->output,
                         "folder; a page that Kata made there is replaced"))
      ->required();
  command->add_flag("--studio", arguments->is_studio,
                    "the empty studio in place of a craft: create, record, train and learn");
  command->add_flag("--with-takes", arguments->options.with_takes,
                    "leave the teacher's recorded movements in; without it only the judge and the "
                    "previews are published");
  command->callback([arguments] { run_publish(*arguments); });
}

}  // namespace kata
