// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "kata/craft/export_craft.h"
#include "kata/craft/row_layout.h"

namespace kata {

// The writers of formats.cc. `place` is a file or folder that nobody else sees yet.
void export_prototype_csv(const Craft& craft, const std::filesystem::path& place,
                          const ExportOptions& options);
void export_web_csv(const Craft& craft, const std::filesystem::path& place,
                    const ExportOptions& options);
void export_npy_tree(const Craft& craft, const std::filesystem::path& place,
                     const ExportOptions& options);
void export_json(const Craft& craft, const std::filesystem::path& place,
                 const ExportOptions& options);
void export_trc(const Craft& craft, const std::filesystem::path& place,
                const ExportOptions& options);

/// One repetition as the prototype's formats see it.
struct NumberedRepetition {
  const Repetition& repetition;
  std::int64_t sequence;  ///< the imported number, or a new count for each movement and label
  const RowLayout& layout;
  std::vector<std::vector<double>> rows;  ///< one for each frame, in `layout`
};

/// Picks the layout of a repetition; null when it was recorded, not imported.
using ChooseLayout = std::function<const RowLayout&(const OriginalNumbers* original)>;

/// Visits every repetition in order, one in memory at a time.
void visit_numbered(const Craft& craft, const ChooseLayout& choose,
                    const std::function<void(const NumberedRepetition&)>& visit);

/// Shortest text that reads back as the same double.
std::string number_text(double value);

/// A name as part of a path: no separators, no leading dot.
std::string file_name_from(const std::string& name);

/// What a stream's failure is thrown as, right after it: by errno.
std::filesystem::filesystem_error write_failure(const std::filesystem::path& path);

/// Asked after each repetition: what is done between two of them may set another errno. Throws
/// write_failure().
void check_written(const std::ostream& stream, const std::filesystem::path& path);

/// Writes and checks that it arrived. Throws write_failure().
void write_file(const std::filesystem::path& path, const std::string& bytes);

}  // namespace kata
