// SPDX-License-Identifier: Apache-2.0
#include "source_options.h"

#include <CLI/CLI.hpp>
#include <map>

namespace kata {

void add_landmark_options(CLI::App& command, LandmarkerOptions& landmarker) {
  static const std::map<std::string, LandmarkModel> kModels = {{"lite", LandmarkModel::kLite},
                                                               {"full", LandmarkModel::kFull},
                                                               {"heavy", LandmarkModel::kHeavy}};
  static const std::map<std::string, LandmarkMode> kModes = {{"auto", LandmarkMode::kAuto},
                                                             {"holistic", LandmarkMode::kHolistic},
                                                             {"hands", LandmarkMode::kHands}};
  command.add_option("--model", landmarker.model, "body network: lite, full or heavy")
      ->transform(CLI::CheckedTransformer(kModels))
      ->default_str("full");
  command
      .add_option(
          "--mode", landmarker.mode,
          "auto: body and hands, hands also by themselves; holistic: as MediaPipe Holistic; hands")
      ->transform(CLI::CheckedTransformer(kModes))
      ->default_str("auto");
}

void SourceOptions::add_to(CLI::App& command) {
  command
      .add_option("SOURCE", source,
                  "video file, image, image pattern (frames/%04d.png), camera number, device, "
                  "rtsp:// address, or a track that was stored (.jsonl, .csv, also .gz)")
      ->required();
  add_landmark_options(command, landmarker);
  command.add_option("--threads", landmarker.threads, "processor threads for the networks")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
}

}  // namespace kata
