// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/seen_part.h"

namespace kata {

std::optional<CutSpan> seen_part(std::span<const Landmarks> take, const CutSpan& span) {
  CutSpan seen = span;
  while (seen.first < span.last && take[seen.first].is_empty()) ++seen.first;
  while (seen.last > seen.first && take[seen.last].is_empty()) --seen.last;
  if (take[seen.first].is_empty()) return std::nullopt;
  return seen;
}

std::span<const Landmarks> seen_part(std::span<const Landmarks> frames) {
  if (frames.empty()) return {};
  const auto seen = seen_part(frames, CutSpan{0, frames.size() - 1, 1, 1});
  return seen ? frames_in(frames, *seen) : std::span<const Landmarks>();
}

}  // namespace kata
