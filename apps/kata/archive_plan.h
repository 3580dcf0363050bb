// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kata/archive/archive_unit.h"
#include "kata/archive/settings.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace kata {

/// What `kata archive` and `kata archive plan` make, and of which videos.
struct ArchivePlan {
  std::string source;
  std::string out;
  ArchiveSettings settings;
  std::optional<std::string> craft;
  std::optional<std::string> split;
  bool with_jsonl = false;
  bool is_watching = false;

  /// Returns the options without which there is nothing to do.
  std::vector<CLI::Option*> add_to(CLI::App& command);
  /// Stores the plan in the archive's folder and returns its units.
  std::vector<ArchiveUnit> make() const;
};

/// "10min", "90s", "1.5h" or a number of seconds. Throws Error{kInvalidArgument}.
double seconds_from_text(const std::string& text);

}  // namespace kata
