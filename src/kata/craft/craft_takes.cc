// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>

#include "kata/craft/craft_impl.h"
#include "kata/store/landmark_blob.h"

namespace kata {
namespace {

/// Longer than any take with as many frames as are kept.
constexpr double kLongest_s = 3600;

/// What is done with a whole take (cut, drawn over time) may cost as much as its times say.
bool are_of_a_take(const std::vector<Landmarks>& frames) {
  return !frames.empty() && std::ranges::is_sorted(frames, {}, &Landmarks::timestamp) &&
         seconds(frames.back().timestamp) - seconds(frames.front().timestamp) < kLongest_s;
}

}  // namespace

std::vector<Landmarks> landmarks_of(const sqlite::Column& blob) {
  return landmarks_from_blob(blob.bytes());
}

std::int64_t Craft::Impl::insert_take(const Take& take) {
  check_text(take.person, kMaxNameBytes, "person");
  check_text(take.source, kMaxTextBytes, "source");
  check_text(take.recorded_at, kMaxNameBytes, "time of recording");
  sqlite::Statement insert = statement(
      "INSERT INTO take (person, source, recorded_at, frame_rate_hz, is_mirrored) "
      "VALUES (?, ?, ?, ?, ?)");
  insert.bind(1, take.person);
  insert.bind(2, take.source);
  insert.bind(3, take.recorded_at);
  insert.bind(4, std::isfinite(take.frame_rate_hz) ? take.frame_rate_hz : 0.0);
  insert.bind(5, take.is_mirrored ? 1 : 0);
  insert.run();
  return database.last_row();
}

std::int64_t Craft::add_take(const Take& take) {
  return impl_->change([&] { return impl_->insert_take(take); });
}

std::vector<Take> Craft::takes() const {
  return impl_->read([&] {
    sqlite::Statement query = impl_->statement(
        "SELECT id, person, source, recorded_at, frame_rate_hz, is_mirrored FROM take ORDER BY id");
    std::vector<Take> takes;
    while (query.step()) {
      takes.push_back({query.column(0).long_integer(), text_of(query.column(1)),
                       text_of(query.column(2)), text_of(query.column(3)), query.column(4).real(),
                       query.column(5).integer() != 0});
    }
    return takes;
  });
}

void Craft::keep_recorded(std::int64_t take, const RecordedTake& recorded) {
  if (recorded.frames.empty() || recorded.frames.size() > kMaxFrames) {
    throw Error(ErrorCode::kInvalidArgument, "a take that is kept has between 1 and " +
                                                 std::to_string(kMaxFrames) + " frames, not " +
                                                 std::to_string(recorded.frames.size()));
  }
  const std::string blob = blob_from_landmarks(recorded.frames);
  impl_->change([&] {
    sqlite::Statement insert = impl_->statement(
        "INSERT OR REPLACE INTO recorded_take SELECT id, ?2, ?3, ?4, ?5"
        " FROM take WHERE id = ?1");
    insert.bind(1, take);
    if (recorded.expected_repetitions) insert.bind(2, *recorded.expected_repetitions);
    insert.bind(3, recorded.goes_on ? 1 : 0);
    insert.bind(4, recorded.is_corrected ? 1 : 0);
    insert.bind_blob_in_place(5, blob);
    if (insert.run() != 1) {
      throw Error(ErrorCode::kNotFound,
                  "there is no take " + std::to_string(take) + " in the craft");
    }
  });
}

std::optional<RecordedTake> Craft::recorded(std::int64_t take) const {
  return impl_->read([&]() -> std::optional<RecordedTake> {
    sqlite::Statement query = impl_->statement(
        "SELECT expected_repetitions, goes_on, is_corrected, frames FROM recorded_take"
        " WHERE take = ?");
    query.bind(1, take);
    if (!query.step()) return std::nullopt;
    RecordedTake recorded;
    if (!query.column(0).is_null()) recorded.expected_repetitions = query.column(0).integer();
    recorded.goes_on = query.column(1).integer() != 0;
    recorded.is_corrected = query.column(2).integer() != 0;
    recorded.frames = landmarks_of(query.column(3));
    if (!are_of_a_take(recorded.frames)) return std::nullopt;
    return recorded;
  });
}

}  // namespace kata
