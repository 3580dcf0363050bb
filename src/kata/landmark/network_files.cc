// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/network_files.h"

#include "kata/infer/model_folder.h"
#include "kata/landmark/networks.h"

namespace kata {

std::vector<std::filesystem::path> network_files(const LandmarkerOptions& options) {
  const std::filesystem::path folder = model_folder(options.models_folder);
  std::vector<const char*> names = {"pose_detection", pose_network_name(options.model),
                                    "palm_detection_full", "hand_recrop", "hand_landmark_full"};
  if (options.with_face) names.insert(names.end(), {"face_detection_short_range", "face_landmark"});
  std::vector<std::filesystem::path> files;
  for (const char* name : names) files.push_back(model_file(folder, name));
  return files;
}

}  // namespace kata
