// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "kata/core/landmarks.h"

namespace kata {

class Judge;

/// How a person's trunk lies in the picture.
struct Trunk {
  bool is_upright = false;  ///< the head's end is above
  bool is_lying = false;    ///< shoulders and hips are beside each other; neither: it leans
  /// Seen from the front or from behind: shoulders apart rather than one before the other.
  bool is_frontal = false;
};

/// Empty where too little of the body is seen.
std::optional<Trunk> trunk_of(const Landmarks& landmarks);

/// The judge's movements are done sitting or standing: nearly no taught frame shows a person lying
/// or bent down.
bool is_taught_upright(const Judge& judge);

/// Whether a picture lies on its side, by a person in it. A taught posture tells; without one only
/// a person seen from the front does (shoulders above each other): who exercises lying is filmed
/// from the side.
bool lies_on_its_side(const Landmarks& landmarks, std::optional<bool> is_taught_upright);

/// Notices in a stream that its picture lies on its side; somebody may bend down for a moment.
class SidewaysNotice {
 public:
  explicit SidewaysNotice(std::optional<bool> is_taught_upright = {})
      : is_taught_upright_(is_taught_upright) {}

  /// Timestamps rise.
  bool step(const Landmarks& landmarks);

 private:
  std::optional<bool> is_taught_upright_;
  double sideways_s_ = 0;  ///< how long, less what was not
  std::optional<double> last_s_;
};

/// For people, with what to do.
inline constexpr const char* kSidewaysText = "the picture lies on its side";
inline constexpr const char* kSidewaysAdvice = "turn the camera, or the video a quarter turn";

}  // namespace kata
