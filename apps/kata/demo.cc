// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "commands.h"
#include "file_roles.h"
#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/infer/model_folder.h"
#include "kata/session/teach.h"
#include "kata/session/train_craft.h"
#include "kata/session/watch.h"
#include "kata/show/output_place.h"
#include "picture_output.h"
#include "progress_bar.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMovement = "hammer";
constexpr std::array kClips = {"teacher-right.mp4", "teacher-wrong.mp4", "learner.mp4",
                               "learner.json"};

struct Truth {
  double start_s = 0;
  double end_s = 0;
  std::string label;
  std::string mistake;
};

struct DemoArguments {
  std::string folder = "kata-demo";
  LandmarkerOptions landmarker;
};

fs::path clip(const std::string& name) {
  fs::path path = data_folder("demo", KATA_DEMO_DIR) / (std::string(kMovement) + "-" + name);
  if (!fs::exists(path)) {
    throw Error(ErrorCode::kNotFound, "a clip of the demonstration is missing: " + path.string());
  }
  return path;
}

std::vector<Truth> read_truth() {
  std::ifstream file(clip("learner.json"));
  const nlohmann::json json = nlohmann::json::parse(file);
  const double frame_rate_hz = json.at("fps").get<double>();
  std::vector<Truth> truths;
  for (const auto& repetition : json.at("repetitions")) {
    const auto& mistake = repetition.at("mistake");
    truths.push_back({repetition.at("start_frame").get<double>() / frame_rate_hz,
                      repetition.at("end_frame").get<double>() / frame_rate_hz,
                      repetition.at("label").get<std::string>(),
                      mistake.is_null() ? std::string() : mistake.get<std::string>()});
  }
  return truths;
}

void teach_take(const fs::path& craft, const std::string& name, Label label,
                Landmarker& landmarker) {
  const auto source = make_source(clip(name).string());
  ProgressBar bar;
  const TeachResult result = teach(craft, {kMovement, label, {}, "teacher", {}}, *source,
                                   landmarker, {}, bar.callback(), Interrupt::token());
  bar.clear();
  fmt::print("  taught {:<5} {} repetitions cut from {}\n",
             label == Label::kCorrect ? "right" : "wrong", result.repetitions.size(),
             clip(name).filename().string());
}

WatchSummary watch_learner(const fs::path& craft, const fs::path& video, Landmarker& landmarker) {
  const auto source = make_source(clip("learner.mp4").string());
  PictureOutput pictures({.video_path = video.string()}, source->describe());
  ProgressBar bar;
  WatchListener listener;
  listener.on_frame = [&](const FollowedFrame& followed, Sitting& sitting) {
    pictures.show(followed.frame, sitting.scene());
    return true;
  };
  WatchSummary summary = watch(*source, landmarker, load_judge(craft), {}, listener, bar.callback(),
                               Interrupt::token());
  pictures.finish();
  return summary;
}

const Verdict* overlapping(const std::vector<Verdict>& verdicts, const Truth& truth) {
  const Verdict* best = nullptr;
  double best_overlap_s = 0;
  for (const Verdict& verdict : verdicts) {
    if (verdict.kind == VerdictKind::kOther) continue;
    const double overlap_s = std::min(seconds(verdict.end), truth.end_s) -
                             std::max(seconds(verdict.start), truth.start_s);
    if (overlap_s > best_overlap_s) {
      best = &verdict;
      best_overlap_s = overlap_s;
    }
  }
  return best;
}

std::string in_words(std::string_view label) {
  if (label == "correct") return "right";
  if (label == "incorrect") return "wrong";
  return std::string(label);
}

