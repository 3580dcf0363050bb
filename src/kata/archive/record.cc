// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/record.h"

#include <sys/stat.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace kata {
namespace {

using nlohmann::json;

json json_of(const ArchiveOutput& output) {
  return {{"path", output.path}, {"bytes", output.bytes}, {"sha256", output.sha256}};
}

ArchiveOutput output_from(const json& value) {
  return {value.at("path"), value.at("bytes"), value.at("sha256")};
}

json share(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return nullptr;
  return std::round(1e4 * static_cast<double>(part) / static_cast<double>(whole)) / 1e4;
}

UnitRecord record_from(const json& value) {
  UnitRecord record;
  record.unit = value.at("unit");
  record.path = value.at("path");
  record.span.start_s = value.at("start_s");
  if (!value.at("end_s").is_null()) record.span.end_s = value.at("end_s").get<double>();
  record.failure = value.value("failure", "");
  record.settings_key = value.at("settings_key");
  record.version = value.at("kata");
  record.networks = value.at("networks").get<std::map<std::string, std::string>>();
  const json& source = value.at("source");
  record.source_sha256 = source.at("sha256");
  record.source = {source.at("bytes"), source.at("modified_ns")};
  for (const json& output : value.at("outputs")) record.outputs.push_back(output_from(output));
  const json& frames = value.at("frames");
  record.frames = frames.at("all");
  record.frames_with_pose = frames.at("body");
  record.frames_with_left_hand = frames.at("left_hand");
  record.frames_with_right_hand = frames.at("right_hand");
  record.verdicts = value.at("verdicts");
  record.seconds = value.at("seconds");
  record.host = value.at("host");
  record.finished_at = value.at("finished_at");
  record.warnings = value.at("warnings").get<std::vector<std::string>>();
  return record;
}

}  // namespace

std::optional<FileLook> look_at(const std::filesystem::path& file) {
  struct stat look {};
  if (::stat(file.c_str(), &look) != 0) return std::nullopt;
  return FileLook{static_cast<std::uintmax_t>(look.st_size),
                  std::int64_t{look.st_mtim.tv_sec} * 1'000'000'000 + look.st_mtim.tv_nsec};
}

std::string record_json(const UnitRecord& record) {
  json value = {{"unit", record.unit},
                {"path", record.path},
                {"start_s", record.span.start_s},
                {"end_s", record.span.end_s ? json(*record.span.end_s) : json()},
                {"state", record.is_done() ? "done" : "failed"},
                {"settings_key", record.settings_key},
                {"kata", record.version},
                {"networks", record.networks},
                {"source",
                 {{"sha256", record.source_sha256},
                  {"bytes", record.source.bytes},
                  {"modified_ns", record.source.modified_ns}}},
                {"frames",
                 {{"all", record.frames},
                  {"body", record.frames_with_pose},
                  {"left_hand", record.frames_with_left_hand},
                  {"right_hand", record.frames_with_right_hand}}},
                {"body_seen", share(record.frames_with_pose, record.frames)},
                {"verdicts", record.verdicts},
                {"seconds", record.seconds},
                {"host", record.host},
                {"finished_at", record.finished_at},
                {"warnings", record.warnings},
                {"outputs", json::array()}};
  if (!record.is_done()) value["failure"] = record.failure;
  for (const ArchiveOutput& output : record.outputs) value["outputs"].push_back(json_of(output));
  return value.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<UnitRecord> record_from_json(const std::string& text) {
  if (text.empty()) return std::nullopt;
  try {
    return record_from(json::parse(text));
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

bool fits(const UnitRecord& record, const ArchiveUnit& unit, const ArchiveSettings& settings,
          const ArchiveFolder& folder) {
  if (record.settings_key != settings_key(settings, needs_networks(unit))) return false;
  if (record.unit != unit.id) return false;
  const auto look = look_at(unit.file);
  if (!record.is_done() && !look) return record.source == FileLook{};
  if (!look) return false;
  if (record.source != *look &&
      (record.source_sha256.empty() || record.source_sha256 != file_sha256(unit.file)))
    return false;
  for (const ArchiveOutput& output : record.outputs) {
    const auto result = look_at(folder.out() / output.path);
    if (!result || result->bytes != output.bytes) return false;
  }
  return true;
}

}  // namespace kata
