// SPDX-License-Identifier: Apache-2.0
#include "stranger_stream.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "gzip_text.h"

namespace kata::bench {
namespace {

namespace fs = std::filesystem;

std::vector<Landmarks> frames_of(const fs::path& plain, const nlohmann::json& about) {
  const int width = about.at("width"), height = about.at("height");
  if (fs::exists(plain)) return read_track(plain, width, height);
  const fs::path packed = plain.string() + ".gz";
  if (!fs::exists(packed)) return {};
  const fs::path unpacked = fs::temp_directory_path() / plain.filename();
  std::ofstream(unpacked) << read_gzip_text(packed);
  auto frames = read_track(unpacked, width, height);
  fs::remove(unpacked);
  return frames;
}

LabTruth truth_of(const nlohmann::json& one, double fps) {
  LabTruth truth;
  truth.start_s = one.at("start_frame").get<double>() / fps;
  truth.end_s = one.at("end_frame").get<double>() / fps;
  truth.movement = one.value("movement", one.value("name", std::string()));
  truth.label = one.value("label", "") == "correct" ? Label::kCorrect : Label::kIncorrect;
  if (const auto mistake = one.find("mistake"); mistake != one.end() && mistake->is_string())
    truth.mistake = mistake->get<std::string>();
  return truth;
}

StrangerStream stream_of(const nlohmann::json& about, std::vector<Landmarks> frames) {
  StrangerStream stream;
  const double fps = about.at("fps");
  stream.take.frames = std::move(frames);
  for (const auto& one : about.at("repetitions"))
    stream.take.repetitions.push_back(truth_of(one, fps));
  for (const auto& one : about.at("distractors")) {
    stream.take.foreign.push_back(truth_of(one, fps));
    stream.take.foreign_s += stream.take.foreign.back().end_s - stream.take.foreign.back().start_s;
  }
  stream.movement = about.at("movement");
  stream.is_teacher = about.at("kind").get<std::string>().find("teacher") != std::string::npos;
  stream.person = about.at("performer").at("name");
  stream.is_left_handed = about.at("performer").at("handedness") == "left";
  stream.yaw_deg = about.at("camera").value("yaw", 0.0);
  if (const auto habit = about.find("habit"); habit != about.end() && habit->is_object())
    stream.size = habit->value("amount", 1.0);
  stream.tempo = about.value("tempo", 1.0);
  return stream;
}

}  // namespace

std::vector<StrangerStream> load_streams(const fs::path& folder, const fs::path& tracks,
                                         bool is_tracked) {
  std::vector<fs::path> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& path = entry.path();
    if (path.extension() == ".json" && path.stem().extension() != ".frames") names.push_back(path);
  }
  std::sort(names.begin(), names.end());
  std::vector<StrangerStream> streams;
  for (const fs::path& name : names) {
    const auto about = nlohmann::json::parse(std::ifstream(name));
    if (!about.contains("repetitions")) continue;
    auto frames = frames_of(tracks / (name.stem().string() + ".jsonl"), about);
    if (frames.empty()) continue;
    streams.push_back(stream_of(about, std::move(frames)));
    streams.back().take.name = name.stem().string();
    streams.back().is_tracked = is_tracked;
  }
  return streams;
}

}  // namespace kata::bench
