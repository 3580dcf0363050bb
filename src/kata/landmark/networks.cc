// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/networks.h"

#include <algorithm>

#include "kata/core/error.h"
#include "kata/infer/model_folder.h"

namespace kata {

const char* pose_network_name(LandmarkModel model) {
  switch (model) {
    case LandmarkModel::kLite:
      return "pose_landmark_lite";
    case LandmarkModel::kFull:
      return "pose_landmark_full";
    case LandmarkModel::kHeavy:
      return "pose_landmark_heavy";
  }
  return "";
}

namespace {

int checked_threads(int threads) {
  if (threads >= 1) return threads;
  throw Error(ErrorCode::kInvalidArgument, "The number of threads must be at least 1.");
}

}  // namespace

Networks::Networks(const LandmarkerOptions& options)
    : model_(options.model),
      threads_(checked_threads(options.threads)),
      is_body_ahead_(options.with_look_ahead),
      folder_(model_folder(options.models_folder)),
      engine_(compiled_network_folder()) {}

Network Networks::load(const char* name, const NetworkOptions& options) {
  return engine_.load(model_file(folder_, name), options);
}

Detector Networks::pose_detector() {
  return Detector(load("pose_detection", {.threads = threads_}), pose_detector_shape());
}

PoseNetwork Networks::pose() {
  const int threads = is_body_ahead_ ? std::max(1, threads_ / 2) : threads_;
  return PoseNetwork(
      load(pose_network_name(model_), {.threads = threads, .outputs = {0, 1, 3, 4}}));
}

Detector Networks::palm_detector() {
  return Detector(load("palm_detection_full", {.threads = threads_}), palm_detector_shape());
}

// Two hands side by side, each with half of the threads.
Network Networks::hand_recrop() {
  return load("hand_recrop", {.threads = std::max(1, threads_ / 2), .parallel = 2});
}

Network Networks::hand() {
  return load("hand_landmark_full", {.threads = std::max(1, threads_ / 2), .parallel = 2});
}

Detector Networks::face_detector() {
  return Detector(load("face_detection_short_range", {}), face_detector_shape());
}

Network Networks::face() { return load("face_landmark", {}); }

}  // namespace kata
