// SPDX-License-Identifier: Apache-2.0
#include "kata/session/take_agreement.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "kata/craft/craft.h"
#include "kata/motion/cut_agreement.h"
#include "kata/store/landmark_blob.h"

namespace kata {
namespace {

/// Takes that a new one is compared with, the latest ones: more say little more.
constexpr std::size_t kMostEarlier = 4;
/// Repetitions of a take that stays as it is.
constexpr std::size_t kMostFixed = 8;

/// A take of the movement with what is stored of it.
struct EarlierTake {
  std::int64_t id = 0;
  RecordedTake recorded;  ///< of one that was not kept: only what its repetitions hold
  std::vector<RepetitionSummary> repetitions;  ///< by time
  bool is_fixed = false;
  std::vector<CutSpan> spans;
};

/// Where the stored repetitions lie in the take; nothing where they are not out of it.
std::optional<std::vector<CutSpan>> places_in(const RecordedTake& take,
                                              const std::vector<RepetitionSummary>& repetitions) {
  std::vector<CutSpan> spans;
  for (const RepetitionSummary& each : repetitions) {
    const auto at = [&](Timestamp time) {
      return std::ranges::lower_bound(take.frames, time, {}, &Landmarks::timestamp);
    };
    const auto first = at(each.start), last = at(each.end);
    if (first == take.frames.end() || last == take.frames.end() || first->timestamp != each.start ||
        last->timestamp != each.end || last <= first)
      return std::nullopt;
    spans.push_back({static_cast<std::size_t>(first - take.frames.begin()),
                     static_cast<std::size_t>(last - take.frames.begin()), 1, 1});
  }
  return spans;
}

/// The repetitions end to end: what there is of a take that was not kept.
void take_from_repetitions(const Craft& craft, EarlierTake& take) {
  take.is_fixed = true;
  take.recorded = {};
  take.spans.clear();
  if (take.repetitions.size() > kMostFixed) take.repetitions.resize(kMostFixed);
  for (const RepetitionSummary& each : take.repetitions) {
    const std::vector<Landmarks> frames = craft.repetition(each.id).frames;
    const std::size_t first = take.recorded.frames.size();
    take.recorded.frames.insert(take.recorded.frames.end(), frames.begin(), frames.end());
    take.spans.push_back({first, take.recorded.frames.size() - 1, 1, 1});
  }
}

/// All as one lesson says: only then the whole take may be cut anew.
bool are_of_one_lesson(const std::vector<RepetitionSummary>& repetitions) {
  return std::ranges::all_of(repetitions, [&](const RepetitionSummary& each) {
    return each.label == repetitions[0].label && each.mistake == repetitions[0].mistake &&
           each.person == repetitions[0].person;
  });
}

EarlierTake load(const Craft& craft, std::int64_t id, std::vector<RepetitionSummary> repetitions) {
  EarlierTake take{id, {}, std::move(repetitions), false, {}};
  std::ranges::sort(take.repetitions, {}, &RepetitionSummary::start);
  if (auto recorded = craft.recorded(id); recorded && !recorded->is_corrected) {
    const auto spans = places_in(*recorded, take.repetitions);
    if (spans && are_of_one_lesson(take.repetitions)) {
      take.recorded = std::move(*recorded);
      take.spans = *spans;
      return take;
    }
  }
  take_from_repetitions(craft, take);
  return take;
}

std::vector<EarlierTake> earlier_takes(const Craft& craft, const std::string& movement,
                                       std::int64_t newest) {
  std::map<std::int64_t, std::vector<RepetitionSummary>> by_take;
  for (RepetitionSummary& each : craft.summaries()) {
    if (each.movement == movement && each.take != newest)
      by_take[each.take].push_back(std::move(each));
  }
  std::vector<EarlierTake> takes;
  for (auto each = by_take.rbegin(); each != by_take.rend() && takes.size() < kMostEarlier; ++each)
    takes.push_back(load(craft, each->first, std::move(each->second)));
  std::ranges::reverse(takes);
  return takes;
}

bool is_same(const std::vector<CutSpan>& a, const std::vector<CutSpan>& b) {
  return std::ranges::equal(a, b, [](const CutSpan& x, const CutSpan& y) {
    return x.first == y.first && x.last == y.last;
  });
}

/// What is dropped and added where a take is cut anew.
struct Exchange {
  std::vector<std::int64_t> dropped;
  std::vector<Repetition> added;

  void cut(const EarlierTake& take, const std::vector<CutSpan>& spans) {
    for (const RepetitionSummary& each : take.repetitions) dropped.push_back(each.id);
    const RepetitionSummary& like = take.repetitions.front();
    for (const CutSpan& span : spans) {
      const auto own = frames_in(take.recorded.frames, span);
      added.push_back({0,
                       take.id,
                       like.movement,
                       like.label,
                       like.mistake,
                       like.person,
                       {own.begin(), own.end()}});
    }
  }
};

std::vector<CutSpan> spans_of(const std::vector<LessonSpan>& lesson) {
  std::vector<CutSpan> spans;
  for (const LessonSpan& each : lesson) spans.push_back(each.span);
  return spans;
}

}  // namespace

std::vector<std::int64_t> agree_with_earlier_takes(const std::filesystem::path& path,
                                                   const Lesson& lesson,
                                                   std::span<const Landmarks> frames, bool goes_on,
                                                   const std::vector<LessonSpan>& spans,
                                                   TakeWriter& newest) {
  std::vector<std::int64_t> cut_anew;
  if (frames.size() > kMaxFrames || spans.empty()) return cut_anew;
  Craft craft = Craft::open(path);
  craft.keep_recorded(
      newest.take(), {{frames.begin(), frames.end()}, lesson.expected_repetitions, goes_on, false});
  const std::vector<EarlierTake> earlier = earlier_takes(craft, lesson.movement, newest.take());
  std::vector<TakeCut> takes;
  for (const EarlierTake& each : earlier)
    takes.push_back({each.recorded.frames, each.recorded.expected_repetitions,
                     each.recorded.goes_on, each.is_fixed, each.spans});
  takes.push_back({frames, lesson.expected_repetitions, goes_on, false, spans_of(spans)});
  const std::vector<std::vector<CutSpan>> cuts = agreeing_cuts(takes);
  Exchange exchange;
  for (std::size_t i = 0; i < earlier.size(); ++i) {
    if (earlier[i].is_fixed || is_same(cuts[i], takes[i].spans)) continue;
    exchange.cut(earlier[i], cuts[i]);
    cut_anew.push_back(earlier[i].id);
  }
  if (!cut_anew.empty()) craft.replace_repetitions(exchange.dropped, exchange.added);
  newest.store(frames, as_taught(cuts.back(), lesson));  // nothing where it stays
  return cut_anew;
}

}  // namespace kata
