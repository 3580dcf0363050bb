// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/import_npy.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "kata/core/error.h"
#include "kata/craft/label_text.h"
#include "kata/craft/npy_array.h"
#include "kata/craft/read_whole_file.h"
#include "kata/craft/sha256.h"
#include "kata/store/stored_text.h"

namespace kata {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxFrameFileBytes = 1U << 20U;
constexpr std::size_t kMaxFiles = 1'000'000;

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

/// A folder or file whose name is a number; 10 comes after 9.
struct Numbered {
  std::int64_t number;
  fs::path path;
  bool operator<(const Numbered& other) const { return number < other.number; }
};

std::vector<fs::path> sorted_folders(const fs::path& folder) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder)) {
    // Links are not followed: a tree from a stranger reads nothing outside itself.
    if (entry.is_directory() && !entry.is_symlink()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::vector<Numbered> numbered_folders(const fs::path& folder) {
  std::vector<Numbered> found;
  for (const fs::path& path : sorted_folders(folder)) {
    if (const auto number = whole_number(path.filename().string()))
      found.push_back({*number, path});
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Numbered> frame_files(const fs::path& folder) {
  std::vector<Numbered> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.is_symlink() || entry.path().extension() != ".npy")
      continue;
    if (const auto number = whole_number(entry.path().stem().string())) {
      found.push_back({*number, entry.path()});
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

const RowLayout* layout_of(std::size_t values) {
  if (values == 225) return &row_layout("web");
  if (values == 1662) return &row_layout("holistic");
  return nullptr;
}

/// Reads one tree; all frames must have the layout of the first.
class NpyTreeReader {
 public:
  NpyTreeReader(const fs::path& root, const ImportOptions& options)
      : root_(root), options_(options) {}

  ImportReading read() {
    if (!numbered_folders(root_).empty()) {
      read_label(root_);
    } else {
      for (const fs::path& label : sorted_folders(root_)) read_label(label);
    }
    if (collector_ && reading_.report.problem_count == 0) collector_->finish();
    reading_.sha256 = hash_.finish();
    return std::move(reading_);
  }

 private:
  void read_label(const fs::path& folder) {
    const auto sequences = numbered_folders(folder);
    if (sequences.empty()) return;
    const SplitLabel split =
        split_label(fs::absolute(folder).lexically_normal().filename().string());
    RowKey key{split.movement, split.label.value_or(options_.label), 0};
    try {
      check_text(key.movement, kMaxNameBytes, "label's name");
    } catch (const Error& error) {
      return add_problem(reading_.report, {folder, 0, 0, error.what()});
    }
    for (const Numbered& sequence : sequences) {
      key.sequence = sequence.number;
      for (const Numbered& frame : frame_files(sequence.path)) read_frame(key, frame.path);
      // The next label may begin with the same key's number; each folder is one repetition.
      if (collector_ && reading_.report.problem_count == 0) collector_->finish();
    }
  }

  void read_frame(const RowKey& key, const fs::path& path) {
    if (++files_ > kMaxFiles) {
      throw Error(
          ErrorCode::kUnsupported,
          "the folder holds more than " + std::to_string(kMaxFiles) + " frames: " + root_.string());
    }
    try {
      const std::string bytes = read_whole_file(path, kMaxFrameFileBytes);
      hash_.add(path.lexically_relative(root_).generic_string());
      hash_.add(std::string_view("\0", 1));
      hash_.add(bytes);
      add_row(key, path, numbers_from_npy(bytes));
    } catch (const Error& error) {
      add_problem(reading_.report, {path, 0, 0, error.what()});
    }
  }

  void add_row(const RowKey& key, const fs::path& path, std::vector<double> row) {
    const RowLayout* layout = layout_of(row.size());
    if (layout == nullptr || (layout_ != nullptr && layout != layout_)) {
      const std::string expected =
          layout_ == nullptr ? "225 or 1662" : std::to_string(layout_->values());
      return add_problem(
          reading_.report,
          {path, 0, 0, "has " + std::to_string(row.size()) + " values instead of " + expected});
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (std::isnan(row[i]) || std::isfinite(static_cast<float>(row[i]))) continue;
      return add_problem(reading_.report, {path, 0, i + 1, "is not a finite number"});
    }
    if (layout_ == nullptr) {
      layout_ = layout;
      collector_.emplace(*layout, options_, reading_);
    }
    if (reading_.report.problem_count == 0) collector_->add(key, row, {});
  }

  const fs::path& root_;
  const ImportOptions& options_;
  ImportReading reading_;
  Sha256 hash_;
  const RowLayout* layout_ = nullptr;
  std::optional<RowCollector> collector_;
  std::size_t files_ = 0;
};

}  // namespace

bool is_npy_tree(const ImportCandidate& candidate) {
  if (!candidate.is_folder) return false;
  if (!numbered_folders(candidate.path).empty()) return true;
  for (const fs::path& label : sorted_folders(candidate.path)) {
    if (!numbered_folders(label).empty()) return true;
  }
  return false;
}

ImportReading read_npy_tree(const ImportCandidate& candidate, const ImportOptions& options) {
  return NpyTreeReader(candidate.path, options).read();
}

}  // namespace kata
