// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "commands.h"
#include "file_roles.h"
#include "kata/core/error.h"
#include "kata/progress/progress_csv.h"
#include "kata/progress/progress_json.h"
#include "kata/progress/trends.h"
#include "kata/session/practice_log.h"
#include "text_output.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

struct ProgressArguments {
  std::string place = ".";
  ProgressFilter filter;
  bool as_json = false;
  std::optional<std::string> csv;
  std::optional<std::string> deleted;
};

/// A folder or a craft stands for the file of sittings in it or beside it.
fs::path file_of(const fs::path& place) {
  if (fs::is_directory(place)) return place / progress_beside("").filename();
  if (place.extension() == ".kata") return progress_beside(place);
  return place;
}

std::string name_of(const std::string& learner) { return learner.empty() ? "nobody" : learner; }

int percent(int part, int whole) { return whole == 0 ? 0 : (200 * part + whole) / (2 * whole); }

void print_practised(const Practised& practised) {
  if (practised.repetitions == 0) {
    fmt::print("{:>16}", "-");
    return;
  }
  fmt::print("{:>6}/{:<3} {:>3.0f} %", practised.correct, practised.repetitions,
             100.0 * practised.correct / practised.repetitions);
}

void print_points(const MovementTrend& trend) {
  fmt::print("  {:<20} {:<14} {:>16} {:>16} {:>5}\n", "sitting", "learner", "right with help",
             "without help", "mark");
  for (const TrendPoint& point : trend.points) {
    fmt::print("  {:<20} {:<14} ", point.sitting.started_at, name_of(point.sitting.learner));
    print_practised(point.with_help);
    fmt::print(" ");
    print_practised(point.without_help);
    const Practised& told = point.with_help.repetitions > 0 ? point.with_help : point.without_help;
    fmt::print(" {:>5.0f}\n", told.mean_mark);
  }
}

void print_mistakes(const MovementTrend& trend) {
  constexpr std::size_t kMost = 5;
  for (std::size_t i = 0; i < std::min(kMost, trend.mistakes.size()); ++i) {
    const MistakeTrend& mistake = trend.mistakes[i];
    std::string what = mistake.mistake.empty() ? mistake.joint : mistake.mistake;
    if (mistake.mistake.empty()) std::ranges::replace(what, '_', ' ');
    std::string times;
    for (const int count : mistake.times) times += fmt::format(" {}", count);
    fmt::print("  {:<20} {:>3} times; by sitting:{}\n", what, mistake.in_all, times);
  }
}

void print_progress(const ProgressFile& file, const ProgressFilter& filter) {
  const auto found = trends(file, filter);
  if (found.empty()) {
    fmt::print("nothing was practised yet\n");
    return;
  }
  for (const MovementTrend& trend : found) {
    fmt::print("{} ({})\n", trend.movement, trend.craft);
    print_points(trend);
    print_mistakes(trend);
    fmt::print("\n");
  }
  for (const Drill& drill : drills(file, filter)) {
    std::string what = drill.mistake.empty() ? "" : ": " + drill.mistake;
    std::ranges::replace(what, '_', ' ');
    fmt::print("practise next: {}{} ({} % of the last {} wrong)\n", drill.movement, what,
               percent(drill.wrong, drill.of), drill.of);
  }
}

void delete_learner(const fs::path& path, const std::string& learner) {
  ProgressFile file = ProgressFile::open(path, ProgressFile::Access::kWrite);
  const int sittings = file.delete_learner(learner);
  if (sittings == 0) {
    throw Error(ErrorCode::kNotFound,
                "nobody called \"" + learner + "\" has practised here: " + path.string());
  }
  fmt::print("deleted {} sitting{} of {}\n", sittings, sittings == 1 ? "" : "s", name_of(learner));
}

void run_progress(const ProgressArguments& arguments) {
  const fs::path path = file_of(arguments.place);
  if (!fs::exists(path)) {
    throw Error(ErrorCode::kNotFound,
                "nothing was practised here yet (kata watch keeps sittings): " + path.string());
  }
  if (arguments.deleted) return delete_learner(path, *arguments.deleted);
  const ProgressFile file = ProgressFile::open(path, ProgressFile::Access::kRead);
  if (arguments.csv) {
    TextOutput output(arguments.csv);
    std::string lines = progress_csv(file, arguments.filter);
    lines.pop_back();  // the output ends each line itself
    output.write_line(lines);
    output.finish();
    return;
  }
  if (arguments.as_json) {
    fmt::print("{}\n", progress_json(file, arguments.filter));
    return;
  }
  print_progress(file, arguments.filter);
}

}  // namespace

void add_progress(CLI::App& app) {
  auto arguments = std::make_shared<ProgressArguments>();
  CLI::App* command = app.add_subcommand(
      "progress", "What learners practised, how it went on, and what to practise next");
  as(FileRole::kChangedCraft,
     command->add_option("PLACE", arguments->place,
                         "folder of crafts, a craft in it, or the file of sittings (progress.db)"))
      ->capture_default_str();
  command->add_option("--learner", arguments->filter.learner, "only this learner's");
  command->add_option("--craft", arguments->filter.craft, "only this craft's: its file name alone");
  command->add_option("--movement", arguments->filter.movement, "only this movement's");
  command->add_flag("--json", arguments->as_json, "as one line of JSON (api/progress.schema.json)");
  as(FileRole::kOutput,
     command->add_option("--csv", arguments->csv,
                         "write every repetition as a line of CSV; - is the terminal"));
  command->add_option("--delete-learner", arguments->deleted,
                      "delete everything of this learner; \"\" = of those who gave no name");
  command->callback([arguments] { run_progress(*arguments); });
}

}  // namespace kata
