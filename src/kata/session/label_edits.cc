// SPDX-License-Identifier: Apache-2.0
// LabelDesk: the timeline's repetitions and their place in the craft.

#include <algorithm>
#include <utility>

#include "kata/motion/seen_part.h"
#include "kata/session/label_desk.h"
#include "kata/session/take_writer.h"
#include "kata/session/utc_now.h"

namespace kata {
std::vector<Landmarks> LabelDesk::frames_of(const Span& span) const {
  const auto seen = seen_part(take_.frames, CutSpan{span.first, span.last, 1, 1});
  if (!seen) return {};
  const auto frames = frames_in(take_.frames, *seen);
  return {frames.begin(), frames.end()};
}

void LabelDesk::edit(std::optional<Span> before, std::optional<Span> after) {
  if (!before) {  // it gets its number now; to take it back is to remove it
    if (take_id_ == 0) {
      Take take;
      take.person = take_.person;
      take.source = take_.source;
      take.recorded_at = utc_now();
      take.frame_rate_hz = frame_rate_hz(take_.frames);
      take_id_ = craft().add_take(take);
    }
    after->id = craft().add_repetition({0, take_id_, after->movement, after->label, after->mistake,
                                        take_.person, frames_of(*after)});
    spans_.insert(std::ranges::upper_bound(spans_, after->first, {}, &Span::first), *after);
  } else {
    apply(before, after);
  }
  edits_.push_back({std::move(before), std::move(after)});
}

void LabelDesk::apply(const std::optional<Span>& from, std::optional<Span> to) {
  const std::int64_t id = from ? from->id : to->id;
  if (!to) {
    craft().remove(id);
  } else if (!from) {
    craft().restore(id);
  } else {
    if (from->first != to->first || from->last != to->last) craft().recut(id, frames_of(*to));
    if (from->label != to->label || from->mistake != to->mistake)
      craft().relabel(id, to->label, to->mistake);
  }
  std::erase_if(spans_, [&](const Span& span) { return span.id == id; });
  if (to) spans_.insert(std::ranges::upper_bound(spans_, to->first, {}, &Span::first), *to);
}

/// The repetition at the current frame, else the nearest one.
std::optional<std::size_t> LabelDesk::selected() const {
  std::optional<std::size_t> nearest;
  std::size_t least = 0;
  for (std::size_t i = 0; i < spans_.size(); ++i) {
    const Span& span = spans_[i];
    const std::size_t distance = frame_ < span.first  ? span.first - frame_
                                 : frame_ > span.last ? frame_ - span.last
                                                      : 0;
    if (nearest && distance >= least) continue;
    nearest = i;
    least = distance;
  }
  return nearest;
}

bool LabelDesk::is_start_nearer(const Span& span) const {
  const auto distance = [&](std::size_t edge) {
    return edge > frame_ ? edge - frame_ : frame_ - edge;
  };
  return distance(span.first) <= distance(span.last);
}

bool LabelDesk::is_free(std::size_t first, std::size_t last, std::int64_t but) const {
  return std::ranges::none_of(spans_, [&](const Span& span) {
    return span.id != but && span.first <= last && first <= span.last;
  });
}

}  // namespace kata
