// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

#include "commands.h"
#include "kata/core/error.h"
#include "kata/craft/craft.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> crafts_in(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".kata" && entry.path().filename().string().front() != '.') {
      paths.push_back(entry.path());
    }
  }
  if (error) throw Error(ErrorCode::kNotFound, "the folder cannot be read: " + folder.string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// "stale" where what it was taught by has changed since.
const char* trained_text(const Craft& craft) {
  if (!craft.classifier()) return "no";
  return craft.is_stale() ? "stale" : "yes";
}

void print_craft(const fs::path& path) {
  const Craft craft = Craft::open(path, Craft::Access::kRead);
  int correct = 0;
  int incorrect = 0;
  const auto movements = craft.movements();
  for (const MovementSummary& movement : movements) {
    correct += movement.correct;
    incorrect += movement.incorrect;
  }
  fmt::print("{:<30} {:>9} {:>7} {:>7}  {:<7}  {}\n", path.filename().string(), movements.size(),
             correct, incorrect, trained_text(craft), craft.title().name);
}

void run_list(const std::string& folder) {
  const auto paths = crafts_in(folder);
  if (paths.empty()) {
    fmt::print("no craft file (*.kata) here: {}\n", folder);
    return;
  }
  fmt::print("{:<30} {:>9} {:>7} {:>7}  {:<7}  {}\n", "file", "movements", "right", "wrong",
             "trained", "name");
  for (const fs::path& path : paths) {
    try {
      print_craft(path);
    } catch (const Error& error) {  // one damaged file hides no other
      fmt::print("{:<30} {}\n", path.filename().string(), error.what());
    }
  }
}

}  // namespace

void add_list(CLI::App& app) {
  auto folder = std::make_shared<std::string>(".");
  CLI::App* command = app.add_subcommand("list", "List the craft files of a folder");
  command->add_option("FOLDER", *folder, "where to look")->capture_default_str();
  command->callback([folder] { run_list(*folder); });
}

}  // namespace kata
