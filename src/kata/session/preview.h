// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "kata/core/image.h"
#include "kata/core/landmarks.h"
#include "kata/craft/records.h"

namespace kata {

/// The picture of a frame of a repetition, by its place in it.
using PictureOfFrame = std::function<Image(std::size_t frame)>;

/// Whether videos can be made at all: a web page has nothing that writes them.
bool can_make_previews();

/// A small video of a repetition: its pictures, or its stick figure where there are none.
///
/// Not mirrored. Throws Error when no video can be written.
PreviewVideo preview_of(std::span<const Landmarks> frames, const PictureOfFrame& picture = {});

}  // namespace kata
