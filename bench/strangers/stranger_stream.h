// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "lab_take.h"

namespace kata::bench {

/// A stream of landmarks of one person and what the generator knows of it.
struct StrangerStream {
  LabTake take;
  std::string movement;
  std::string person;
  bool is_teacher = false;
  bool is_left_handed = false;
  bool is_tracked = false;  ///< a rendered clip, tracked; otherwise points with simulated noise
  double yaw_deg = 0;       ///< of the camera about the person
  double size = 1;          ///< of the movement
  double tempo = 1;
};

/// NAME.json with NAME.jsonl or NAME.jsonl.gz beside it or in `tracks`. Those of which there is no
/// track are left out.
std::vector<StrangerStream> load_streams(const std::filesystem::path& folder,
                                         const std::filesystem::path& tracks, bool is_tracked);

}  // namespace kata::bench
