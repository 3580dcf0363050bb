// SPDX-License-Identifier: Apache-2.0
#include "file_roles.h"

#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "kata/core/error.h"
#include "kata/input/sources.h"
#include "kata/show/output_place.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

struct RoleName {
  FileRole role;
  const char* name;
};
constexpr std::array<RoleName, 7> kRoles = {{{FileRole::kInput, "input"},
                                             {FileRole::kSource, "source"},
                                             {FileRole::kCraft, "craft"},
                                             {FileRole::kChangedCraft, "changed craft"},
                                             {FileRole::kOutput, "output"},
                                             {FileRole::kOutputFolder, "output folder"},
                                             {FileRole::kOutputEither, "output file or folder"}}};

/// A validator that accepts everything carries the role: it is part of the option, and help texts
/// do not show it.
std::string validator_name(const RoleName& role) { return std::string("role: ") + role.name; }

const RoleName* role_of(CLI::Option& option) {
  for (const RoleName& role : kRoles) {
    try {
      option.get_validator(validator_name(role));
      return &role;
    } catch (const CLI::OptionNotFound&) {  // its only way to say no
    }
  }
  return nullptr;
}

/// As people type it: "-o/--output", "SOURCE".
std::string spelling(const CLI::Option& option) {
  if (option.nonpositional()) {
    std::string names = option.get_name(false, true);
    std::replace(names.begin(), names.end(), ',', '/');
    return names;
  }
  return option.get_name(true);
}

struct CommandFiles {
  std::vector<NamedFile> inputs;
  std::vector<NamedFile> outputs;
};

void add_craft(const NamedFile& craft, CommandFiles& files) {
  for (const char* ending : {"-wal", "-shm", "-journal"}) {
    files.inputs.push_back(
        {"the journal of " + craft.option, where_links_lead(craft.path).string() + ending});
  }
}

void check_folder(const fs::path& folder) {
  std::error_code none;
  if (fs::exists(folder, none) && !fs::is_directory(folder, none)) {
    throw Error(ErrorCode::kIo, "cannot write here, this is no folder: " + folder.string());
  }
}

void add(FileRole role, const NamedFile& file, CommandFiles& files) {
  switch (role) {
    case FileRole::kInput:
      files.inputs.push_back(file);
      return;
    case FileRole::kSource:
      for (const fs::path& path : files_of_source(file.path.string()))
        files.inputs.push_back({file.option, path});
      return;
    case FileRole::kCraft:
      files.inputs.push_back(file);
      add_craft(file, files);
      return;
    case FileRole::kChangedCraft:
      files.outputs.push_back(file);
      add_craft(file, files);
      return;
    case FileRole::kOutput:
    case FileRole::kOutputFolder:
    case FileRole::kOutputEither:
      files.outputs.push_back(file);
      return;
  }
}

/// Throws for a place that cannot be written.
void check_place(FileRole role, const fs::path& path) {
  if (role == FileRole::kOutput) output_place(path);
  if (role == FileRole::kOutputFolder) check_folder(path);
}

/// What is printed goes into a file where the shell was told so.
void add_standard_output(CommandFiles& files) {
  struct ::stat found {};
  if (::fstat(STDOUT_FILENO, &found) != 0 || !S_ISREG(found.st_mode)) return;
  const auto is_it = [](const NamedFile& file) {
    return file.path == "-" ||
           where_links_lead(file.path).string().find("/fd/") != std::string::npos;
  };
  if (std::ranges::any_of(files.outputs, is_it)) return;
  files.outputs.push_back({"what is printed", "-"});
}

}  // namespace

CLI::Option* as(FileRole role, CLI::Option* option) {
  const auto found = std::ranges::find(kRoles, role, &RoleName::role);
  return option->check(
      CLI::Validator([](std::string&) { return std::string(); }, "", validator_name(*found)));
}

void check_files(CLI::App& command) {
  CommandFiles files;
  std::vector<std::pair<FileRole, std::string>> places;
  for (CLI::Option* option : command.get_options()) {
    const RoleName* role = option->count() > 0 ? role_of(*option) : nullptr;
    if (role == nullptr) continue;
    for (const std::string& value : option->results()) {
      add(role->role, {spelling(*option), value}, files);
      places.emplace_back(role->role, value);
    }
  }
  add_standard_output(files);
  check_outputs(files.outputs, files.inputs);
  for (const auto& [role, path] : places) check_place(role, path);
  for (CLI::App* part : command.get_subcommands()) check_files(*part);
}

std::string options_json(CLI::App& app) {
  nlohmann::ordered_json commands = nlohmann::ordered_json::object();
  for (CLI::App* command : app.get_subcommands({})) {
    nlohmann::ordered_json options = nlohmann::ordered_json::array();
    for (CLI::Option* option : command->get_options()) {
      const RoleName* role = role_of(*option);
      options.push_back({{"option", spelling(*option)},
                         {"description", option->get_description()},
                         {"takes_value", option->get_items_expected_max() > 0},
                         {"role", role == nullptr ? "" : role->name}});
    }
    commands[command->get_name()] = std::move(options);
  }
  return commands.dump();
}

}  // namespace kata
