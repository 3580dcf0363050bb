// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <vector>

#include "commands.h"
#include "file_roles.h"
#include "kata/core/error.h"
#include "kata/craft/import_file.h"
#include "kata/session/utc_now.h"

namespace kata {
namespace {

struct ImportArguments {
  std::string craft;
  std::vector<std::string> files;
  ImportOptions options;
  bool is_wrong = false;
};

void warn_of_scattered(const ScatteredRows& scattered, const std::string& file) {
  if (scattered.repetitions == 0) return;
  const std::string where = fmt::format(
      "the rows of {} repetition{} lie in several places ({} ends in line {} and goes on "
      "in line {})",
      scattered.repetitions, scattered.repetitions == 1 ? "" : "s", scattered.name,
      scattered.first_line, scattered.again_line);
  fmt::print(
      stderr, "warning: {}; {}: {}\n", where,
      scattered.were_joined
          ? "the file goes frame by frame, so the rows of each were put together"
          : "each place was taken as a repetition of its own; if that is wrong, undo it with "
            "kata remove and import the file sorted by repetition and frame",
      file);
}

/// False when nothing of the file was imported because of what is in it.
bool import_one(Craft& craft, const std::string& file, const ImportOptions& options) {
  const ImportReport report = import_file(craft, file, options);
  for (const ImportProblem& problem : report.problems)
    fmt::print(stderr, "{}\n", to_string(problem));
  if (report.problem_count > 0) {
    fmt::print(stderr, "{} problem{} ({} shown); nothing of this file was imported: {}\n",
               report.problem_count, report.problem_count == 1 ? "" : "s", report.problems.size(),
               file);
    return false;
  }
  if (report.was_imported_before) {
    fmt::print("was imported before, nothing changed: {}\n", file);
    return true;
  }
  fmt::print("{} repetitions ({} right, {} wrong), {} frames from {} ({})", report.repetitions(),
             report.correct, report.incorrect, report.frames, file, report.format);
  if (report.padding_frames > 0)
    fmt::print("; {} empty padding frames dropped", report.padding_frames);
  if (report.empty_repetitions > 0)
    fmt::print("; {} empty repetitions dropped", report.empty_repetitions);
  fmt::print("\n");
  if (report.incomplete_parts > 0) {
    fmt::print(
        stderr,
        "warning: in {} hands or faces some points are missing; they count as not seen: {}\n",
        report.incomplete_parts, file);
  }
  warn_of_scattered(report.scattered, file);
  return true;
}

/// How many of the files could not be imported.
std::size_t import_all(const ImportArguments& arguments, bool is_new) {
  const std::filesystem::path path = arguments.craft;
  Craft craft =
      is_new ? Craft::create(path, {path.stem().string(), {}, {}, {}}) : Craft::open(path);
  std::size_t failed = 0;
  for (const std::string& file : arguments.files) {
    try {
      failed += import_one(craft, file, arguments.options) ? 0 : 1;
    } catch (const Error& error) {  // the other files may be sound
      fmt::print(stderr, "kata: {}\n", error.what());
      ++failed;
    }
  }
  return failed;
}

void run_import(const ImportArguments& arguments) {
  const bool is_new = !std::filesystem::exists(arguments.craft);
  const std::size_t failed = import_all(arguments, is_new);
  if (failed == 0) return;
  // A craft that was made for files of which none could be read is of no use to anybody.
  if (is_new && failed == arguments.files.size()) std::filesystem::remove(arguments.craft);
  throw Error(ErrorCode::kCorrupt,
              fmt::format("{} of {} files could not be imported", failed, arguments.files.size()));
}

}  // namespace

void add_import(CLI::App& app) {
  auto arguments = std::make_shared<ImportArguments>();
  ImportOptions& options = arguments->options;
  CLI::App* command =
      app.add_subcommand("import", "Take over repetitions from files of the prototype and others");
  as(FileRole::kChangedCraft,
     command->add_option("CRAFT", arguments->craft, "craft file (*.kata); made if it is not there"))
      ->required();
  as(FileRole::kInput, command->add_option("FILE", arguments->files,
                                           "CSV files or folders of .npy files (docs/formats.md)"))
      ->required();
  command->add_option("--movement", options.movement, "its name, for files that do not say it");
  command->add_flag("--wrong", arguments->is_wrong, "for files without labels: done wrong");
  command->add_option("--mistake", options.mistake, "name of what is wrong in the wrong ones");
  command->add_option("--person", options.person, "who performs");
  command->add_option("--fps", options.frame_rate_hz, "frames a second, for files without times")
      ->capture_default_str();
  command->add_flag("--mirrored", options.is_mirrored, "the take was recorded mirrored");
  command->add_flag("--whole", options.is_one_repetition,
                    "a track is one repetition: do not cut it");
  command->callback([arguments] {
    arguments->options.label = arguments->is_wrong ? Label::kIncorrect : Label::kCorrect;
    arguments->options.imported_at = utc_now();
    run_import(*arguments);
  });
}

}  // namespace kata
