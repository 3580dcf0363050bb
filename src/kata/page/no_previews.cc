// SPDX-License-Identifier: Apache-2.0
// In a page: stick figures are drawn from the repetition itself.
#include "kata/core/error.h"
#include "kata/session/preview.h"

namespace kata {

bool can_make_previews() { return false; }

PreviewVideo preview_of(std::span<const Landmarks> /*frames*/, const PictureOfFrame& /*picture*/) {
  throw Error(ErrorCode::kUnsupported, "videos cannot be made in a page");
}

}  // namespace kata
