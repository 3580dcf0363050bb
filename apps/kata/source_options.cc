// SPDX-License-Identifier: Apache-2.0
#include "source_options.h"

#include <CLI/CLI.hpp>
#include <map>

#include "file_roles.h"

namespace kata {

CLI::Option* add_landmark_options(CLI::App& command, LandmarkerOptions& landmarker) {
  static const std::map<std::string, LandmarkModel> kModels = {{"lite", LandmarkModel::kLite},
                                                               {"full", LandmarkModel::kFull},
                                                               {"heavy", LandmarkModel::kHeavy}};
  static const std::map<std::string, LandmarkMode> kModes = {{"auto", LandmarkMode::kAuto},
                                                             {"holistic", LandmarkMode::kHolistic},
                                                             {"hands", LandmarkMode::kHands},
                                                             {"body", LandmarkMode::kBody}};
  command.add_option("--model", landmarker.model, "body network: lite, full or heavy")
      ->transform(CLI::CheckedTransformer(kModels))
      ->default_str("full");
  return command
      .add_option("--mode", landmarker.mode,
                  "auto: body and hands, hands also by themselves; holistic: as MediaPipe "
                  "Holistic; hands: no body; body: no hands")
      ->transform(CLI::CheckedTransformer(kModes))
      ->default_str("auto");
}

void SourceOptions::add_to(CLI::App& command) {
  as(FileRole::kSource,
     command.add_option(
         "SOURCE", source,
         "video file, image, image pattern (frames/%04d.png), camera number, device, "
         "rtsp:// address, or a track that was stored (.jsonl, .csv, also .gz)"))
      ->required();
  add_networks_to(command);
}

void SourceOptions::add_networks_to(CLI::App& command) {
  mode_ = add_landmark_options(command, landmarker);
  command.add_option("--threads", landmarker.threads, "processor threads for the networks")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
}

bool SourceOptions::is_mode_chosen() const { return mode_ != nullptr && mode_->count() > 0; }

}  // namespace kata
