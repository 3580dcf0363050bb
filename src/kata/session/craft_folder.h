// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kata {

/// The craft files of one folder, each addressed by an id that says nothing of its path.
///
/// The id follows from the file's name, so it is the same after a restart. Only files that are in
/// the folder can be reached: an id is looked up, never turned into a path.
class CraftFolder {
 public:
  struct Entry {
    std::string id;
    std::filesystem::path path;
    std::string name;  ///< file name without its ending
  };

  /// Makes the folder if it is not there. Throws Error{kIo} when that cannot be done.
  explicit CraftFolder(std::filesystem::path folder);

  const std::filesystem::path& folder() const { return folder_; }
  /// Sorted by name.
  std::vector<Entry> entries() const;
  /// Those that were removed and can be brought back.
  std::vector<Entry> removed() const;
  /// Throws Error{kNotFound}.
  std::filesystem::path path(std::string_view id) const;
  static std::string id_of(const std::filesystem::path& path);
  /// Whether free_path(title) gave it its name, so that the title says more.
  static bool is_named_after(const std::filesystem::path& path, std::string_view title);

  /// A path that no craft has, here or among the removed; letters and digits of the title only.
  std::filesystem::path free_path(std::string_view title) const;
  void remove(std::string_view id) const;
  void restore(std::string_view id) const;
  /// Copies a craft's file under a new name and returns that.
  std::filesystem::path duplicate(std::string_view id) const;
  /// A hidden name for a copy that is on its way out.
  std::filesystem::path outgoing_path() const;
  /// Removes what a program that was killed left of files on their way in or out, after a day.
  void sweep() const;
  /// Gives a file that is no craft of the folder yet (IncomingCraft) a name of its own.
  std::filesystem::path adopt(const std::filesystem::path& incoming, std::string_view title) const;

 private:
  std::vector<Entry> entries_with_ending(std::string_view ending) const;

  std::filesystem::path folder_;
};

}  // namespace kata
