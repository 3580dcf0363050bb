// SPDX-License-Identifier: Apache-2.0
#include "kata/store/database.h"

#include <sqlite3.h>

#include <system_error>
#include <utility>
#include <vector>

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyTimeoutMs = 2000;
constexpr int kMaxValueBytes = 256 << 20;  // a blob or text; far above any repetition

using SchemaEntry = std::vector<std::string>;

std::string the_file(const FileKind& kind) { return std::string("the ") + kind.name + " file"; }

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

void run_steps(const FileKind& kind, sqlite::Database& database, int version) {
  in_transaction(database, [&] {
    // Read inside the transaction: another program may have migrated the file meanwhile.
    const int found = database.integer_of("PRAGMA user_version");
    for (int step = found; step < version; ++step)
      database.run(kind.steps[static_cast<std::size_t>(step)]);
    if (found < version) database.run("PRAGMA user_version = " + std::to_string(version));
  });
}

std::vector<SchemaEntry> schema_of_version(const FileKind& kind, int version) {
  sqlite::Database made(":memory:", sqlite::Open::kOrNew);
  run_steps(kind, made, version);
  return schema_of(made);
}

Error damaged(const FileKind& kind, const fs::path& path, const char* what) {
  return {ErrorCode::kCorrupt,
          the_file(kind) + " is damaged (" + what + "); take a copy from before: " + path.string()};
}

Error not_of_kind(const FileKind& kind, const fs::path& path) {
  return {ErrorCode::kCorrupt, std::string("this is not a ") + kind.name + " file (*" +
                                   kind.ending + "): " + path.string()};
}

void check_version(const FileKind& kind, sqlite::Database& database, const fs::path& path) {
  if (database.integer_of("PRAGMA application_id") != kind.application_id)
    throw not_of_kind(kind, path);
  const int version = database.integer_of("PRAGMA user_version");
  if (version > kind.newest_version()) {
    throw Error(ErrorCode::kUnsupported,
                std::string("the ") + kind.name +
                    " was made by a newer version of kata (its format is " +
                    std::to_string(version) + ", this program reads up to " +
                    std::to_string(kind.newest_version()) + "); update kata: " + path.string());
  }
  if (version < 1 || schema_of(database) != schema_of_version(kind, version)) {
    const std::string what = std::string("its tables are not those of a ") + kind.name;
    throw damaged(kind, path, what.c_str());
  }
}

bool finds_problem(sqlite::Database& database, const std::string& check) {
  sqlite::Statement statement(database, check);
  return statement.step() && statement.column(0).text() != "ok";
}

void check_content(const FileKind& kind, sqlite::Database& database, const fs::path& path) {
  std::error_code unknown;
  const std::uintmax_t size = fs::file_size(path, unknown);
  if (!unknown && size <= kFullCheckBytes) {
    if (finds_problem(database, "PRAGMA quick_check(1)"))
      throw damaged(kind, path, "its check failed");
  } else {
    for (const char* table : kind.listed) {
      if (finds_problem(database, std::string("PRAGMA quick_check(") + table + ")"))
        throw damaged(kind, path, "its check failed");
    }
  }
  // Of the small tables only: walking the big ones costs a second on a cold disk, and landmarks
  // that are missing are found when they are loaded.
  sqlite::Statement orphans(database,
                            std::string("PRAGMA foreign_key_check(") + kind.referring + ")");
  if (orphans.step()) throw damaged(kind, path, "parts are missing");
}

std::string sentence_for(const FileKind& kind, int code) {
  switch (code) {
    case SQLITE_FULL:
      return "the disk is full; nothing was changed";
    case SQLITE_READONLY:
      return the_file(kind) + " cannot be written (read-only); nothing was changed";
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return the_file(kind) + " cannot be opened (permissions of the file and its folder?)";
    default:
      return "reading or writing " + the_file(kind) + " failed";
  }
}

bool cannot_be_written(sqlite::Database& database) {
  return sqlite3_db_readonly(database.handle(), "main") != 0;
}

void update_if_older(const FileKind& kind, sqlite::Database& database, const fs::path& path) {
  if (database.integer_of("PRAGMA user_version") == kind.newest_version()) return;
  if (cannot_be_written(database)) {
    throw Error(ErrorCode::kUnsupported,
                std::string("the ") + kind.name +
                    " was made by an older version of kata and must be brought up to date, but "
                    "cannot be written; copy it to a place of your own: " +
                    path.string());
  }
  bring_up_to_date(kind, database);
}

}  // namespace

sqlite::Database open_untrusted(const fs::path& path, sqlite::Open open) {
  // An absolute path is never one of SQLite's special names such as ":memory:".
  sqlite::Database database(fs::absolute(path).string(), open, kBusyTimeoutMs);
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

void check_is(const FileKind& kind, sqlite::Database& database, const fs::path& path) {
  translated(kind, path, [&] {
    check_version(kind, database, path);
    check_content(kind, database, path);
  });
}

sqlite::Database open_checked(const FileKind& kind, const fs::path& path, FileAccess access) {
  std::error_code unknown;
  if (!fs::exists(path, unknown)) {
    throw Error(ErrorCode::kNotFound,
                std::string("there is no such ") + kind.name + " file: " + path.string());
  }
  if (!fs::is_regular_file(path, unknown)) throw not_of_kind(kind, path);
  return translated(kind, path, [&] {
    // For reading too, where permissions allow: a program that was killed may have left a journal
    // that must be rolled back before anybody can read.
    sqlite::Database database = open_untrusted(path, sqlite::Open::kExisting);
    check_is(kind, database, path);
    update_if_older(kind, database, path);
    if (access == FileAccess::kRead) {
      database.run("PRAGMA query_only = ON");
      return database;
    }
    // SQLite falls back to reading where it may not write.
    if (cannot_be_written(database)) throw read_only(kind, path);
    try {
      // Readers and one writer side by side, and a commit is one append. Where another program
      // keeps the file from changing mode, the rollback journal is as safe, only slower.
      database.text_of("PRAGMA journal_mode = WAL");
    } catch (const sqlite::Failure&) {
    }
    database.run("PRAGMA synchronous = FULL");  // what is committed survives a power cut
    return database;
  });
}

void bring_up_to_date(const FileKind& kind, sqlite::Database& database) {
  run_steps(kind, database, kind.newest_version());
}

Error read_only(const FileKind& kind, const fs::path& path) {
  return {ErrorCode::kIo, sentence_for(kind, SQLITE_READONLY) + ": " + path.string()};
}

Error error_from_sqlite(const FileKind& kind, const sqlite::Failure& exception,
                        const fs::path& path) {
  const int code = exception.code() & 0xff;
  switch (code) {
    case SQLITE_NOTADB:
      return not_of_kind(kind, path);
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:  // our SQL is fixed, so a schema that does not fit it is the file's
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
    case SQLITE_SCHEMA:
      return damaged(kind, path, exception.what());
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return {ErrorCode::kUnavailable,
              std::string("the ") + kind.name +
                  " is being written by another program; try again in a moment: " + path.string()};
    default:
      return {ErrorCode::kIo, sentence_for(kind, code) + ": " + path.string()};
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
