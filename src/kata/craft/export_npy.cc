// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/export_formats.h"
#include "kata/craft/label_text.h"
#include "kata/craft/npy_array.h"

namespace kata {

void export_npy_tree(const Craft& craft, const std::filesystem::path& place, const ExportOptions&) {
  // Trees of 1662 values stay such trees; everything else is written as 225.
  const auto choose = [](const OriginalNumbers* original) -> const RowLayout& {
    return row_layout(original != nullptr && original->layout == "holistic" ? "holistic" : "web");
  };
  visit_numbered(craft, choose, [&place](const NumberedRepetition& numbered) {
    const std::string label = joined_label(numbered.repetition.movement, numbered.repetition.label);
    const std::filesystem::path folder =
        place / file_name_from(label) / std::to_string(numbered.sequence);
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < numbered.rows.size(); ++i) {
      write_file(folder / (std::to_string(i) + ".npy"), npy_from_numbers(numbered.rows[i]));
    }
  });
}

}  // namespace kata
