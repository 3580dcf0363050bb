// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "kata/landmark/landmarker.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace kata {

/// Which networks look, and how. Returns the option that says which parts of a person they look
/// for.
CLI::Option* add_landmark_options(CLI::App& command, LandmarkerOptions& landmarker);

/// The options that every command with a SOURCE has.
struct SourceOptions {
  std::string source;
  LandmarkerOptions landmarker;

  void add_to(CLI::App& command);
  /// The same without SOURCE, for a command that takes several.
  void add_networks_to(CLI::App& command);
  /// Whether the user said which parts of a person are looked for.
  bool is_mode_chosen() const;

 private:
  const CLI::Option* mode_ = nullptr;
};

}  // namespace kata
