// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "kata/craft/craft.h"

namespace kata {

struct ExportOptions {
  bool with_header = false;  ///< prototype CSV: the line of column names first
};

/// Writes all repetitions that are not removed in a format of formats.cc, to a file or a new folder
/// that appears under its name only when complete.
///
/// Numbers that came from an import go out digit for digit. An existing file is replaced, a folder
/// must be new or empty. Throws Error{kInvalidArgument} for an unknown format, {kNotEnough} for a
/// craft without repetitions.
void export_craft(const Craft& craft, const std::filesystem::path& place, const std::string& format,
                  const ExportOptions& options = {});

}  // namespace kata
