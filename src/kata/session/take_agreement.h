// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "kata/session/lesson.h"
#include "kata/session/take_writer.h"

namespace kata {

/// Keeps a take that Kata has cut in its craft, and cuts it and the movement's earlier takes anew
/// where they agree better then (agreeing_cuts). A take stays that the teacher has corrected or cut
/// by hand, or that was not kept.
///
/// `newest`: has stored `spans` of the take. `goes_on`: the take ended while the movement did not.
/// Returns the earlier takes that were cut anew. Throws Error; the repetitions are safe then.
std::vector<std::int64_t> agree_with_earlier_takes(const std::filesystem::path& craft,
                                                   const Lesson& lesson,
                                                   std::span<const Landmarks> frames, bool goes_on,
                                                   const std::vector<LessonSpan>& spans,
                                                   TakeWriter& newest);

}  // namespace kata
