// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <type_traits>

#include "kata/core/error.h"
#include "kata/store/sqlite.h"

namespace kata {

/// One kind of file that Kata keeps in SQLite. Lives as long as the program.
struct FileKind {
  std::int32_t application_id = 0;  ///< at byte 68 of the file
  const char* name = "";            ///< in sentences: "craft" of "the craft file is damaged"
  const char* ending = "";          ///< ".kata"
  /// Step i makes version i + 1 of the schema from version i (user_version of the file); version 0
  /// is an empty file. A released step never changes: a new field is a new step.
  std::span<const char* const> steps;
  /// Tables that every listing reads: their content is checked in files of any size.
  std::span<const char* const> listed;
  const char* referring = "";  ///< of them, the one whose references must lead somewhere

  int newest_version() const { return static_cast<int>(steps.size()); }
};

enum class FileAccess { kRead, kWrite };

/// Opens a file as an untrusted database: no triggers, views or functions of the file's, sizes
/// limited, every lock waited for at most two seconds. Throws sqlite::Failure.
sqlite::Database open_untrusted(const std::filesystem::path& path, sqlite::Open open);

/// Throws Error unless the file is a sound one of its kind, of a version that this program knows.
///
/// The schema must be word for word what the kind's steps make, so a file can bring no code.
/// Content is checked in bounded time: the listed tables always, blobs only in files up to
/// kFullCheckBytes (landmarks carry a checksum of their own).
void check_is(const FileKind& kind, sqlite::Database& database, const std::filesystem::path& path);
inline constexpr std::uintmax_t kFullCheckBytes = 16U << 20U;

/// Opens a file that is there, checked and brought up to date; for writing with a write-ahead log,
/// where what is committed survives a power cut. Throws Error.
sqlite::Database open_checked(const FileKind& kind, const std::filesystem::path& path,
                              FileAccess access);

/// Runs the steps that lead from the file's version to the newest in one transaction.
void bring_up_to_date(const FileKind& kind, sqlite::Database& database);

/// What SQLite says, as a sentence for a person.
Error error_from_sqlite(const FileKind& kind, const sqlite::Failure& exception,
                        const std::filesystem::path& path);
Error read_only(const FileKind& kind, const std::filesystem::path& path);

/// Leaves one plain file: no write-ahead log beside it, unless another program has it open.
void fold_into_one_file(sqlite::Database& database) noexcept;

/// Runs `work`, turning SQLite's exceptions into Error.
template <typename Work>
auto translated(const FileKind& kind, const std::filesystem::path& path, Work&& work)
    -> decltype(work()) {
  try {
    return work();
  } catch (const sqlite::Failure& exception) {
    throw error_from_sqlite(kind, exception, path);
  }
}

/// Runs `work` in one transaction that is committed when it returns.
///
/// It is IMMEDIATE: two writers wait for each other instead of failing half-way.
template <typename Work>
auto in_transaction(sqlite::Database& database, Work&& work) -> decltype(work()) {
  sqlite::Transaction transaction(database, sqlite::Transaction::Begin::kAtOnce);
  if constexpr (std::is_void_v<decltype(work())>) {
    work();
    transaction.commit();
  } else {
    auto result = work();
    transaction.commit();
    return result;
  }
}

}  // namespace kata
