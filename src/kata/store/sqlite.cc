// SPDX-License-Identifier: Apache-2.0
#include "kata/store/sqlite.h"

#include <sqlite3.h>

namespace kata::sqlite {
namespace {

void check(sqlite3* database, int result) {
  if (result != SQLITE_OK) throw Failure(result, sqlite3_errmsg(database));
}

}  // namespace

bool Column::is_null() const { return sqlite3_column_type(statement_, index_) == SQLITE_NULL; }
int Column::integer() const { return sqlite3_column_int(statement_, index_); }
std::int64_t Column::long_integer() const { return sqlite3_column_int64(statement_, index_); }
double Column::real() const { return sqlite3_column_double(statement_, index_); }

std::string_view Column::bytes() const {
  const void* begin = sqlite3_column_blob(statement_, index_);  // before its size, says the manual
  const int size = sqlite3_column_bytes(statement_, index_);
  if (begin == nullptr) return {};
  return {static_cast<const char*>(begin), static_cast<std::size_t>(size)};
}

void Statement::Finish::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

Statement::Statement(Database& database, std::string_view sql) : database_(database.handle()) {
  sqlite3_stmt* handle = nullptr;
  const int result =
      sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &handle, nullptr);
  handle_.reset(handle);
  check(result);
}

void Statement::check(int result) const { sqlite::check(database_, result); }

void Statement::bind(int index, std::int64_t value) {
  check(sqlite3_bind_int64(handle_.get(), index, value));
}

void Statement::bind(int index, double value) {
  check(sqlite3_bind_double(handle_.get(), index, value));
}

void Statement::bind(int index, const std::string& text) {
  check(sqlite3_bind_text(handle_.get(), index, text.data(), static_cast<int>(text.size()),
                          SQLITE_TRANSIENT));
}

void Statement::bind_blob(int index, std::string_view bytes) {
  check(sqlite3_bind_blob(handle_.get(), index, bytes.data(), static_cast<int>(bytes.size()),
                          SQLITE_TRANSIENT));
}

void Statement::bind_blob_in_place(int index, std::string_view bytes) {
  check(sqlite3_bind_blob(handle_.get(), index, bytes.data(), static_cast<int>(bytes.size()),
                          SQLITE_STATIC));
}

bool Statement::step() {
  const int result = sqlite3_step(handle_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  throw Failure(result, sqlite3_errmsg(database_));
}

int Statement::run() {
  while (step()) {
  }
  return sqlite3_changes(database_);
}

void Statement::reset() { sqlite3_reset(handle_.get()); }
void Statement::clear_bindings() { sqlite3_clear_bindings(handle_.get()); }

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close(handle); }

Database::Database(const std::string& path, Open open, int busy_timeout_ms) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | (open == Open::kOrNew ? SQLITE_OPEN_CREATE : 0);
  const int result = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);
  check(handle, result);
  if (busy_timeout_ms > 0) wait_for_locks(busy_timeout_ms);
}

int Database::run(const std::string& sql) {
  check(handle(), sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr));
  return sqlite3_changes(handle());
}

std::string Database::text_of(const std::string& sql) {
  Statement statement(*this, sql);
  if (!statement.step()) throw Failure(SQLITE_NOTFOUND, "no row came");
  return statement.column(0).text();
}

int Database::integer_of(const std::string& sql) {
  Statement statement(*this, sql);
  if (!statement.step()) throw Failure(SQLITE_NOTFOUND, "no row came");
  return statement.column(0).integer();
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle()); }

void Database::wait_for_locks(int timeout_ms) {
  check(handle(), sqlite3_busy_timeout(handle(), timeout_ms));
}

Transaction::Transaction(Database& database, Begin begin) : database_(database) {
  database_.run(begin == Begin::kAtOnce ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED");
}

Transaction::~Transaction() {
  if (is_committed_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const Failure&) {  // SQLite has rolled back already, as it does when the disk is full
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  is_committed_ = true;
}

void copy_all(Database& source, Database& copy) {
  sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", source.handle(), "main");
  if (backup == nullptr) check(copy.handle(), sqlite3_errcode(copy.handle()));
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE) throw Failure(stepped, sqlite3_errstr(stepped));
  check(copy.handle(), finished);
}

}  // namespace kata::sqlite
