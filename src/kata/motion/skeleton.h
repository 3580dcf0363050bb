// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kata {

/// A segment between two points of a skeleton, from the trunk outwards.
struct Segment {
  std::size_t from = 0;
  std::size_t to = 0;
};

/// The points of a tracked body: names, which is whose mirror image, and which are connected.
struct Skeleton {
  std::vector<std::string> names;
  std::vector<std::size_t>
      mirror;  ///< index of the same point on the other side; itself if central
  std::vector<Segment> segments;

  std::size_t size() const { return names.size(); }
  std::optional<std::size_t> find(std::string_view name) const;
  /// Throws Error{kInvalidArgument} naming the point that is not there.
  std::size_t index(std::string_view name) const;
};

/// Where the parts of body_skeleton() begin.
inline constexpr std::size_t kLeftHandStart = 33;
inline constexpr std::size_t kRightHandStart = 54;

/// 33 pose points, 21 of the left hand ("left_hand_wrist", …), 21 of the right hand.
const Skeleton& body_skeleton();

/// A skeleton of any tracker: sides are recognised by left/right, l_/r_ or _l/_r in the names.
Skeleton skeleton_from_names(std::vector<std::string> names);

}  // namespace kata
