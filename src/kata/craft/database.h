// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "kata/core/error.h"
#include "kata/craft/sqlite.h"

namespace kata {

/// "KATA", at byte 68 of the file.
inline constexpr std::int32_t kApplicationId = 0x4B415441;

/// Opens a file as an untrusted database: no triggers, views or functions of the file's, sizes
/// limited, every lock waited for at most two seconds. Throws sqlite::Failure.
sqlite::Database open_untrusted(const std::filesystem::path& path, sqlite::Open open);

/// Throws Error unless the file is a sound craft of a version that this program knows.
///
/// The schema must be word for word what migrations.cc makes, so a file can bring no code. Content
/// is checked in bounded time: the tables that every listing reads always, landmarks only in files
/// up to kFullCheckBytes (their blobs carry a checksum of their own).
void check_is_craft(sqlite::Database& database, const std::filesystem::path& path);
inline constexpr std::uintmax_t kFullCheckBytes = 16U << 20U;

/// What SQLite says, as a sentence for a person.
Error error_from_sqlite(const sqlite::Failure& exception, const std::filesystem::path& path);

/// Leaves one plain file: no write-ahead log beside it, unless another program has it open.
void fold_into_one_file(sqlite::Database& database) noexcept;

/// Runs `work`, turning SQLite's exceptions into Error.
template <typename Work>
auto translated(const std::filesystem::path& path, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const sqlite::Failure& exception) {
    throw error_from_sqlite(exception, path);
  }
}

}  // namespace kata
