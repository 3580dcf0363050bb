// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

/// SQLite as values that close themselves, and its failures as exceptions: what a craft needs of
/// it. One thread at a time, as all of a craft.
namespace kata::sqlite {

/// What SQLite refused, with its (extended) result code.
class Failure : public std::runtime_error {
 public:
  Failure(int code, const std::string& text) : std::runtime_error(text), code_(code) {}
  int code() const { return code_; }

 private:
  int code_;
};

/// One value of a statement's present row, valid until the statement goes on.
class Column {
 public:
  Column(sqlite3_stmt* statement, int index) : statement_(statement), index_(index) {}

  bool is_null() const;
  int integer() const;
  std::int64_t long_integer() const;
  double real() const;
  /// Texts and blobs alike; empty for NULL.
  std::string_view bytes() const;
  std::string text() const { return std::string(bytes()); }

 private:
  sqlite3_stmt* statement_;
  int index_;
};

class Database;

/// A prepared statement; its parameters are numbered from 1.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);

  void bind(int index, int value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, std::int64_t value);
  void bind(int index, double value);
  void bind(int index, const std::string& text);
  void bind_blob(int index, std::string_view bytes);
  /// The bytes must outlive the statement's run.
  void bind_blob_in_place(int index, std::string_view bytes);

  /// Whether there is a next row.
  bool step();
  /// Runs a statement that gives no rows; how many rows it changed.
  int run();
  /// To run it again; bound values stay.
  void reset();
  void clear_bindings();
  Column column(int index) { return {handle_.get(), index}; }

 private:
  struct Finish {
    void operator()(sqlite3_stmt* handle) const;
  };
  void check(int result) const;

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finish> handle_;
};

enum class Open { kExisting, kOrNew };  ///< read-write both

/// An open file.
class Database {
 public:
  Database(const std::string& path, Open open, int busy_timeout_ms = 0);

  sqlite3* handle() const { return handle_.get(); }
  /// Runs statements, forgetting their rows; how many rows the last one changed.
  int run(const std::string& sql);
  /// The first value of the first row, as text; throws Failure where there is none.
  std::string text_of(const std::string& sql);
  int integer_of(const std::string& sql);
  std::int64_t last_row() const;
  void wait_for_locks(int timeout_ms);

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

/// Changes that are made together or, without commit(), not at all.
class Transaction {
 public:
  enum class Begin { kAtFirstUse, kAtOnce };  ///< kAtOnce: waits for other writers now

  explicit Transaction(Database& database, Begin begin = Begin::kAtFirstUse);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Database& database_;
  bool is_committed_ = false;
};

/// Copies every page of `source` into `copy`, all of one moment.
void copy_all(Database& source, Database& copy);

}  // namespace kata::sqlite
