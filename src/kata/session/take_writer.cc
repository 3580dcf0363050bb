// SPDX-License-Identifier: Apache-2.0
#include "kata/session/take_writer.h"

#include <algorithm>
#include <set>
#include <utility>

namespace kata {

double frame_rate_hz(std::span<const Landmarks> frames) {
  const double length_s = duration_s(frames);
  return length_s > 0 ? static_cast<double>(frames.size() - 1) / length_s : 0;
}

TakeWriter::TakeWriter(std::filesystem::path craft, Take description)
    : path_(std::move(craft)), description_(std::move(description)) {}

Craft TakeWriter::open() {
  if (std::filesystem::exists(path_)) return Craft::open(path_);
  made_craft_ = true;
  return Craft::create(path_, {path_.stem().string(), {}, {}, {}});
}

void TakeWriter::add_take(Craft& craft, std::span<const Landmarks> frames) {
  description_.frame_rate_hz = frame_rate_hz(frames);
  take_ = craft.add_take(description_);
}

void TakeWriter::store(std::span<const Landmarks> frames, const std::vector<LessonSpan>& spans,
                       std::size_t tolerance) {
  std::vector<Stored> now;
  std::vector<Repetition> added;
  std::vector<std::size_t> places;  // of what is added
  std::vector<Stored> before = stored_;
  for (const LessonSpan& each : spans) {
    const auto same = std::ranges::find_if(
        before, [&](const Stored& stored) { return stored.what.is_same_as(each, tolerance); });
    if (same != before.end()) {
      now.push_back(std::move(*same));
      before.erase(same);
      continue;
    }
    const auto own = frames_in(frames, each.span);
    places.push_back(now.size());
    added.push_back({0,
                     take_,
                     each.movement,
                     each.label,
                     each.mistake,
                     description_.person,
                     {own.begin(), own.end()}});
    now.push_back({each,
                   {0, each.label, own.front().timestamp, own.back().timestamp,
                    each.span.first_confidence, each.span.last_confidence}});
  }
  if (added.empty() && before.empty()) return;
  Craft craft = open();
  if (take_ == 0) add_take(craft, frames);
  for (Repetition& repetition : added) repetition.take = take_;
  std::vector<std::int64_t> dropped;
  for (const Stored& stored : before) dropped.push_back(stored.repetition.id);
  const std::vector<std::int64_t> ids = craft.replace_repetitions(dropped, added);
  for (std::size_t i = 0; i < ids.size(); ++i) now[places[i]].repetition.id = ids[i];
  stored_ = std::move(now);
}

bool TakeWriter::keeps_all(const std::vector<LessonSpan>& spans, std::size_t tolerance) const {
  return std::ranges::all_of(stored_, [&](const Stored& stored) {
    return std::ranges::any_of(
        spans, [&](const LessonSpan& each) { return stored.what.is_same_as(each, tolerance); });
  });
}

void TakeWriter::store_previews(std::span<const Landmarks> frames, const PictureOfFrame& picture) {
  if (!can_make_previews()) return;
  if (stored_.empty()) return;
  Craft craft = open();
  std::set<std::string> shown;
  for (const MovementSummary& movement : craft.movements()) {
    if (movement.has_preview) shown.insert(movement.name);
  }
  for (const Stored& stored : stored_) {
    if (stored.what.label != Label::kCorrect || !shown.insert(stored.what.movement).second)
      continue;
    PictureOfFrame of_take;
    if (picture) {
      of_take = [&](std::size_t frame) { return picture(stored.what.span.first + frame); };
    }
    craft.set_preview(stored.what.movement,
                      preview_of(frames_in(frames, stored.what.span), of_take));
  }
}

std::vector<TaughtRepetition> TakeWriter::repetitions() const {
  std::vector<TaughtRepetition> repetitions;
  for (const Stored& stored : stored_) repetitions.push_back(stored.repetition);
  return repetitions;
}

}  // namespace kata
