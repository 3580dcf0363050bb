// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "kata/core/frame.h"
#include "kata/core/landmarks.h"
#include "kata/learn/judge.h"
#include "kata/show/overlay.h"

namespace kata {

/// What must be seen of a person.
struct SetupNeeds {
  bool body = true;
  bool left_hand = true;
  bool right_hand = true;
  /// Whether it is done sitting or standing; empty = not known.
  std::optional<bool> is_upright = {};
};

/// What the coach needs, too: the parts that carry what was taught.
SetupNeeds needs_of(const Judge& judge);

/// Looks at the last seconds of a stream and says what to change about the camera: the person, the
/// whole movement in the picture, distance, light, hands, frame rate.
class SetupCheck {
 public:
  /// Without needs: whatever is seen; a close-up of hands needs no body.
  explicit SetupCheck(std::optional<SetupNeeds> needs = {}) : needs_(needs) {}

  void step(const Frame& frame, const Landmarks& landmarks);
  /// One line for each point, always in the same order; nothing is known in the first second.
  std::vector<CheckLine> lines() const;

 private:
  enum Edge { kLeftEdge, kRightEdge, kTopEdge, kBottomEdge };
  struct Moment {
    Timestamp timestamp{};
    bool has_body = false;
    bool is_sideways = false;
    bool has_left_hand = false;
    bool has_right_hand = false;
    std::array<bool, 4> is_cut{};     ///< by Edge: something of the arms or hands was beyond it
    std::optional<double> body_size;  ///< shoulder width as a share of the shorter side
    std::optional<double> hand_size;  ///< wrist to middle knuckle, likewise
    bool has_picture = false;         ///< a stored track has none, so nothing is known of light
    double brightness = 0;            ///< 0–1, of the whole picture
    double person_brightness = 0;     ///< of the person's middle; that of the picture without one
    double clipped = 0;               ///< share of the picture that is white
  };

  static void look_at_light(const Frame& frame, const Landmarks& landmarks, Moment& moment);
  double share(bool Moment::*what) const;
  template <typename Value>
  double median(Value value) const;
  SetupNeeds needs() const;
  CheckLine person_line() const;
  CheckLine edges_line() const;
  CheckLine distance_line() const;
  CheckLine light_line() const;
  CheckLine hands_line() const;
  CheckLine frame_rate_line() const;

  std::optional<SetupNeeds> needs_;
  std::deque<Moment> moments_;
};

}  // namespace kata
