// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kata/core/landmarks.h"
#include "kata/find/course.h"

namespace kata {

/// How a frame would look from a camera that stands turned about the body's upright axis.
///
/// What trackers say of the depth of arms is no measurement. It is guessed instead from where the
/// joints lie, by a table that random movements of made-up people gave.
CourseFrame turned_course_frame(const Landmarks& landmarks, double yaw_rad);

}  // namespace kata
