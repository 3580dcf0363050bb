// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "kata/craft/craft_impl.h"

namespace kata {
namespace {

void check_movement_name(const std::string& name) {
  if (name.empty()) throw Error(ErrorCode::kInvalidArgument, "the movement has no name");
  check_text(name, kMaxNameBytes, "movement's name");
}

std::optional<std::int64_t> find_movement(sqlite::Database& database, const std::string& name) {
  sqlite::Statement query(database, "SELECT id FROM movement WHERE name = ?");
  query.bind(1, name);
  if (!query.step()) return std::nullopt;
  return query.column(0).long_integer();
}

void run_with_two_ids(sqlite::Statement statement, std::int64_t first, std::int64_t second) {
  statement.bind(1, first);
  statement.bind(2, second);
  statement.run();
}

}  // namespace

std::int64_t Craft::Impl::movement_id(const std::string& name) {
  const auto id = find_movement(database, name);
  if (!id) {
    throw Error(ErrorCode::kNotFound,
                "the craft has no movement \"" + name + "\": " + path.string());
  }
  return *id;
}

std::int64_t Craft::Impl::movement_id_or_new(const std::string& name) {
  if (const auto id = find_movement(database, name)) return *id;
  sqlite::Statement insert = statement("INSERT INTO movement (name, description) VALUES (?, '')");
  insert.bind(1, name);
  insert.run();
  return database.last_row();
}

std::vector<MovementSummary> Craft::movements() const {
  return impl_->read([&] {
    sqlite::Statement query = impl_->statement(
        "SELECT m.name, m.description, count(r.id) FILTER (WHERE r.is_correct = 1),"
        " count(r.id) FILTER (WHERE r.is_correct = 0), p.movement IS NOT NULL"
        " FROM movement AS m LEFT JOIN preview AS p ON p.movement = m.id"
        " LEFT JOIN repetition AS r ON r.movement = m.id AND r.is_removed = 0"
        " GROUP BY m.id ORDER BY m.id");
    std::vector<MovementSummary> movements;
    while (query.step()) {
      movements.push_back({text_of(query.column(0)), text_of(query.column(1)),
                           query.column(2).integer(), query.column(3).integer(),
                           query.column(4).integer() != 0});
    }
    return movements;
  });
}

void Craft::set_movement(const std::string& name, const std::string& description) {
  check_movement_name(name);
  check_text(description, kMaxTextBytes, "movement's description");
  impl_->change([&] {
    sqlite::Statement update = impl_->statement("UPDATE movement SET description = ? WHERE id = ?");
    update.bind(1, description);
    update.bind(2, impl_->movement_id_or_new(name));
    update.run();
  });
}

void Craft::Impl::store_renamed(const StoredClassifier& renamed, const std::string& from,
                                const std::string& to) {
  sqlite::Statement same = statement("SELECT 1 FROM classifier WHERE trained_at = ?");
  same.bind(1, renamed.trained_at);
  if (!same.step()) return;  // trained anew meanwhile: that one is not overwritten
  same.reset();
  store_classifier(renamed);
  sqlite::Statement update = statement("UPDATE taught SET movement = ?2 WHERE movement = ?1");
  update.bind(1, from);
  update.bind(2, to);
  update.run();
}

void Craft::rename_movement(const std::string& from, const std::string& to,
                            const std::optional<StoredClassifier>& renamed) {
  check_movement_name(to);
  impl_->change([&] {
    const std::int64_t id = impl_->movement_id(from);
    const auto taken = find_movement(impl_->database, to);
    if (taken && *taken != id) {
      throw Error(ErrorCode::kInvalidArgument,
                  "the craft already has a movement \"" + to +
                      "\"; `kata merge` joins two: " + impl_->path.string());
    }
    sqlite::Statement update = impl_->statement("UPDATE movement SET name = ? WHERE id = ?");
    update.bind(1, to);
    update.bind(2, id);
    update.run();
    if (renamed) impl_->store_renamed(*renamed, from, to);
  });
}

void Craft::merge_movements(const std::string& from, const std::string& into,
                            const std::optional<StoredClassifier>& renamed) {
  impl_->change([&] {
    const std::int64_t source = impl_->movement_id(from);
    const std::int64_t target = impl_->movement_id(into);
    if (source == target) {
      throw Error(ErrorCode::kInvalidArgument, "a movement cannot be merged with itself");
    }
    run_with_two_ids(impl_->statement("UPDATE repetition SET movement = ?2 WHERE movement = ?1"),
                     source, target);
    // The target keeps its own preview; without one it takes the other's.
    run_with_two_ids(
        impl_->statement("UPDATE OR IGNORE preview SET movement = ?2 WHERE movement = ?1"), source,
        target);
    run_with_two_ids(impl_->statement("DELETE FROM movement WHERE id = ?1 AND id <> ?2"), source,
                     target);
    if (renamed) impl_->store_renamed(*renamed, from, into);
  });
}

void Craft::set_preview(const std::string& movement, const PreviewVideo& preview) {
  check_text(preview.media_type, kMaxNameBytes, "media type");
  if (preview.bytes.size() > kMaxPreviewBytes) {
    throw Error(ErrorCode::kInvalidArgument, "the preview video is too big (at most " +
                                                 std::to_string(kMaxPreviewBytes >> 20U) + " MiB)");
  }
  impl_->change([&] {
    sqlite::Statement replace = impl_->statement("INSERT OR REPLACE INTO preview VALUES (?, ?, ?)");
    replace.bind(1, impl_->movement_id(movement));
    replace.bind(2, preview.media_type);
    replace.bind_blob(3, preview.bytes);
    replace.run();
  });
}

std::optional<PreviewVideo> Craft::preview(const std::string& movement) const {
  return impl_->read([&]() -> std::optional<PreviewVideo> {
    sqlite::Statement query = impl_->statement(
        "SELECT media_type, bytes FROM preview WHERE movement = ? AND length(bytes) <= ?");
    query.bind(1, impl_->movement_id(movement));
    query.bind(2, static_cast<std::int64_t>(kMaxPreviewBytes));
    if (!query.step()) return std::nullopt;
    return PreviewVideo{text_of(query.column(0)), query.column(1).text()};
  });
}

}  // namespace kata
