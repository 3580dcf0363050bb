// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kata/craft/craft.h"
#include "kata/craft/migrations.h"
#include "kata/store/database.h"
#include "kata/store/stored_text.h"

namespace kata {

struct Craft::Impl {
  Impl(std::filesystem::path path_in, Access access_in);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// Runs `work` in one transaction that is committed when it returns.
  template <typename Work>
  auto change(Work&& work) {
    require_writable();
    return translated(craft_kind(), path,
                      [&] { return in_transaction(database, std::forward<Work>(work)); });
  }

  template <typename Work>
  auto read(Work&& work) {
    return translated(craft_kind(), path, std::forward<Work>(work));
  }

  sqlite::Statement statement(const char* sql) { return {database, sql}; }

  void require_writable() const;
  Error damaged_row(const char* what) const;
  /// The id of a movement. Error{kNotFound}.
  std::int64_t movement_id(const std::string& name);
  std::int64_t movement_id_or_new(const std::string& name);
  /// For use inside change().
  std::int64_t insert_take(const Take& take);
  std::int64_t insert_repetition(const Repetition& repetition, std::int64_t take);
  /// Somebody changed a repetition of the take: its cut is not the program's any more.
  void mark_corrected(std::int64_t take);
  void mark_corrected_of(std::int64_t repetition);
  void store_classifier(const StoredClassifier& classifier);
  /// Stores a classifier that calls a movement by another name, and what it was taught likewise.
  void store_renamed(const StoredClassifier& renamed, const std::string& from,
                     const std::string& to);
  void store_landmarks(std::int64_t id, const std::vector<Landmarks>& frames);

  std::filesystem::path path;
  Access access;
  sqlite::Database database;
};

/// A text column of a file that may come from a stranger.
inline std::string text_of(const sqlite::Column& column) { return shown_text(column.text()); }

/// Landmarks as they lie in a column. Error{kCorrupt}.
std::vector<Landmarks> landmarks_of(const sqlite::Column& blob);

/// A label with its mistake as the teacher may give it: none on a correct repetition.
void check_label(Label label, const std::optional<std::string>& mistake);

}  // namespace kata
