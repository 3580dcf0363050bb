// SPDX-License-Identifier: Apache-2.0
#include "archive_plan.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include "file_roles.h"
#include "kata/archive/plan.h"
#include "kata/core/error.h"
#include "kata/session/train_craft.h"
#include "source_options.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr double kShortestSplit_s = 10;  // shorter spans would mostly be lead-in
constexpr std::array<std::pair<std::string_view, double>, 5> kUnits = {
    {{"", 1}, {"s", 1}, {"min", 60}, {"m", 60}, {"h", 3600}}};

ArchiveSettings settings_of(const ArchivePlan& plan) {
  ArchiveSettings settings = plan.settings;
  settings.version = KATA_VERSION;
  if (plan.is_watching != plan.craft.has_value()) {
    throw Error(ErrorCode::kInvalidArgument,
                "watching needs both: --craft CRAFT names the craft, --watch asks for verdicts");
  }
  if (plan.craft) {
    load_judge(*plan.craft);
    settings.craft = fs::absolute(*plan.craft).lexically_normal();
  }
  if (plan.split) {
    settings.split_s = seconds_from_text(*plan.split);
    if (*settings.split_s < kShortestSplit_s)
      throw Error(ErrorCode::kInvalidArgument, "spans of less than 10 s are not worth it: --split");
  }
  // A track is what is asked for where nothing is said; spans are joined by their tracks.
  settings.with_jsonl =
      plan.with_jsonl || (settings.split_s && plan.craft) || (!settings.with_csv && !plan.craft);
  return settings;
}

}  // namespace

double seconds_from_text(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  const std::string_view unit(end);
  for (const auto& [name, factor] : kUnits)
    if (end != text.c_str() && unit == name && value > 0 && value < 1e6) return value * factor;
  throw Error(ErrorCode::kInvalidArgument,
              "this is not a length of time, such as 10min or 90s: " + text);
}

std::vector<CLI::Option*> ArchivePlan::add_to(CLI::App& command) {
  std::vector<CLI::Option*> needed;
  needed.push_back(
      as(FileRole::kInput,
         command.add_option("SOURCE", source,
                            "folder of videos, archive of tracks, or CSV manifest with the column "
                            "path and, as wanted, person, movement, label")));
  needed.push_back(
      as(FileRole::kOutputFolder, command.add_option("-o,--output", out, "the archive's folder")));
  command.add_flag("--jsonl", with_jsonl, "tracks as JSON lines (where nothing is said)");
  command.add_flag("--csv", settings.with_csv, "tracks as CSV");
  command.add_flag("--gzip", settings.is_packed, "pack what is written");
  as(FileRole::kCraft,
     command.add_option("--craft", craft, "trained craft file to watch with (*.kata)"));
  command.add_flag("--watch", is_watching, "verdicts as JSON lines, and one table of all");
  command.add_flag("--swap-sides", settings.swap_sides, "left-handed learners");
  command.add_option("--split", split, "longer videos are units of this length, such as 10min");
  command.add_flag("--face", settings.landmarker.with_face, "also the face");
  add_landmark_options(command, settings.landmarker);
  return needed;
}

std::vector<ArchiveUnit> ArchivePlan::make() const {
  const ArchiveFolder folder(fs::absolute(out).lexically_normal());
  std::error_code ignored;
  if (fs::equivalent(source, folder.out(), ignored)) {
    throw Error(
        ErrorCode::kInvalidArgument,
        "results cannot lie where the videos or tracks lie; name another folder: -o " + out);
  }
  ArchiveSettings chosen = settings_of(*this);
  const auto sources = fs::is_directory(source, ignored)
                           ? sources_of_folder(source, folder.out(), chosen.craft.has_value())
                           : sources_of_manifest(source);
  auto units = units_of(sources, chosen);
  complete(chosen, std::ranges::any_of(units, needs_networks));
  write_plan(folder, chosen, units);
  return units;
}

}  // namespace kata
