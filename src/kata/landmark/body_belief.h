// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "kata/core/timestamp.h"
#include "kata/landmark/hand_pair.h"
#include "kata/landmark/parts_in_image.h"

namespace kata {

/// What hands say about the body that was found in the same picture.
enum class BodyEvidence { kNone, kFor, kAgainst };

/// How large a hand or body appears: pixels a metre, across the line of sight.
double pixels_per_metre(const HandInImage& hand);
double pixels_per_metre(const BodyInImage& body);

/// Whether a hand can be one of this body's: not far too small, and near a wrist. A hand held
/// towards the camera may be much too large.
bool is_hand_of(const BodyInImage& body, const HandInImage& hand);

/// A network trained on people sees a person in every picture, and is sure of it: on a close-up of
/// hands its own presence and visibilities are as high as on a dancer. What gives such a body away
/// is its size: hands have nearly one size, so a body whose metre is far shorter in the picture
/// than the metre of the hands in it is none.
BodyEvidence evidence_of_hands(const BodyInImage& body, std::span<const HandInImage> hands);

/// Whether the body that is being followed is really there; evidence adds up over time.
///
/// A new body is believed until something speaks against it. One that has proved itself for a
/// second outlasts single contradictions, and one that was found false needs proof to come back.
class BodyBelief {
 public:
  void update(BodyEvidence evidence, Timestamp timestamp);
  /// A face where the body's face should be: believed from now on.
  void prove();
  bool is_believed() const { return belief_ >= 0; }
  void reset() { *this = {}; }

 private:
  double belief_ = 0;  ///< −1 (surely none) to 1
  std::optional<Timestamp> last_;
};

}  // namespace kata
