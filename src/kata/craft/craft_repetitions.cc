// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include "kata/craft/craft_impl.h"
#include "kata/store/landmark_blob.h"

namespace kata {
namespace {

/// What repetitions() may load at once, about 2 GiB: nine hours at 30 Hz.
constexpr std::int64_t kMaxFramesTogether = 1'000'000;

constexpr const char* kSummaryColumns =
    "SELECT r.id, r.take, m.name, r.is_correct, r.mistake, r.person, r.start_us, r.end_us, "
    "r.frames,"
    " r.is_removed FROM repetition AS r JOIN movement AS m ON m.id = r.movement ";

void check_frames(const std::vector<Landmarks>& frames) {
  if (frames.empty() || frames.size() > kMaxFrames) {
    throw Error(ErrorCode::kInvalidArgument, "a repetition has between 1 and " +
                                                 std::to_string(kMaxFrames) + " frames, not " +
                                                 std::to_string(frames.size()));
  }
  // Whoever stores it: what nobody is seen in teaches nothing, but would count as an example.
  if (std::ranges::all_of(frames, &Landmarks::is_empty)) {
    throw Error(ErrorCode::kNotEnough, "nobody is seen in the " + std::to_string(frames.size()) +
                                           " frames of the repetition; nothing was stored");
  }
}

void check_repetition(const Repetition& repetition) {
  if (repetition.movement.empty()) {
    throw Error(ErrorCode::kInvalidArgument, "the movement has no name");
  }
  check_text(repetition.movement, kMaxNameBytes, "movement's name");
  check_text(repetition.person, kMaxNameBytes, "person");
  check_label(repetition.label, repetition.mistake);
  check_frames(repetition.frames);
}

std::optional<std::string> text_or_null(const sqlite::Column& column) {
  if (column.is_null()) return std::nullopt;
  return text_of(column);
}

RepetitionSummary summary_of(sqlite::Statement& row) {
  RepetitionSummary summary;
  summary.id = row.column(0).long_integer();
  summary.take = row.column(1).long_integer();
  summary.movement = text_of(row.column(2));
  summary.label = row.column(3).integer() != 0 ? Label::kCorrect : Label::kIncorrect;
  summary.mistake = text_or_null(row.column(4));
  summary.person = text_of(row.column(5));
  summary.start = Timestamp(Duration(row.column(6).long_integer()));
  summary.end = Timestamp(Duration(row.column(7).long_integer()));
  summary.frames = row.column(8).integer();
  summary.is_removed = row.column(9).integer() != 0;
  return summary;
}

Error no_such_repetition(std::int64_t id) {
  return {ErrorCode::kNotFound,
          "there is no repetition " + std::to_string(id) + " in the craft; `kata show` lists them"};
}

int run_with_id(sqlite::Statement statement, std::int64_t id) {
  statement.bind(1, id);
  return statement.run();
}

}  // namespace

void check_label(Label label, const std::optional<std::string>& mistake) {
  if (!mistake) return;
  check_text(*mistake, kMaxNameBytes, "mistake's name");
  if (mistake->empty()) throw Error(ErrorCode::kInvalidArgument, "the mistake has no name");
  if (label == Label::kCorrect) {
    throw Error(ErrorCode::kInvalidArgument, "a correct repetition has no mistake");
  }
}

std::int64_t Craft::Impl::insert_repetition(const Repetition& repetition, std::int64_t take) {
  check_repetition(repetition);
  sqlite::Statement insert = statement(
      "INSERT INTO repetition (take, movement, is_correct, mistake, person, start_us, end_us, "
      "frames)"
      " SELECT id, ?2, ?3, ?4, iif(?5 = '', person, ?5), ?6, ?7, ?8 FROM take WHERE id = ?1");
  insert.bind(1, take);
  insert.bind(2, movement_id_or_new(repetition.movement));
  insert.bind(3, repetition.label == Label::kCorrect ? 1 : 0);
  if (repetition.mistake) insert.bind(4, *repetition.mistake);
  insert.bind(5, repetition.person);
  insert.bind(6, repetition.frames.front().timestamp.time_since_epoch().count());
  insert.bind(7, repetition.frames.back().timestamp.time_since_epoch().count());
  insert.bind(8, static_cast<std::int64_t>(repetition.frames.size()));
  if (insert.run() != 1) {
    throw Error(ErrorCode::kNotFound, "there is no take " + std::to_string(take) + " in the craft");
  }
  const std::int64_t id = database.last_row();
  store_landmarks(id, repetition.frames);
  return id;
}

void Craft::Impl::store_landmarks(std::int64_t id, const std::vector<Landmarks>& frames) {
  const std::string blob = blob_from_landmarks(frames);
  sqlite::Statement store = statement("INSERT OR REPLACE INTO landmarks VALUES (?, ?)");
  store.bind(1, id);
  store.bind_blob_in_place(2, blob);
  store.run();
}

void Craft::Impl::mark_corrected(std::int64_t take) {
  run_with_id(statement("UPDATE recorded_take SET is_corrected = 1 WHERE take = ?"), take);
}

void Craft::Impl::mark_corrected_of(std::int64_t repetition) {
  run_with_id(statement("UPDATE recorded_take SET is_corrected = 1"
                        " WHERE take = (SELECT take FROM repetition WHERE id = ?)"),
              repetition);
}

std::int64_t Craft::add_repetition(const Repetition& repetition) {
  return impl_->change([&] {
    impl_->mark_corrected(repetition.take);
    return impl_->insert_repetition(repetition, repetition.take);
  });
}

std::vector<RepetitionSummary> Craft::summaries(bool with_removed) const {
  return impl_->read([&] {
    const std::string sql =
        std::string(kSummaryColumns) +
        (with_removed ? "ORDER BY r.id" : "WHERE r.is_removed = 0 ORDER BY r.id");
    sqlite::Statement query = impl_->statement(sql.c_str());
    std::vector<RepetitionSummary> summaries;
    while (query.step()) summaries.push_back(summary_of(query));
    return summaries;
  });
}

namespace {

std::vector<Landmarks> frames_of(sqlite::Statement& query, std::int64_t id) {
  query.reset();
  query.bind(1, id);
  if (!query.step()) return {};
  return landmarks_of(query.column(0));
}

Repetition repetition_of(const RepetitionSummary& summary, std::vector<Landmarks> frames) {
  return {summary.id,      summary.take,   summary.movement, summary.label,
          summary.mistake, summary.person, std::move(frames)};
}

}  // namespace

Repetition Craft::repetition(std::int64_t id) const {
  return impl_->read([&] {
    sqlite::Statement query =
        impl_->statement((std::string(kSummaryColumns) + "WHERE r.id = ?").c_str());
    query.bind(1, id);
    if (!query.step()) throw no_such_repetition(id);
    const RepetitionSummary summary = summary_of(query);
    sqlite::Statement blob = impl_->statement("SELECT frames FROM landmarks WHERE repetition = ?");
    std::vector<Landmarks> frames = frames_of(blob, id);
    if (frames.empty()) throw impl_->damaged_row("a repetition without landmarks");
    return repetition_of(summary, std::move(frames));
  });
}

std::vector<Repetition> Craft::repetitions() const {
  return impl_->read([&] {
    // One snapshot, so that another program's removal in between is not seen half.
    sqlite::Transaction snapshot(impl_->database);
    sqlite::Statement blob = impl_->statement("SELECT frames FROM landmarks WHERE repetition = ?");
    std::vector<Repetition> repetitions;
    std::int64_t total = 0;
    for (const RepetitionSummary& summary : summaries()) {
      std::vector<Landmarks> frames = frames_of(blob, summary.id);
      if (frames.empty()) throw impl_->damaged_row("a repetition without landmarks");
      total += static_cast<std::int64_t>(frames.size());
      if (total > kMaxFramesTogether) throw impl_->damaged_row("more frames than can be loaded");
      repetitions.push_back(repetition_of(summary, std::move(frames)));
    }
    return repetitions;
  });
}

void Craft::recut(std::int64_t id, const std::vector<Landmarks>& frames) {
  check_frames(frames);
  impl_->change([&] {
    sqlite::Statement update =
        impl_->statement("UPDATE repetition SET start_us = ?, end_us = ?, frames = ? WHERE id = ?");
    update.bind(1, frames.front().timestamp.time_since_epoch().count());
    update.bind(2, frames.back().timestamp.time_since_epoch().count());
    update.bind(3, static_cast<std::int64_t>(frames.size()));
    update.bind(4, id);
    if (update.run() != 1) throw no_such_repetition(id);
    impl_->store_landmarks(id, frames);
    impl_->mark_corrected_of(id);
    run_with_id(impl_->statement("DELETE FROM original_numbers WHERE repetition = ?"), id);
  });
}

std::vector<std::int64_t> Craft::replace_repetitions(std::span<const std::int64_t> dropped,
                                                     std::span<const Repetition> added) {
  return impl_->change([&] {
    for (const std::int64_t id : dropped) {
      if (run_with_id(impl_->statement("DELETE FROM repetition WHERE id = ?"), id) != 1) {
        throw no_such_repetition(id);
      }
    }
    std::vector<std::int64_t> ids;
    for (const Repetition& repetition : added) {
      ids.push_back(impl_->insert_repetition(repetition, repetition.take));
    }
    return ids;
  });
}

void Craft::relabel(std::int64_t id, Label label, const std::optional<std::string>& mistake) {
  check_label(label, mistake);
  impl_->change([&] {
    sqlite::Statement update =
        impl_->statement("UPDATE repetition SET is_correct = ?, mistake = ? WHERE id = ?");
    update.bind(1, label == Label::kCorrect ? 1 : 0);
    if (mistake) update.bind(2, *mistake);
    update.bind(3, id);
    if (update.run() != 1) throw no_such_repetition(id);
    impl_->mark_corrected_of(id);
  });
}

void Craft::set_person(std::int64_t id, const std::string& person) {
  check_text(person, kMaxNameBytes, "person");
  impl_->change([&] {
    sqlite::Statement update = impl_->statement("UPDATE repetition SET person = ? WHERE id = ?");
    update.bind(1, person);
    update.bind(2, id);
    if (update.run() != 1) throw no_such_repetition(id);
    sqlite::Statement take = impl_->statement(
        "UPDATE take SET person = ?1 WHERE id = (SELECT take FROM repetition WHERE id = ?2)"
        " AND NOT EXISTS (SELECT 1 FROM repetition AS r WHERE r.take = take.id AND r.person <> "
        "?1)");
    take.bind(1, person);
    take.bind(2, id);
    take.run();
  });
}

namespace {

int set_removed(sqlite::Statement update, std::int64_t id, bool is_removed) {
  update.bind(1, is_removed ? 1 : 0);
  update.bind(2, id);
  return update.run();
}

constexpr const char* kSetRemoved = "UPDATE repetition SET is_removed = ? WHERE id = ?";

}  // namespace

void Craft::remove(std::int64_t id) {
  impl_->change([&] {
    if (set_removed(impl_->statement(kSetRemoved), id, true) != 1) throw no_such_repetition(id);
    impl_->mark_corrected_of(id);
  });
}

void Craft::restore(std::int64_t id) {
  impl_->change([&] {
    if (set_removed(impl_->statement(kSetRemoved), id, false) != 1) throw no_such_repetition(id);
    impl_->mark_corrected_of(id);
  });
}

}  // namespace kata
