// SPDX-License-Identifier: Apache-2.0
#include "kata/session/track_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

#include "kata/core/error.h"
#include "kata/show/track_format.h"

namespace kata {
namespace {

bool ends(std::string_view path, std::string_view ending) {
  if (path.size() <= ending.size()) return false;
  return std::ranges::equal(path.substr(path.size() - ending.size()), ending, {},
                            [](char c) { return std::tolower(static_cast<unsigned char>(c)); });
}

bool is_table(std::string_view path) { return ends(path, ".csv") || ends(path, ".csv.gz"); }

std::string at_line(const PackedLines& lines, const std::filesystem::path& path) {
  return " (line " + std::to_string(lines.number()) + "): " + path.string();
}

}  // namespace

bool is_track_name(std::string_view path) {
  return is_table(path) || ends(path, ".jsonl") || ends(path, ".jsonl.gz");
}

TrackReader::TrackReader(std::filesystem::path path) : path_(std::move(path)), lines_(path_) {
  if (!is_table(path_.native()) || !lines_.next()) return;
  try {
    csv_.emplace(lines_.line());
  } catch (const Error& error) {
    throw Error(error.code(), error.what() + at_line(lines_, path_));
  }
}

Landmarks TrackReader::read_line() {
  try {
    return csv_ ? csv_->landmarks(lines_.line()) : landmarks_from_track_json(lines_.line());
  } catch (const Error& error) {
    throw Error(error.code(), error.what() + at_line(lines_, path_));
  }
}

std::optional<Landmarks> TrackReader::next() {
  if (!lines_.next()) return std::nullopt;
  Landmarks landmarks = read_line();
  if (last_ && landmarks.timestamp <= *last_) {
    throw Error(ErrorCode::kCorrupt, "the track's time does not go on" + at_line(lines_, path_));
  }
  last_ = landmarks.timestamp;
  return landmarks;
}

std::vector<Landmarks> read_track(const std::filesystem::path& path) {
  std::vector<Landmarks> frames;
  TrackReader reader(path);
  while (auto frame = reader.next()) frames.push_back(std::move(*frame));
  return frames;
}

}  // namespace kata
