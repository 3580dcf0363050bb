// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "kata/craft/export_craft.h"
#include "kata/craft/formats.h"

namespace kata {
namespace {

struct ExportArguments {
  std::string craft;
  std::string output;
  std::string format;
  ExportOptions options;
};

std::string format_help() {
  std::string help;
  for (const ExportFormat& format : export_formats()) {
    help += fmt::format("{}{} ({})", help.empty() ? "" : "; ", format.name, format.description);
  }
  return help;
}

}  // namespace

void add_export(CLI::App& app) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command = app.add_subcommand("export", "Write a craft's repetitions in another format");
  command->add_option("CRAFT", arguments->craft, "craft file (*.kata)")->required();
  command->add_option("-o,--output", arguments->output, "file, or folder for npy and trc")
      ->required();
  command->add_option("--format", arguments->format, format_help())->required();
  command->add_flag("--header", arguments->options.with_header,
                    "prototype: name the columns in the first line");
  command->callback([arguments] {
    const Craft craft = Craft::open(arguments->craft, Craft::Access::kRead);
    export_craft(craft, arguments->output, arguments->format, arguments->options);
    fmt::print("wrote {} repetitions to {}\n", craft.summaries().size(), arguments->output);
  });
}

}  // namespace kata
