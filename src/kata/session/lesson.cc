// SPDX-License-Identifier: Apache-2.0
#include "kata/session/lesson.h"

#include <algorithm>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/motion/seen_part.h"
#include "kata/store/stored_text.h"

namespace kata {
namespace {

constexpr std::size_t kFewestFrames = 3;
constexpr std::size_t kMostKnown = 8;
constexpr double kRounding_s = 0.0005;
constexpr double kPastTheEnd_s = 0.5;  // a mark that ends so much later is of another video

std::string with_name(const std::string& sentence, const std::string& name) {
  return name.empty() ? sentence : sentence + ": " + name;
}

CutSpan span_of(const Mark& mark, std::span<const Landmarks> take) {
  CutSpan span{0, 0, 1, 1};
  if (mark.is_in_frames) {
    span.first = static_cast<std::size_t>(mark.start);
    span.last = static_cast<std::size_t>(mark.end);
  } else {
    const auto at = [&](double time_s) {
      const auto found =
          std::ranges::lower_bound(take, timestamp_from_seconds(time_s), {}, &Landmarks::timestamp);
      return static_cast<std::size_t>(found - take.begin());
    };
    // Times are rounded when written: half a millisecond beside a frame is still its time.
    span.first = at(mark.start - kRounding_s);
    const std::size_t after = at(mark.end + kRounding_s);
    span.last = after == 0 ? 0 : after - 1;
    if (mark.end > seconds(take.back().timestamp) + kPastTheEnd_s) span.last = take.size();
  }
  if (span.last >= take.size() || span.first > span.last) {
    throw Error(ErrorCode::kInvalidArgument,
                "the mark in line " + std::to_string(mark.line) +
                    " lies outside of the take or between two of its " +
                    std::to_string(take.size()) + " frames; no repetition was stored");
  }
  return span;
}

/// The mark's part of the take in which somebody is seen.
CutSpan seen_span_of(const Mark& mark, std::span<const Landmarks> take) {
  const auto seen = seen_part(take, span_of(mark, take));
  if (seen) return *seen;
  throw Error(ErrorCode::kNotEnough, "nobody is seen in the mark in line " +
                                         std::to_string(mark.line) + "; no repetition was stored");
}

}  // namespace

void Lesson::validate() const {
  if (movement.empty()) {
    throw Error(ErrorCode::kInvalidArgument, "the movement has no name; give one with --movement");
  }
  if (mistake && label == Label::kCorrect) {
    throw Error(ErrorCode::kInvalidArgument,
                "a right take has no mistake; use --wrong with --mistake");
  }
  if (mistake && mistake->empty()) {
    throw Error(ErrorCode::kInvalidArgument, "the mistake has no name");
  }
  check_text(movement, kMaxNameBytes, "movement's name");
  check_text(person, kMaxNameBytes, "person's name");
  if (mistake) check_text(*mistake, kMaxNameBytes, "mistake's name");
}

bool LessonSpan::is_same_as(const LessonSpan& other, std::size_t tolerance) const {
  const auto is_near = [&](std::size_t a, std::size_t b) {
    return (a > b ? a - b : b - a) <= tolerance;
  };
  return is_near(span.first, other.span.first) && is_near(span.last, other.span.last) &&
         movement == other.movement && label == other.label && mistake == other.mistake;
}

void check_somebody_is_seen(std::span<const Landmarks> take, const std::string& name) {
  if (take.size() < kFewestFrames) {
    throw Error(ErrorCode::kNotEnough,
                with_name("the take is too short; nothing was stored", name));
  }
  if (std::ranges::all_of(take, &Landmarks::is_empty)) {
    throw Error(
        ErrorCode::kNotEnough,
        with_name("nobody is seen in the " + std::to_string(take.size()) +
                      " frames; record with the whole movement in the picture and enough light",
                  name));
  }
}

std::vector<std::vector<Landmarks>> known_repetitions(const std::filesystem::path& path,
                                                      const std::string& movement) {
  std::vector<std::vector<Landmarks>> known;
  if (!std::filesystem::exists(path)) return known;
  const Craft craft = Craft::open(path, Craft::Access::kRead);
  std::vector<RepetitionSummary> summaries = craft.summaries();
  std::erase_if(summaries, [&](const RepetitionSummary& one) { return one.movement != movement; });
  std::ranges::stable_sort(summaries, {}, &RepetitionSummary::label);  // right ones first
  if (summaries.size() > kMostKnown) summaries.resize(kMostKnown);
  for (const RepetitionSummary& one : summaries) known.push_back(craft.repetition(one.id).frames);
  return known;
}

std::vector<LessonSpan> as_taught(std::span<const CutSpan> cut, const Lesson& lesson) {
  std::vector<LessonSpan> spans;
  for (const CutSpan& span : cut)
    spans.push_back({span, lesson.movement, lesson.label, lesson.mistake});
  return spans;
}

std::vector<LessonSpan> cut_lesson(std::span<const Landmarks> take, const Lesson& lesson,
                                   const std::string& name,
                                   std::span<const std::vector<Landmarks>> known) {
  check_somebody_is_seen(take, name);
  std::vector<LessonSpan> spans =
      as_taught(cut_repetitions(take, {lesson.expected_repetitions, known}), lesson);
  if (spans.empty()) {
    throw Error(ErrorCode::kNotEnough,
                with_name("no repetition was found; repeat the movement a few times, with a short "
                          "rest before the first and after the last",
                          name));
  }
  return spans;
}

std::vector<LessonSpan> spans_of_marks(std::span<const Mark> marks, std::span<const Landmarks> take,
                                       const Lesson& lesson) {
  check_somebody_is_seen(take, {});
  std::vector<LessonSpan> spans;
  for (const Mark& mark : marks) {
    LessonSpan span{seen_span_of(mark, take), mark.movement.value_or(lesson.movement),
                    mark.label.value_or(lesson.label), mark.mistake};
    if (span.label == Label::kIncorrect && !span.mistake) span.mistake = lesson.mistake;
    if (span.label == Label::kCorrect) span.mistake.reset();
    spans.push_back(std::move(span));
  }
  std::ranges::sort(spans, {}, [](const LessonSpan& span) { return span.span.first; });
  return spans;
}

}  // namespace kata
