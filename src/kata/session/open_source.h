// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"

namespace kata {

/// Opens a SOURCE as the command line names it: whatever make_source() knows, or a stored track
/// (.jsonl or .csv of `kata track`, also packed as .gz), also behind live: and loop:.
///
/// Throws Error with one sentence that says what is wrong and what to do.
std::unique_ptr<FrameSource> open_source(const std::string& spec);

/// What finds the landmarks in the source's pictures. A stored track needs none: no network is
/// loaded for it, and what is returned is never asked.
std::unique_ptr<Landmarker> landmarker_for(const SourceDescription& source,
                                           LandmarkerOptions options);

}  // namespace kata
