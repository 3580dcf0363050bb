// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <string>

#include "kata/craft/craft_impl.h"
#include "kata/store/landmark_blob.h"

namespace kata {
namespace {

/// Of a row: the longest layout has 1662.
constexpr std::size_t kMaxRowValues = 4096;

void store_original(sqlite::Statement insert, std::int64_t id, const OriginalNumbers& original) {
  insert.bind(1, id);
  insert.bind(2, original.sequence);
  insert.bind(3, original.layout);
  insert.bind(4, static_cast<std::int64_t>(original.frames));
  // A null pointer would be stored as NULL, not as no bytes.
  const char* bytes =
      original.values.empty() ? "" : reinterpret_cast<const char*>(original.values.data());
  insert.bind_blob_in_place(5, {bytes, original.values.size() * sizeof(double)});
  insert.run();
}

bool is_imported(sqlite::Statement query, const std::string& sha256) {
  query.bind(1, sha256);
  return query.step();
}

}  // namespace

std::vector<std::int64_t> Craft::add_import(const ImportRecord& record, const Take& take,
                                            std::span<const ImportedRepetition> repetitions) {
  return impl_->change([&] {
    if (is_imported(impl_->statement("SELECT 1 FROM imported_file WHERE sha256 = ?"),
                    record.sha256)) {
      throw Error(
          ErrorCode::kInvalidArgument,
          "the craft already holds this file's repetitions; nothing was changed: " + record.source);
    }
    sqlite::Statement enter = impl_->statement("INSERT INTO imported_file VALUES (?, ?, ?)");
    enter.bind(1, record.sha256);
    enter.bind(2, record.source);
    enter.bind(3, record.imported_at);
    enter.run();
    const std::int64_t take_id = impl_->insert_take(take);
    std::vector<std::int64_t> ids;
    for (const ImportedRepetition& imported : repetitions) {
      ids.push_back(impl_->insert_repetition(imported.repetition, take_id));
      if (imported.original) {
        store_original(impl_->statement("INSERT INTO original_numbers VALUES (?, ?, ?, ?, ?)"),
                       ids.back(), *imported.original);
      }
    }
    return ids;
  });
}

std::vector<ImportRecord> Craft::imports() const {
  return impl_->read([&] {
    sqlite::Statement query =
        impl_->statement("SELECT sha256, source, imported_at FROM imported_file ORDER BY rowid");
    std::vector<ImportRecord> records;
    while (query.step()) {
      records.push_back(
          {text_of(query.column(0)), text_of(query.column(1)), text_of(query.column(2))});
    }
    return records;
  });
}

std::optional<OriginalNumbers> Craft::original_numbers(std::int64_t id) const {
  return impl_->read([&]() -> std::optional<OriginalNumbers> {
    sqlite::Statement query = impl_->statement(
        "SELECT sequence, layout, frames, doubles FROM original_numbers WHERE repetition = ?");
    query.bind(1, id);
    if (!query.step()) return std::nullopt;
    OriginalNumbers original{query.column(0).long_integer(), text_of(query.column(1)), 0, {}};
    const std::int64_t frames = query.column(2).long_integer();
    const sqlite::Column blob = query.column(3);
    const std::string_view bytes = blob.bytes();
    if (frames < 1 || frames > static_cast<std::int64_t>(kMaxFrames)) {
      throw impl_->damaged_row("frame count of original numbers");
    }
    original.frames = static_cast<std::size_t>(frames);
    if (bytes.size() % (original.frames * sizeof(double)) != 0 ||
        bytes.size() / (original.frames * sizeof(double)) > kMaxRowValues) {
      throw impl_->damaged_row("size of original numbers");
    }
    original.values.resize(bytes.size() / sizeof(double));
    if (!bytes.empty()) std::memcpy(original.values.data(), bytes.data(), bytes.size());
    return original;
  });
}

std::map<std::int64_t, std::int64_t> Craft::imported_sequences() const {
  return impl_->read([&] {
    sqlite::Statement query = impl_->statement("SELECT repetition, sequence FROM original_numbers");
    std::map<std::int64_t, std::int64_t> sequences;
    while (query.step()) {
      sequences.emplace(query.column(0).long_integer(), query.column(1).long_integer());
    }
    return sequences;
  });
}

void Craft::forget_takes() {
  impl_->change([&] {
    for (const char* table : {"landmarks", "original_numbers", "repetition", "recorded_take",
                              "take", "taught", "imported_file"})
      impl_->database.run(std::string("DELETE FROM ") + table);
  });
  // What was deleted lies in the file's free pages until they are given back.
  compact();
}

CompactSummary Craft::compact() {
  CompactSummary summary;
  std::error_code unknown;
  summary.repetitions = impl_->change([&] {
    const int dropped = impl_->statement("DELETE FROM repetition WHERE is_removed = 1").run();
    impl_->statement("DELETE FROM take WHERE id NOT IN (SELECT take FROM repetition)").run();
    return dropped;
  });
  impl_->read([&] { impl_->database.text_of("PRAGMA wal_checkpoint(TRUNCATE)"); });
  const auto before = static_cast<std::int64_t>(std::filesystem::file_size(impl_->path, unknown));
  impl_->read([&] {
    impl_->database.run("VACUUM");
    impl_->database.text_of("PRAGMA wal_checkpoint(TRUNCATE)");
  });
  const auto after = static_cast<std::int64_t>(std::filesystem::file_size(impl_->path, unknown));
  summary.bytes = before - after;
  return summary;
}

}  // namespace kata
