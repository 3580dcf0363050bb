// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "kata/progress/progress_file.h"
#include "kata/progress/progress_kind.h"
#include "kata/store/stored_text.h"

namespace kata {

struct ProgressFile::Impl {
  Impl(std::filesystem::path path_in, Access access_in);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  template <typename Work>
  auto change(Work&& work) {
    if (access == Access::kRead) throw read_only(progress_kind(), path);
    return translated(progress_kind(), path,
                      [&] { return in_transaction(database, std::forward<Work>(work)); });
  }

  template <typename Work>
  auto read(Work&& work) {
    return translated(progress_kind(), path, std::forward<Work>(work));
  }

  sqlite::Statement statement(const std::string& sql) { return {database, sql}; }

  std::filesystem::path path;
  Access access;
  sqlite::Database database;
};

/// " WHERE …" over the tables sitting (s) and repetition (r), with its values.
struct Conditions {
  explicit Conditions(const ProgressFilter& filter, bool with_repetitions = true);
  void bind_to(sqlite::Statement& statement) const;
  std::string sql;
  std::vector<std::string> values;
};

inline std::string text_of(const sqlite::Column& column) { return shown_text(column.text()); }

}  // namespace kata
