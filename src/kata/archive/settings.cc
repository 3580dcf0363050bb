// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/settings.h"

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "kata/core/error.h"
#include "kata/craft/sha256.h"
#include "kata/landmark/network_files.h"

namespace kata {
namespace {

using nlohmann::json;

constexpr std::size_t kBlock = std::size_t{1} << 18U;

constexpr std::array kModels = {std::pair{LandmarkModel::kLite, "lite"},
                                std::pair{LandmarkModel::kFull, "full"},
                                std::pair{LandmarkModel::kHeavy, "heavy"}};
constexpr std::array kModes = {std::pair{LandmarkMode::kAuto, "auto"},
                               std::pair{LandmarkMode::kHolistic, "holistic"},
                               std::pair{LandmarkMode::kHands, "hands"}};
constexpr std::array kStrategies = {std::pair{Strategy::kRepetitions, "repetitions"},
                                    std::pair{Strategy::kWindow, "window"}};

template <typename Table, typename Value>
std::string name_of(const Table& table, Value value) {
  for (const auto& [each, name] : table)
    if (each == value) return name;
  return {};
}

template <typename Table>
auto value_of(const Table& table, const std::string& name) {
  for (const auto& [value, each] : table)
    if (name == each) return value;
  throw Error(ErrorCode::kCorrupt, "the archive's settings name an unknown kind: " + name);
}

json json_of(const ArchiveSettings& settings) {
  return {{"model", name_of(kModels, settings.landmarker.model)},
          {"mode", name_of(kModes, settings.landmarker.mode)},
          {"face", settings.landmarker.with_face},
          {"jsonl", settings.with_jsonl},
          {"csv", settings.with_csv},
          {"packed", settings.is_packed},
          {"craft_sha256", settings.craft_sha256},
          {"swap_sides", settings.swap_sides},
          {"strategy", name_of(kStrategies, settings.strategy)},
          {"kata", settings.version},
          {"networks", settings.networks}};
}

}  // namespace

std::string file_sha256(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw Error(ErrorCode::kNotFound, "there is no such file: " + path.string());
  Sha256 hash;
  std::string block(kBlock, '\0');
  while (stream) {
    stream.read(block.data(), static_cast<std::streamsize>(block.size()));
    hash.add(std::string_view(block).substr(0, static_cast<std::size_t>(stream.gcount())));
  }
  if (stream.bad()) throw Error(ErrorCode::kIo, "the file cannot be read: " + path.string());
  return hash.finish();
}

void complete(ArchiveSettings& settings, bool needs_networks) {
  if (settings.craft) settings.craft_sha256 = file_sha256(*settings.craft);
  settings.networks.clear();
  if (!needs_networks) return;
  for (const auto& file : network_files(settings.landmarker))
    settings.networks[file.stem().string()] = file_sha256(file);
}

std::string settings_json(const ArchiveSettings& settings) {
  json whole = json_of(settings);
  if (settings.craft) whole["craft"] = settings.craft->string();
  if (settings.split_s) whole["split_s"] = *settings.split_s;
  return whole.dump(1) + "\n";
}

ArchiveSettings settings_from_json(const std::string& text) {
  ArchiveSettings settings;
  try {
    const json whole = json::parse(text);
    settings.landmarker.model = value_of(kModels, whole.at("model"));
    settings.landmarker.mode = value_of(kModes, whole.at("mode"));
    settings.landmarker.with_face = whole.at("face");
    settings.with_jsonl = whole.at("jsonl");
    settings.with_csv = whole.at("csv");
    settings.is_packed = whole.at("packed");
    settings.craft_sha256 = whole.at("craft_sha256");
    settings.swap_sides = whole.at("swap_sides");
    settings.strategy = value_of(kStrategies, whole.at("strategy"));
    settings.version = whole.at("kata");
    settings.networks = whole.at("networks").get<std::map<std::string, std::string>>();
    if (whole.contains("craft")) settings.craft = whole.at("craft").get<std::string>();
    if (whole.contains("split_s")) settings.split_s = whole.at("split_s").get<double>();
  } catch (const json::exception&) {
    throw Error(ErrorCode::kCorrupt, "the archive's settings cannot be read; plan it again");
  }
  return settings;
}

std::string settings_key(const ArchiveSettings& settings, bool needs_networks) {
  json whole = json_of(settings);
  if (!needs_networks) whole["networks"] = json::object();
  Sha256 hash;
  hash.add(whole.dump());
  return hash.finish();
}

}  // namespace kata
