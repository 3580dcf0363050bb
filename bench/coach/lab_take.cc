// SPDX-License-Identifier: Apache-2.0
#include "lab_take.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "kata/core/error.h"
#include "kata/motion/cut_agreement.h"
#include "kata/motion/repetition_cut.h"

namespace kata::bench {
namespace {

void read_hand(const nlohmann::json& points, std::optional<Hand>& hand) {
  if (points.is_null()) return;
  hand.emplace();
  hand->confidence = 1;
  for (std::size_t i = 0; i < kHandPoints; ++i)
    hand->points[i] = {points[i][0], points[i][1], points[i][2]};
}

Landmarks frame_from(const nlohmann::json& line) {
  Landmarks frame;
  frame.timestamp = timestamp_from_seconds(line.at("time_s").get<double>());
  if (const auto& pose = line.at("pose"); !pose.is_null()) {
    frame.pose.emplace();
    frame.pose->confidence = 1;
    for (std::size_t i = 0; i < kPosePoints; ++i) {
      frame.pose->points[i] = {pose[i][0], pose[i][1], pose[i][2]};
      frame.pose->visibility[i] = pose[i][3];
    }
  }
  read_hand(line.at("left_hand"), frame.left_hand);
  read_hand(line.at("right_hand"), frame.right_hand);
  return frame;
}

Repetition repetition_of(const LabTruth& truth, std::int64_t take_number) {
  Repetition repetition;
  repetition.take = take_number;
  repetition.movement = truth.movement;
  repetition.label = truth.label;
  repetition.mistake = truth.mistake;
  return repetition;
}

std::vector<Landmarks> frames_of(const TakeCut& take, const CutSpan& span) {
  const auto own = frames_in(take.frames, span);
  return {own.begin(), own.end()};
}

}  // namespace

std::vector<Landmarks> read_track(const std::filesystem::path& path, int width, int height) {
  std::ifstream file(path);
  if (!file) throw Error(ErrorCode::kNotFound, "there is no track of this clip: " + path.string());
  std::vector<Landmarks> frames;
  for (std::string line; std::getline(file, line);) {
    frames.push_back(frame_from(nlohmann::json::parse(line)));
    frames.back().image_width = width;
    frames.back().image_height = height;
  }
  return frames;
}

std::vector<Repetition> taught_by_cut(const std::vector<ShownTake>& shown,
                                      std::optional<int> first) {
  std::vector<TakeCut> takes;
  for (const ShownTake& each : shown) {
    std::vector<std::vector<Landmarks>> known;
    for (const TakeCut& earlier : takes) {
      for (const CutSpan& span : earlier.spans) known.push_back(frames_of(earlier, span));
    }
    TakeCut now{each.take.frames, first, first.has_value(), false, {}};
    now.spans =
        first ? cut_first_repetitions(now.frames, static_cast<std::size_t>(*first), known).spans
              : cut_repetitions(now.frames, {std::nullopt, known});
    takes.push_back(std::move(now));
    const auto agreeing = agreeing_cuts(takes);
    for (std::size_t i = 0; i < takes.size(); ++i) takes[i].spans = agreeing[i];
  }
  std::vector<Repetition> lessons;
  for (std::size_t i = 0; i < takes.size(); ++i) {
    for (const CutSpan& span : takes[i].spans) {
      LabTruth truth;
      truth.movement = shown[i].take.repetitions.front().movement;
      truth.label = shown[i].label;
      lessons.push_back(repetition_of(truth, static_cast<std::int64_t>(i) + 1));
      lessons.back().frames = frames_of(takes[i], span);
    }
  }
  return lessons;
}

void teach_by_truth(std::vector<Repetition>& lessons, const LabTake& take, std::int64_t take_number,
                    std::size_t every, std::size_t offset) {
  for (std::size_t i = offset; i < take.repetitions.size(); i += every) {
    Repetition repetition = repetition_of(take.repetitions[i], take_number);
    repetition.frames =
        frames_between(take, take.repetitions[i].start_s, take.repetitions[i].end_s);
    lessons.push_back(std::move(repetition));
  }
}

std::vector<Landmarks> frames_between(const LabTake& take, double start_s, double end_s) {
  std::vector<Landmarks> frames;
  for (const Landmarks& frame : take.frames) {
    const double now_s = seconds(frame.timestamp);
    if (now_s >= start_s - 1e-4 && now_s <= end_s + 1e-4) frames.push_back(frame);
  }
  return frames;
}

LabTake begun_within(const LabTake& clip, std::size_t first, double length_s) {
  LabTake take;
  take.name = clip.name + " from " + std::to_string(seconds(clip.frames[first].timestamp)) + " s";
  const double step_s = clip.duration_s() / static_cast<double>(clip.frames.size() - 1);
  const double loop_s = clip.duration_s() + step_s;
  const double begin_s = seconds(clip.frames[first].timestamp);
  for (std::size_t i = 0; static_cast<double>(i) * step_s <= length_s; ++i) {
    Landmarks frame = clip.frames[(first + i) % clip.frames.size()];
    frame.timestamp = timestamp_from_seconds(static_cast<double>(i) * step_s);
    take.frames.push_back(std::move(frame));
  }
  for (const double loop : {0.0, loop_s}) {
    for (LabTruth truth : clip.repetitions) {
      truth.start_s += loop - begin_s;
      truth.end_s += loop - begin_s;
      if (truth.start_s >= 0 && truth.end_s <= length_s) take.repetitions.push_back(truth);
    }
  }
  return take;
}

}  // namespace kata::bench
