// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kata/craft/import_file.h"
#include "kata/craft/row_layout.h"

namespace kata {

/// A file or folder that someone wants to import.
struct ImportCandidate {
  std::filesystem::path path;
  bool is_folder = false;
  std::string content;  ///< of a file; empty for a folder
};

/// What was read from one, before anything is stored.
struct ImportReading {
  std::vector<ImportedRepetition> repetitions;
  ImportReport report;  ///< its counts of repetitions are filled in later
  std::string sha256;
};

/// Notes a problem; beyond the first ten they are only counted.
void add_problem(ImportReport& report, ImportProblem problem);

/// Which repetition a row of numbers belongs to.
struct RowKey {
  std::string movement;
  std::optional<Label> label;  ///< empty: nobody has judged it, it is a take to be cut
  std::int64_t sequence = 0;

  bool operator==(const RowKey&) const = default;
};

/// When a row was recorded and how big the picture was, where the file says so.
struct RowMoment {
  std::optional<Timestamp> timestamp;
  int image_width = 0;
  int image_height = 0;
};

/// Collects rows into repetitions: consecutive rows of one key make one.
class RowCollector {
 public:
  RowCollector(const RowLayout& layout, const ImportOptions& options, ImportReading& reading);

  /// Not-a-number in a row says that it was not seen.
  void add(const RowKey& key, std::span<double> row, const RowMoment& moment);
  /// Ends the last repetition.
  void finish();

 private:
  void store_judged();
  void store_take();
  void store(std::size_t first, std::size_t last, Label label, bool with_numbers);

  const RowLayout& layout_;
  const ImportOptions& options_;
  ImportReading& reading_;
  RowKey key_;
  std::vector<Landmarks> frames_;  ///< of the repetition being read
  std::vector<double> numbers_;
  std::int64_t rows_ = 0;      ///< of the whole file
  bool lacks_points_ = false;  ///< bodies of the repetition being read
};

}  // namespace kata