void print_table(const WatchSummary& summary, const std::vector<Truth>& truths) {
  int agreed = 0;
  int found = 0;
  fmt::print("\n  {:>2}  {:>11}  {:<8} {:>5}  {:<24} {}\n", "#", "time s", "verdict", "score",
             "truth", "reason");
  for (std::size_t i = 0; i < truths.size(); ++i) {
    const Truth& truth = truths[i];
    const Verdict* verdict = overlapping(summary.verdicts, truth);
    const std::string truth_words =
        in_words(truth.label) + (truth.mistake.empty() ? "" : " (" + truth.mistake + ")");
    if (verdict == nullptr) {
      fmt::print("  {:>2}  {:>5.1f}–{:<5.1f}  {:<8} {:>5}  {:<24}\n", i + 1, truth.start_s,
                 truth.end_s, "missed", "", truth_words);
      continue;
    }
    ++found;
    agreed += to_string(verdict->kind) == truth.label ? 1 : 0;
    fmt::print("  {:>2}  {:>5.1f}–{:<5.1f}  {:<8} {:>5}  {:<24} {}\n", i + 1,
               seconds(verdict->start), seconds(verdict->end), in_words(to_string(verdict->kind)),
               verdict->score, truth_words,
               verdict->reasons.empty() ? "" : verdict->reasons.front().text);
  }
  const int extra = summary.tally.repetitions - found;
  fmt::print(
      "\n  {} of {} repetitions found, {} judged as the truth says, {} false; {:.0f} frames a "
      "second\n",
      found, truths.size(), agreed, extra, summary.stream.frame_rate_hz);
}

/// What the demonstration makes replaces what an earlier one has made, and nothing else.
void check_places(const fs::path& craft, const fs::path& video) {
  std::vector<NamedFile> clips;
  for (const char* name : kClips) clips.push_back({"a clip of the demonstration", clip(name)});
  check_outputs(std::vector<NamedFile>{{"--folder", craft}, {"--folder", video}}, clips);
  output_place(video);
  if (!fs::exists(craft)) return;
  const auto is_its = [](const Take& take) {
    return std::ranges::any_of(
        kClips, [&](const char* name) { return clip(name).filename() == take.source; });
  };
  const auto takes = Craft::open(craft, Craft::Access::kRead).takes();
  if (takes.empty() || !std::ranges::all_of(takes, is_its)) {
    throw Error(ErrorCode::kInvalidArgument,
                "there is a craft of yours with the name of the demonstration's; choose another "
                "folder with --folder: " +
                    craft.string());
  }
}

bool has_camera() { return fs::exists("/dev/video0"); }

void run_demo(const DemoArguments& arguments) {
  const std::vector<Truth> truths = read_truth();
  std::error_code error;
  fs::create_directories(arguments.folder, error);
  if (error) {
    throw Error(ErrorCode::kIo, "cannot make the folder (" + error.message() +
                                    "); choose another with --folder: " + arguments.folder);
  }
  const fs::path craft = fs::path(arguments.folder) / "hammer.kata";
  const fs::path video = fs::path(arguments.folder) / "hammer-learner.mp4";
  check_places(craft, video);
  fs::remove(craft, error);

  fmt::print("A teacher shows hammering, right and wrong; then another person tries.\n\n");
  LandmarkerOptions options = arguments.landmarker;
  options.with_look_ahead = true;
  const auto landmarker = make_landmarker(options);
  teach_take(craft, "teacher-right.mp4", Label::kCorrect, *landmarker);
  landmarker->reset();
  teach_take(craft, "teacher-wrong.mp4", Label::kIncorrect, *landmarker);
  landmarker->reset();
  train_craft(craft, {}, {}, Interrupt::token());
  fmt::print("  trained\n");
  const WatchSummary summary = watch_learner(craft, video, *landmarker);
  print_table(summary, truths);
  fmt::print("\n  annotated video  {}\n  craft file       {}\n", fs::absolute(video).string(),
             fs::absolute(craft).string());
  if (has_camera()) fmt::print("\nThe same with your camera:  kata watch {} 0\n", craft.string());
}

}  // namespace

void add_demo(CLI::App& app) {
  auto arguments = std::make_shared<DemoArguments>();
  CLI::App* command =
      app.add_subcommand("demo", "Teach, train and watch on the clips that come with the program");
  as(FileRole::kOutputFolder, command->add_option("--folder", arguments->folder,
                                                  "where the craft and the annotated video go"))
      ->capture_default_str();
  command->callback([arguments] { run_demo(*arguments); });
}

}  // namespace kata
