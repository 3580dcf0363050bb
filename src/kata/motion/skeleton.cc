// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/skeleton.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kata/core/error.h"
#include "kata/core/topology.h"

namespace kata {
namespace {

using SidePair = std::pair<std::string_view, std::string_view>;
constexpr std::array<SidePair, 4> kPrefixes = {
    {{"left_", "right_"}, {"l_", "r_"}, {"left", "right"}, {"L_", "R_"}}};
constexpr std::array<SidePair, 3> kSuffixes = {{{"_left", "_right"}, {"_l", "_r"}, {"_L", "_R"}}};

std::optional<std::string> with_prefix_swapped(std::string_view name, const SidePair& pair) {
  if (!name.starts_with(pair.first)) return std::nullopt;
  return std::string(pair.second) + std::string(name.substr(pair.first.size()));
}

std::optional<std::string> with_suffix_swapped(std::string_view name, const SidePair& pair) {
  if (!name.ends_with(pair.first)) return std::nullopt;
  return std::string(name.substr(0, name.size() - pair.first.size())) + std::string(pair.second);
}

std::size_t mirror_of(const Skeleton& skeleton, std::size_t point) {
  const std::string& name = skeleton.names[point];
  std::vector<std::string> candidates;
  for (const SidePair& pair : kPrefixes) {
    for (const SidePair& either : {pair, SidePair(pair.second, pair.first)}) {
      if (auto other = with_prefix_swapped(name, either)) candidates.push_back(std::move(*other));
    }
  }
  for (const SidePair& pair : kSuffixes) {
    for (const SidePair& either : {pair, SidePair(pair.second, pair.first)}) {
      if (auto other = with_suffix_swapped(name, either)) candidates.push_back(std::move(*other));
    }
  }
  for (const std::string& candidate : candidates) {
    if (const auto found = skeleton.find(candidate)) return *found;
  }
  return point;
}

Skeleton make_body_skeleton() {
  Skeleton body;
  for (const std::string_view name : kPoseNames) body.names.emplace_back(name);
  for (const std::string_view side : {"left_hand_", "right_hand_"}) {
    for (const std::string_view name : kHandNames) {
      body.names.push_back(std::string(side) + std::string(name));
    }
  }
  for (const std::uint8_t other : kPoseMirror) body.mirror.push_back(other);
  for (std::size_t i = 0; i < kHandPoints; ++i) body.mirror.push_back(kRightHandStart + i);
  for (std::size_t i = 0; i < kHandPoints; ++i) body.mirror.push_back(kLeftHandStart + i);
  for (const Bone bone : pose_bones()) body.segments.push_back({bone.from, bone.to});
  for (const std::size_t start : {kLeftHandStart, kRightHandStart}) {
    for (const Bone bone : hand_bones()) {
      body.segments.push_back({start + bone.from, start + bone.to});
    }
  }
  return body;
}

}  // namespace

std::optional<std::size_t> Skeleton::find(std::string_view name) const {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

std::size_t Skeleton::index(std::string_view name) const {
  if (const auto found = find(name)) return *found;
  std::string known;
  for (const std::string& each : names) known += (known.empty() ? "" : ", ") + each;
  throw Error(ErrorCode::kInvalidArgument,
              "there is no point named \"" + std::string(name) + "\"; there are: " + known);
}

const Skeleton& body_skeleton() {
  static const Skeleton body = make_body_skeleton();
  return body;
}

Skeleton skeleton_from_names(std::vector<std::string> names) {
  Skeleton skeleton;
  skeleton.names = std::move(names);
  for (std::size_t i = 0; i < skeleton.size(); ++i)
    skeleton.mirror.push_back(mirror_of(skeleton, i));
  return skeleton;
}

}  // namespace kata
