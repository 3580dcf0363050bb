// SPDX-License-Identifier: Apache-2.0
#include "kata/progress/progress_file.h"

#include <algorithm>
#include <system_error>

#include "kata/progress/progress_file_impl.h"
#include "kata/store/landmark_blob.h"
#include "kata/store/new_file.h"

namespace kata {
namespace fs = std::filesystem;
namespace {

constexpr const char* kColumns =
    "r.id, r.sitting, r.movement, r.verdict, r.mark, r.confidence, r.distance, r.mistake,"
    " r.start_us, r.end_us, r.lesson_set, r.with_help, r.confirmed";

FileAccess access_of(ProgressFile::Access access) {
  return access == ProgressFile::Access::kRead ? FileAccess::kRead : FileAccess::kWrite;
}

const fs::path& made_if_missing(const fs::path& path, ProgressFile::Access access) {
  std::error_code unknown;
  if (access == ProgressFile::Access::kRead || fs::exists(path, unknown)) return path;
  try {
    make_new_file(progress_kind(), path);
  } catch (const Error& error) {
    // Another program made it in the same moment.
    if (error.code() != ErrorCode::kInvalidArgument) throw;
  }
  return path;
}

Error no_such_repetition(std::int64_t id, const fs::path& path) {
  return {ErrorCode::kNotFound,
          "there is no repetition " + std::to_string(id) + " in " + path.string()};
}

Timestamp time_of(const sqlite::Column& column) {
  return Timestamp(Duration(column.long_integer()));
}

PractisedRepetition row_of(sqlite::Statement& query) {
  PractisedRepetition row;
  row.id = query.column(0).long_integer();
  row.sitting = query.column(1).long_integer();
  row.verdict.movement = text_of(query.column(2));
  row.verdict.kind = static_cast<VerdictKind>(query.column(3).integer());
  row.verdict.score = query.column(4).integer();
  row.verdict.confidence = query.column(5).real();
  row.verdict.distance = query.column(6).real();
  if (!query.column(7).is_null()) row.verdict.mistake = text_of(query.column(7));
  row.verdict.start = time_of(query.column(8));
  row.verdict.end = time_of(query.column(9));
  row.set = query.column(10).integer();
  row.with_help = query.column(11).integer() != 0;
  if (!query.column(12).is_null())
    row.confirmed = query.column(12).integer() != 0 ? Label::kCorrect : Label::kIncorrect;
  return row;
}

Reason reason_of(sqlite::Statement& query, int first) {
  Reason reason;
  reason.joint = text_of(query.column(first));
  reason.text = text_of(query.column(first + 1));
  reason.phase_begin = query.column(first + 2).real();
  reason.phase_end = query.column(first + 3).real();
  reason.offset = query.column(first + 4).real();
  reason.angle_rad = query.column(first + 5).real();
  reason.weight = query.column(first + 6).real();
  return reason;
}

void insert_reasons(sqlite::Database& database, std::int64_t id,
                    const std::vector<Reason>& reasons) {
  sqlite::Statement insert(database, "INSERT INTO reason VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    const Reason& reason = reasons[i];
    insert.reset();
    insert.bind(1, id);
    insert.bind(2, static_cast<std::int64_t>(i));
    insert.bind(3, reason.joint);
    insert.bind(4, reason.text);
    insert.bind(5, reason.phase_begin);
    insert.bind(6, reason.phase_end);
    insert.bind(7, reason.offset);
    insert.bind(8, reason.angle_rad);
    insert.bind(9, reason.weight);
    insert.run();
  }
}

void insert_frames(sqlite::Database& database, std::int64_t id,
                   const std::vector<Landmarks>& frames) {
  if (frames.empty()) return;
  const std::string bytes = blob_from_landmarks(frames);
  sqlite::Statement insert(database, "INSERT INTO landmarks VALUES (?, ?)");
  insert.bind(1, id);
  insert.bind_blob(2, bytes);
  insert.run();
}

std::vector<Landmarks> load_frames(sqlite::Database& database, std::int64_t id) {
  sqlite::Statement query(database, "SELECT frames FROM landmarks WHERE repetition = ?");
  query.bind(1, id);
  if (!query.step()) return {};
  return landmarks_from_blob(query.column(0).bytes());
}

void load_reasons(sqlite::Database& database, PractisedRepetition& repetition) {
  sqlite::Statement query(
      database,
      "SELECT joint, text, phase_begin, phase_end, body_units, angle_rad, weight"
      " FROM reason WHERE repetition = ? ORDER BY place");
  query.bind(1, repetition.id);
  while (query.step()) repetition.verdict.reasons.push_back(reason_of(query, 0));
}

/// All reasons of what the filter means, in one pass beside the repetitions.
void load_all_reasons(sqlite::Database& database, const Conditions& conditions,
                      std::vector<PractisedRepetition>& rows) {
  sqlite::Statement query(database,
                          "SELECT r.id, q.joint, q.text, q.phase_begin, q.phase_end, q.body_units, "
                          "q.angle_rad, q.weight"
                          " FROM reason AS q JOIN repetition AS r ON r.id = q.repetition"
                          " JOIN sitting AS s ON s.id = r.sitting" +
                              conditions.sql + " ORDER BY q.repetition, q.place");
  conditions.bind_to(query);
  auto row = rows.begin();
  while (query.step()) {
    const std::int64_t id = query.column(0).long_integer();
    while (row != rows.end() && row->id < id) ++row;
    if (row != rows.end() && row->id == id) row->verdict.reasons.push_back(reason_of(query, 1));
  }
}

}  // namespace

Conditions::Conditions(const ProgressFilter& filter, bool with_repetitions) {
  const auto add = [&](const char* column, const std::optional<std::string>& value) {
    if (!value) return;
    sql += std::string(sql.empty() ? " WHERE " : " AND ") + column + " = ?";
    values.push_back(*value);
  };
  add("s.learner", filter.learner);
  add("s.craft", filter.craft);
  if (with_repetitions) add("r.movement", filter.movement);
}

void Conditions::bind_to(sqlite::Statement& statement) const {
  for (std::size_t i = 0; i < values.size(); ++i)
    statement.bind(static_cast<int>(i) + 1, values[i]);
}

ProgressFile::Impl::Impl(fs::path path_in, Access access_in)
    : path(std::move(path_in)),
      access(access_in),
      database(open_checked(progress_kind(), made_if_missing(path, access), access_of(access))) {
  if (access == Access::kWrite) database.run("PRAGMA secure_delete = ON");
}

ProgressFile::Impl::~Impl() {
  std::error_code ignored;
  if (access == Access::kRead && !fs::exists(path.string() + "-wal", ignored)) return;
  fold_into_one_file(database);
}

ProgressFile::ProgressFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ProgressFile::~ProgressFile() = default;
ProgressFile::ProgressFile(ProgressFile&&) noexcept = default;
ProgressFile& ProgressFile::operator=(ProgressFile&&) noexcept = default;

ProgressFile ProgressFile::open(const fs::path& path, Access access) {
  return ProgressFile(std::make_unique<Impl>(path, access));
}

std::int64_t ProgressFile::begin_sitting(const SittingRecord& sitting) {
  check_text(sitting.learner, kMaxNameBytes, "learner's name");
  check_text(sitting.craft, kMaxNameBytes, "craft's name");
  return impl_->change([&] {
    sqlite::Statement insert = impl_->statement(
        "INSERT INTO sitting (learner, craft, started_at, ended_at) VALUES (?, ?, ?, ?)");
    insert.bind(1, sitting.learner);
    insert.bind(2, sitting.craft);
    insert.bind(3, sitting.started_at);
    if (!sitting.ended_at.empty()) insert.bind(4, sitting.ended_at);
    insert.run();
    return impl_->database.last_row();
  });
}

void ProgressFile::end_sitting(std::int64_t sitting, const std::string& ended_at) {
  impl_->change([&] {
    sqlite::Statement update = impl_->statement("UPDATE sitting SET ended_at = ? WHERE id = ?");
    update.bind(1, ended_at);
    update.bind(2, sitting);
    update.run();
  });
}

std::int64_t ProgressFile::add(std::int64_t sitting, const PractisedRepetition& repetition) {
  const Verdict& verdict = repetition.verdict;
  if (verdict.kind == VerdictKind::kOther) {
    throw Error(ErrorCode::kInvalidArgument,
                "a movement that is not the craft's is no repetition of a sitting");
  }
  return impl_->change([&] {
    sqlite::Statement insert = impl_->statement(
        "INSERT INTO repetition (sitting, movement, verdict, mark, confidence, distance, mistake,"
        " start_us, end_us, lesson_set, with_help, confirmed, joint)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, sitting);
    insert.bind(2, verdict.movement);
    insert.bind(3, static_cast<int>(verdict.kind));
    insert.bind(4, std::clamp(verdict.score, 0, 100));
    insert.bind(5, verdict.confidence);
    insert.bind(6, verdict.distance);
    if (verdict.mistake) insert.bind(7, *verdict.mistake);
    insert.bind(8, static_cast<std::int64_t>(verdict.start.time_since_epoch().count()));
    insert.bind(9, static_cast<std::int64_t>(verdict.end.time_since_epoch().count()));
    insert.bind(10, repetition.set);
    insert.bind(11, repetition.with_help ? 1 : 0);
    if (repetition.confirmed) insert.bind(12, *repetition.confirmed == Label::kCorrect ? 1 : 0);
    if (!verdict.reasons.empty()) insert.bind(13, verdict.reasons.front().joint);
    insert.run();
    const std::int64_t id = impl_->database.last_row();
    insert_reasons(impl_->database, id, verdict.reasons);
    insert_frames(impl_->database, id, repetition.frames);
    return id;
  });
}

void ProgressFile::confirm(std::int64_t repetition, std::optional<Label> label) {
  impl_->change([&] {
    sqlite::Statement update = impl_->statement("UPDATE repetition SET confirmed = ? WHERE id = ?");
    if (label) update.bind(1, *label == Label::kCorrect ? 1 : 0);
    update.bind(2, repetition);
    if (update.run() == 0) throw no_such_repetition(repetition, impl_->path);
  });
}

std::vector<SittingRecord> ProgressFile::sittings(const ProgressFilter& filter) const {
  return impl_->read([&] {
    const Conditions conditions(filter, false);
    sqlite::Statement query = impl_->statement(
        "SELECT s.id, s.learner, s.craft, s.started_at, coalesce(s.ended_at, '') FROM sitting AS "
        "s" +
        conditions.sql + " ORDER BY s.id");
    conditions.bind_to(query);
    std::vector<SittingRecord> found;
    while (query.step()) {
      found.push_back({query.column(0).long_integer(), text_of(query.column(1)),
                       text_of(query.column(2)), text_of(query.column(3)),
                       text_of(query.column(4))});
    }
    return found;
  });
}

std::vector<PractisedRepetition> ProgressFile::repetitions(const ProgressFilter& filter) const {
  return impl_->read([&] {
    const Conditions conditions(filter);
    sqlite::Statement query =
        impl_->statement(std::string("SELECT ") + kColumns +
                         " FROM repetition AS r JOIN sitting AS s ON s.id = r.sitting" +
                         conditions.sql + " ORDER BY r.id");
    conditions.bind_to(query);
    std::vector<PractisedRepetition> found;
    while (query.step()) found.push_back(row_of(query));
    load_all_reasons(impl_->database, conditions, found);
    return found;
  });
}

PractisedRepetition ProgressFile::repetition(std::int64_t id) const {
  return impl_->read([&] {
    sqlite::Statement query = impl_->statement(std::string("SELECT ") + kColumns +
                                               " FROM repetition AS r WHERE r.id = ?");
    query.bind(1, id);
    if (!query.step()) throw no_such_repetition(id, impl_->path);
    PractisedRepetition found = row_of(query);
    load_reasons(impl_->database, found);
    found.frames = load_frames(impl_->database, id);
    return found;
  });
}

std::vector<PractisedRepetition> ProgressFile::confirmed(const ProgressFilter& filter,
                                                         std::size_t most) const {
  return impl_->read([&] {
    const Conditions conditions(filter);
    sqlite::Statement query = impl_->statement(
        std::string("SELECT ") + kColumns +
        " FROM repetition AS r JOIN sitting AS s ON s.id = r.sitting" + conditions.sql +
        (conditions.sql.empty() ? " WHERE" : " AND") +
        " r.confirmed IS NOT NULL ORDER BY r.id DESC LIMIT " + std::to_string(most));
    conditions.bind_to(query);
    std::vector<PractisedRepetition> found;
    while (query.step()) found.push_back(row_of(query));
    std::ranges::reverse(found);
    for (PractisedRepetition& each : found) each.frames = load_frames(impl_->database, each.id);
    return found;
  });
}

std::vector<std::string> ProgressFile::learners() const {
  return impl_->read([&] {
    sqlite::Statement query = impl_->statement("SELECT DISTINCT learner FROM sitting ORDER BY 1");
    std::vector<std::string> names;
    while (query.step()) names.push_back(text_of(query.column(0)));
    return names;
  });
}

int ProgressFile::delete_learner(const std::string& learner) {
  const int deleted = impl_->change([&] {
    sqlite::Statement remove = impl_->statement("DELETE FROM sitting WHERE learner = ?");
    remove.bind(1, learner);
    return remove.run();
  });
  // What lies in the log is overwritten as well.
  impl_->read([&] { impl_->database.run("PRAGMA wal_checkpoint(TRUNCATE)"); });
  return deleted;
}

}  // namespace kata
