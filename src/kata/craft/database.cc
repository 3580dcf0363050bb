// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/database.h"

#include <sqlite3.h>

#include <system_error>
#include <vector>

#include "kata/craft/migrations.h"

namespace kata {
namespace {

constexpr int kBusyTimeoutMs = 2000;
constexpr int kMaxValueBytes = 256 << 20;  // a blob or text; far above any repetition

using SchemaEntry = std::vector<std::string>;

std::vector<SchemaEntry> schema_of(sqlite::Database& database) {
  sqlite::Statement query(
      database,
      "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name, sql");
  std::vector<SchemaEntry> entries;
  while (query.step()) {
    entries.push_back({query.column(0).text(), query.column(1).text(), query.column(2).text(),
                       query.column(3).text()});
  }
  return entries;
}

std::vector<SchemaEntry> schema_of_version(int version) {
  sqlite::Database made(":memory:", sqlite::Open::kOrNew);
  migrate(made, version);
  return schema_of(made);
}

Error damaged(const std::filesystem::path& path, const char* what) {
  return {ErrorCode::kCorrupt, std::string("the craft file is damaged (") + what +
                                   "); take a copy from before: " + path.string()};
}

Error not_a_craft(const std::filesystem::path& path) {
  return {ErrorCode::kCorrupt, "this is not a craft file (*.kata): " + path.string()};
}

void check_version(sqlite::Database& database, const std::filesystem::path& path) {
  if (database.integer_of("PRAGMA application_id") != kApplicationId) {
    throw not_a_craft(path);
  }
  const int version = database.integer_of("PRAGMA user_version");
  if (version > newest_version()) {
    throw Error(ErrorCode::kUnsupported,
                "the craft was made by a newer version of kata (its format is " +
                    std::to_string(version) + ", this program reads up to " +
                    std::to_string(newest_version()) + "); update kata: " + path.string());
  }
  if (version < 1 || schema_of(database) != schema_of_version(version)) {
    throw damaged(path, "its tables are not those of a craft");
  }
}

bool finds_problem(sqlite::Database& database, const std::string& check) {
  sqlite::Statement statement(database, check);
  return statement.step() && statement.column(0).text() != "ok";
}

void check_content(sqlite::Database& database, const std::filesystem::path& path) {
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(path, unknown);
  if (!unknown && size <= kFullCheckBytes) {
    if (finds_problem(database, "PRAGMA quick_check(1)")) throw damaged(path, "its check failed");
  } else {
    for (const char* table : {"craft", "movement", "take", "repetition", "imported_file"}) {
      if (finds_problem(database, std::string("PRAGMA quick_check(") + table + ")")) {
        throw damaged(path, "its check failed");
      }
    }
  }
  // Of the small tables only: walking the big ones costs a second on a cold disk, and landmarks
  // that are missing are found when they are loaded.
  sqlite::Statement orphans(database, "PRAGMA foreign_key_check(repetition)");
  if (orphans.step()) throw damaged(path, "parts are missing");
}

std::string sentence_for(int code) {
  switch (code) {
    case SQLITE_FULL:
      return "the disk is full; nothing was changed";
    case SQLITE_READONLY:
      return "the craft file cannot be written (read-only); nothing was changed";
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return "the craft file cannot be opened (permissions of the file and its folder?)";
    default:
      return "reading or writing the craft file failed";
  }
}

}  // namespace

sqlite::Database open_untrusted(const std::filesystem::path& path, sqlite::Open open) {
  // An absolute path is never one of SQLite's special names such as ":memory:".
  sqlite::Database database(std::filesystem::absolute(path).string(), open, kBusyTimeoutMs);
  sqlite3* handle = database.handle();
  sqlite3_extended_result_codes(handle, 1);
  for (const auto& [option, value] :
       {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1}, std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        std::pair{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, std::pair{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        std::pair{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        std::pair{SQLITE_DBCONFIG_ENABLE_FKEY, 1}}) {
    sqlite3_db_config(handle, option, value, nullptr);
  }
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kMaxValueBytes);
  // cell_size_check finds broken pages before their content is used; mmap would turn a file that
  // shrinks while open into SIGBUS.
  database.run(
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
      "PRAGMA foreign_keys = ON");
  return database;
}

void check_is_craft(sqlite::Database& database, const std::filesystem::path& path) {
  try {
    check_version(database, path);
    check_content(database, path);
  } catch (const sqlite::Failure& exception) {
    throw error_from_sqlite(exception, path);
  }
}

Error error_from_sqlite(const sqlite::Failure& exception, const std::filesystem::path& path) {
  const int code = exception.code() & 0xff;
  switch (code) {
    case SQLITE_NOTADB:
      return not_a_craft(path);
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:  // our SQL is fixed, so a schema that does not fit it is the file's
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
    case SQLITE_SCHEMA:
      return damaged(path, exception.what());
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return {
          ErrorCode::kUnavailable,
          "the craft is being written by another program; try again in a moment: " + path.string()};
    default:
      return {ErrorCode::kIo, sentence_for(code) + ": " + path.string()};
  }
}

void fold_into_one_file(sqlite::Database& database) noexcept {
  try {
    // Others may have the file open; theirs will be the last close then.
    database.wait_for_locks(0);
    database.run("PRAGMA query_only = OFF");
    database.text_of("PRAGMA journal_mode = DELETE");
  } catch (...) {  // the log stays beside the file, which is sound, only not alone
    return;
  }
}

}  // namespace kata
