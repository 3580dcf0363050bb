// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "kata/landmark/landmarker.h"

namespace CLI {
class App;
}

namespace kata {

/// Which networks look, and how.
void add_landmark_options(CLI::App& command, LandmarkerOptions& landmarker);

/// The options that every command with a SOURCE has.
struct SourceOptions {
  std::string source;
  LandmarkerOptions landmarker;

  void add_to(CLI::App& command);
};

}  // namespace kata
