// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/craft.h"

#include <system_error>

#include "kata/craft/craft_impl.h"
#include "kata/store/new_file.h"

namespace kata {
namespace fs = std::filesystem;
namespace {

FileAccess access_of(Craft::Access access) {
  return access == Craft::Access::kRead ? FileAccess::kRead : FileAccess::kWrite;
}

void check_title(const CraftTitle& title) {
  check_text(title.name, kMaxNameBytes, "name");
  check_text(title.description, kMaxTextBytes, "description");
  check_text(title.author, kMaxNameBytes, "author");
  check_text(title.price_note, kMaxTextBytes, "price note");
}

}  // namespace

Craft::Impl::Impl(fs::path path_in, Access access_in)
    : path(std::move(path_in)),
      access(access_in),
      database(open_checked(craft_kind(), path, access_of(access))) {}

Craft::Impl::~Impl() {
  // A reader may be the last one out, after a writer that could not fold or was killed.
  std::error_code ignored;
  if (access == Access::kRead && !fs::exists(path.string() + "-wal", ignored)) return;
  fold_into_one_file(database);
}

void Craft::Impl::require_writable() const {
  if (access == Access::kRead) throw read_only(craft_kind(), path);
}

Error Craft::Impl::damaged_row(const char* what) const {
  return {ErrorCode::kCorrupt,
          std::string("the craft file is damaged (") + what + "): " + path.string()};
}

Craft::Craft(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Craft::~Craft() = default;
Craft::Craft(Craft&&) noexcept = default;
Craft& Craft::operator=(Craft&&) noexcept = default;

Craft Craft::create(const fs::path& path, const CraftTitle& title) {
  check_title(title);
  make_new_file(craft_kind(), path, [&](sqlite::Database& database) {
    sqlite::Statement insert(database, "INSERT INTO craft VALUES (1, ?, ?, ?, ?)");
    insert.bind(1, title.name);
    insert.bind(2, title.description);
    insert.bind(3, title.author);
    insert.bind(4, title.price_note);
    insert.run();
  });
  return open(path);
}

Craft Craft::open(const fs::path& path, Access access) {
  return Craft(std::make_unique<Impl>(path, access));
}

CraftTitle Craft::title() const {
  return impl_->read([&]() -> CraftTitle {
    sqlite::Statement query =
        impl_->statement("SELECT name, description, author, price_note FROM craft");
    if (!query.step()) return {};
    return {text_of(query.column(0)), text_of(query.column(1)), text_of(query.column(2)),
            text_of(query.column(3))};
  });
}

void Craft::set_title(const CraftTitle& title) {
  check_title(title);
  impl_->change([&] {
    sqlite::Statement update =
        impl_->statement("INSERT OR REPLACE INTO craft VALUES (1, ?, ?, ?, ?)");
    update.bind(1, title.name);
    update.bind(2, title.description);
    update.bind(3, title.author);
    update.bind(4, title.price_note);
    update.run();
  });
}

std::optional<StoredClassifier> Craft::classifier() const {
  return impl_->read([&]() -> std::optional<StoredClassifier> {
    sqlite::Statement query =
        impl_->statement("SELECT bytes, report_json, trained_at FROM classifier");
    if (!query.step()) return std::nullopt;
    return StoredClassifier{query.column(0).text(), query.column(1).text(),
                            text_of(query.column(2))};
  });
}

void Craft::Impl::store_classifier(const StoredClassifier& classifier) {
  sqlite::Statement replace = statement("INSERT OR REPLACE INTO classifier VALUES (1, ?, ?, ?)");
  replace.bind_blob(1, classifier.bytes);
  replace.bind(2, classifier.report_json);
  replace.bind(3, classifier.trained_at);
  replace.run();
}

void Craft::set_classifier(const StoredClassifier& classifier, std::span<const Repetition> taught) {
  impl_->change([&] {
    impl_->store_classifier(classifier);
    impl_->statement("DELETE FROM taught").run();
    sqlite::Statement insert =
        impl_->statement("INSERT INTO taught VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (const Repetition& repetition : taught) {
      insert.reset();
      insert.clear_bindings();
      insert.bind(1, repetition.take);
      insert.bind(2, repetition.movement);
      insert.bind(3, repetition.label == Label::kCorrect ? 1 : 0);
      if (repetition.mistake) insert.bind(4, *repetition.mistake);
      insert.bind(5, repetition.person);
      insert.bind(6, repetition.frames.front().timestamp.time_since_epoch().count());
      insert.bind(7, repetition.frames.back().timestamp.time_since_epoch().count());
      insert.bind(8, static_cast<std::int64_t>(repetition.frames.size()));
      insert.run();
    }
  });
}

bool Craft::is_stale() const {
  return impl_->read([&] {
    // As many, none that was not taught and none that was and is gone: then they are the same.
    const std::string now =
        "SELECT r.take, m.name, r.is_correct, r.mistake, r.person, r.start_us, r.end_us, r.frames"
        " FROM repetition AS r JOIN movement AS m ON m.id = r.movement WHERE r.is_removed = 0";
    const std::string differs =
        "SELECT EXISTS (SELECT 1 FROM classifier) AND ("
        "(SELECT count(*) FROM taught) <> (SELECT count(*) FROM repetition WHERE is_removed = 0)"
        " OR EXISTS (" +
        now +
        " EXCEPT SELECT * FROM taught)"
        " OR EXISTS (SELECT * FROM taught EXCEPT " +
        now + "))";
    return impl_->database.integer_of(differs) != 0;
  });
}

}  // namespace kata
