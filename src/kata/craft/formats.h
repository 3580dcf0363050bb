// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "kata/craft/export_craft.h"
#include "kata/craft/import_reading.h"

namespace kata {

/// A format that `kata import` reads.
struct ImportFormat {
  std::string_view name;
  std::string_view description;
  bool (*recognises)(const ImportCandidate& candidate);
  ImportReading (*read)(const ImportCandidate& candidate, const ImportOptions& options);
};

/// A format that `kata export` writes.
struct ExportFormat {
  std::string_view name;
  std::string_view description;
  bool is_folder;
  void (*write)(const Craft& craft, const std::filesystem::path& place,
                const ExportOptions& options);
};

/// The one list: a new format is a row here. The first that recognises a file reads it.
std::span<const ImportFormat> import_formats();
std::span<const ExportFormat> export_formats();

}  // namespace kata
