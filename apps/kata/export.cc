// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "commands.h"
#include "file_roles.h"
#include "kata/craft/export_craft.h"
#include "kata/craft/formats.h"
#include "kata/show/output_place.h"
#include "temporary_folder.h"
#include "text_output.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

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

bool is_folder(const std::string& name) {
  const auto format = std::ranges::find(export_formats(), name, &ExportFormat::name);
  return format != export_formats().end() && format->is_folder;
}

/// The document is made elsewhere first: a pipe or a device takes it as it comes.
void export_to_stream(const Craft& craft, const ExportArguments& arguments) {
  const TemporaryFolder folder("kata-export");
  const fs::path document = folder.path() / "document";
  export_craft(craft, document, arguments.format, arguments.options);
  TextOutput stream(arguments.output);
  std::ifstream file(document, std::ios::binary);
  for (std::string line; stream.is_good() && std::getline(file, line);) stream.write_line(line);
  stream.finish();
}

void run_export(const ExportArguments& arguments) {
  const Craft craft = Craft::open(arguments.craft, Craft::Access::kRead);
  if (!is_folder(arguments.format) && output_place(arguments.output).is_stream) {
    export_to_stream(craft, arguments);
  } else {
    export_craft(craft, where_links_lead(arguments.output), arguments.format, arguments.options);
  }
  if (output_place(arguments.output).descriptor == STDOUT_FILENO) return;
  fmt::print("wrote {} repetitions to {}\n", craft.summaries().size(), arguments.output);
}

}  // namespace

void add_export(CLI::App& app) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command = app.add_subcommand("export", "Write a craft's repetitions in another format");
  as(FileRole::kCraft, command->add_option("CRAFT", arguments->craft, "craft file (*.kata)"))
      ->required();
  as(FileRole::kOutputEither,
     command->add_option("-o,--output", arguments->output, "file, or folder for npy and trc"))
      ->required();
  command->add_option("--format", arguments->format, format_help())->required();
  command->add_flag("--header", arguments->options.with_header,
                    "prototype: name the columns in the first line");
  command->callback([arguments] { run_export(*arguments); });
}

}  // namespace kata
