// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kata/input/frame_source.h"

namespace kata {

/// One kind of SOURCE. The first kind in the list that accepts a SOURCE opens it.
struct SourceKind {
  std::string_view name;
  std::string_view form;  ///< how such a SOURCE is written, for help texts
  bool (*accepts)(const std::string& spec);
  std::unique_ptr<FrameSource> (*make)(const std::string& spec);
};

/// Every kind there is; a new one is added here.
std::span<const SourceKind> source_kinds();

/// The files or devices that a SOURCE reads as they are now: all pictures of a series, none of a
/// network camera.
std::vector<std::filesystem::path> files_of_source(const std::string& spec);

}  // namespace kata
