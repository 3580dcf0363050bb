// SPDX-License-Identifier: Apache-2.0
#include "kata/session/setup_check.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "kata/coach/craft_needs.h"
#include "kata/coach/trunk.h"
#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr Duration kMemory = std::chrono::seconds(3);
constexpr double kLeastKnown_s = 1;
constexpr float kVisibleFrom = 0.5F;
constexpr double kMostly = 0.8;
constexpr double kEdge = 0.01;      // of the picture: nearer counts as beyond
constexpr double kCutShare = 0.05;  // of the frames: a hand that leaves once in a while is missed
constexpr double kSmallestBody = 0.12;  // beyond about 4 m the networks are not made for it
constexpr double kLargestBody = 0.62;
constexpr double kSmallestHand = 0.06;
constexpr double kLargestHand = 0.55;
constexpr double kDark = 0.22;
constexpr double kBright = 0.88;
constexpr double kMostClipped = 0.35;
constexpr double kSlow_hz = 18;
constexpr int kPixelStep = 8;

struct Region {
  int left, top, right, bottom;
};

struct Light {
  double mean = 0;
  double clipped = 0;
};

/// Every eighth pixel of every eighth row says enough about light.
Light light_of(const ImageView& image, const Region& region) {
  const int size = channels(image.format);
  const int colours = std::min(size, 3);
  double sum = 0, clipped = 0, count = 0;
  for (int y = region.top; y < region.bottom; y += kPixelStep) {
    for (int x = region.left; x < region.right; x += kPixelStep) {
      const std::uint8_t* pixel = image.data + static_cast<std::size_t>(y) * image.row_stride +
                                  static_cast<std::size_t>(x) * static_cast<std::size_t>(size);
      int value = 0;
      for (int c = 0; c < colours; ++c) value += pixel[c];
      value /= colours;
      sum += value;
      clipped += value >= 250 ? 1 : 0;
      count += 1;
    }
  }
  return count > 0 ? Light{sum / count / 255, clipped / count} : Light{};
}

double distance_px(const PointInUnit& a, const PointInUnit& b, const Landmarks& landmarks) {
  return std::hypot(static_cast<double>(a.x - b.x) * landmarks.image_width,
                    static_cast<double>(a.y - b.y) * landmarks.image_height);
}

bool is_visible(const Pose& pose, std::size_t i) { return pose.visibility[i] >= kVisibleFrom; }

/// The trunk: where light on the person counts.
std::optional<Region> person_region(const Landmarks& landmarks, const ImageView& image) {
  if (!landmarks.pose) return std::nullopt;
  const Pose& pose = *landmarks.pose;
  const auto [low_x, high_x] =
      std::minmax(pose.points[kLeftShoulder].x, pose.points[kRightShoulder].x);
  const float top = std::min(pose.points[kNose].y, pose.points[kLeftShoulder].y);
  const float height = std::max(0.0F, pose.points[kLeftShoulder].y - top) * 2.5F;
  const auto clamped = [](float unit, int size) {
    return std::clamp(static_cast<int>(unit * static_cast<float>(size)), 0, size);
  };
  const Region region = {clamped(low_x, image.width), clamped(top, image.height),
                         clamped(high_x, image.width), clamped(top + height, image.height)};
  const bool is_large_enough =
      region.right - region.left > 2 * kPixelStep && region.bottom - region.top > 2 * kPixelStep;
  return is_large_enough ? std::optional(region) : std::nullopt;
}

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

CheckLine good(std::string text) { return {true, std::move(text), {}}; }
CheckLine bad(std::string text, std::string advice) {
  return {false, std::move(text), std::move(advice)};
}

}  // namespace

SetupNeeds needs_of(const Judge& judge) {
  const CraftNeeds needs = craft_needs(judge);
  return {needs.body, needs.left_hand, needs.right_hand, is_taught_upright(judge)};
}

void SetupCheck::step(const Frame& frame, const Landmarks& landmarks) {
  Moment moment;
  moment.timestamp = frame.timestamp;
  moment.has_left_hand = landmarks.left_hand.has_value();
  moment.has_right_hand = landmarks.right_hand.has_value();
  const double shorter = std::max(1, std::min(landmarks.image_width, landmarks.image_height));
  const auto mark_edges = [&](const PointInUnit& point) {
    moment.is_cut[kLeftEdge] |= static_cast<double>(point.x) < kEdge;
    moment.is_cut[kRightEdge] |= static_cast<double>(point.x) > 1 - kEdge;
    moment.is_cut[kTopEdge] |= static_cast<double>(point.y) < kEdge;
    moment.is_cut[kBottomEdge] |= static_cast<double>(point.y) > 1 - kEdge;
  };
  moment.is_sideways = lies_on_its_side(landmarks, needs_ ? needs_->is_upright : std::nullopt);
  if (landmarks.pose) {
    const Pose& pose = *landmarks.pose;
    moment.has_body = is_visible(pose, kLeftShoulder) && is_visible(pose, kRightShoulder);
    moment.body_size =
        distance_px(pose.points[kLeftShoulder], pose.points[kRightShoulder], landmarks) / shorter;
    // Wrists beyond the edge have a low visibility, yet they are what is missed.
    for (const std::size_t i : {kNose, kLeftShoulder, kRightShoulder, kLeftElbow, kRightElbow}) {
      if (is_visible(pose, i)) mark_edges(pose.points[i]);
    }
    if (is_visible(pose, kLeftElbow)) mark_edges(pose.points[kLeftWrist]);
    if (is_visible(pose, kRightElbow)) mark_edges(pose.points[kRightWrist]);
  }
  for (const std::optional<Hand>* hand : {&landmarks.left_hand, &landmarks.right_hand}) {
    if (!*hand) continue;
    for (const PointInUnit& point : (*hand)->points) mark_edges(point);
    moment.hand_size = distance_px((*hand)->points[0], (*hand)->points[9], landmarks) / shorter;
  }
  if (!frame.landmarks) look_at_light(frame, landmarks, moment);
  moments_.push_back(moment);
  while (frame.timestamp - moments_.front().timestamp > kMemory) moments_.pop_front();
}

void SetupCheck::look_at_light(const Frame& frame, const Landmarks& landmarks, Moment& moment) {
  const ImageView image = frame.image->view();
  const Light light = light_of(image, {0, 0, image.width, image.height});
  moment.has_picture = true;
  moment.brightness = moment.person_brightness = light.mean;
  moment.clipped = light.clipped;
  if (const auto region = person_region(landmarks, image)) {
    moment.person_brightness = light_of(image, *region).mean;
  }
}

double SetupCheck::share(bool Moment::*what) const {
  const auto count =
      std::count_if(moments_.begin(), moments_.end(), [&](const Moment& m) { return m.*what; });
  return static_cast<double>(count) / static_cast<double>(moments_.size());
}

template <typename Value>
double SetupCheck::median(Value value) const {
  std::vector<double> values;
  for (const Moment& moment : moments_) {
    if (const std::optional<double> one = value(moment)) values.push_back(*one);
  }
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

SetupNeeds SetupCheck::needs() const {
  if (needs_) return *needs_;
  // A close-up: hands and no body.
  const bool has_hand = share(&Moment::has_left_hand) + share(&Moment::has_right_hand) > 0.5;
  return {share(&Moment::has_body) > 0.2 || !has_hand, true, true, std::nullopt};
}

CheckLine SetupCheck::person_line() const {
  if (!needs().body) return good("hands in the picture");
  if (share(&Moment::is_sideways) >= kMostly) return bad(kSidewaysText, kSidewaysAdvice);
  const double seen = share(&Moment::has_body);
  if (seen >= kMostly) return good("you are in the picture");
  if (seen < 0.1)
    return bad("nobody in the picture",
               "sit or stand before the camera, head and shoulders in view");
  return bad("you are seen only " + percent(seen) + " of the time",
             "step back until head, shoulders and arms are in the picture");
}

CheckLine SetupCheck::edges_line() const {
  std::array<double, 4> cut{};
  for (const Moment& moment : moments_) {
    for (std::size_t i = 0; i < cut.size(); ++i) cut[i] += moment.is_cut[i] ? 1 : 0;
  }
  for (double& one : cut) one /= static_cast<double>(moments_.size());
  const bool is_wide = cut[kLeftEdge] > kCutShare || cut[kRightEdge] > kCutShare;
  const bool is_high = cut[kTopEdge] > kCutShare;
  const bool is_low = cut[kBottomEdge] > kCutShare;
  if (is_wide && (is_high || is_low))
    return bad("parts leave the picture", "step back, or move the camera away");
  if (is_wide) return bad("arms leave the picture at the side", "step back, or move to the middle");
  if (is_high && is_low) return bad("parts leave the picture above and below", "step back");
  if (is_high) return bad("parts leave the picture above", "tilt the camera up, or step back");
  if (is_low) return bad("hands leave the picture below", "tilt the camera down, or step back");
  return good("all movement in view");
}

CheckLine SetupCheck::distance_line() const {
  const bool is_body = needs().body;
  const double size = median([&](const Moment& m) { return is_body ? m.body_size : m.hand_size; });
  if (size <= 0) return {std::nullopt, "distance", {}};
  if (size < (is_body ? kSmallestBody : kSmallestHand))
    return bad("too far away", "come closer to the camera");
  if (size > (is_body ? kLargestBody : kLargestHand))
    return bad("too close", "step back from the camera");
  return good("the distance is right");
}

CheckLine SetupCheck::light_line() const {
  if (share(&Moment::has_picture) == 0) return {std::nullopt, "light", {}};
  const double picture = median([](const Moment& m) { return std::optional(m.brightness); });
  const double person = median([](const Moment& m) { return std::optional(m.person_brightness); });
  const double clipped = median([](const Moment& m) { return std::optional(m.clipped); });
  if (person < kDark && picture > 2 * person) {
    return bad("the light is behind you", "turn round, or put a light beside the camera");
  }
  if (picture < kDark) return bad("too dark", "more light, from the front");
  if (picture > kBright || clipped > kMostClipped)
    return bad("too bright", "less light, or turn the camera from the window");
  return good("the light is good");
}

CheckLine SetupCheck::hands_line() const {
  const SetupNeeds wanted = needs();
  if (!wanted.left_hand && !wanted.right_hand) return good("hands are not needed");
  const double left = wanted.left_hand ? share(&Moment::has_left_hand) : 1;
  const double right = wanted.right_hand ? share(&Moment::has_right_hand) : 1;
  if (left >= kMostly && right >= kMostly) return good("hands are visible");
  std::string text = left < kMostly && right < kMostly
                         ? "hands seen " + percent(std::min(left, right))
                     : left < kMostly ? "left hand seen " + percent(left)
                                      : "right hand seen " + percent(right);
  return bad(text + " of the time",
             needs_ ? "keep hands in view, palms or backs to the camera, light on them"
                    : "keep hands in view with light on them, if the movement needs them");
}

CheckLine SetupCheck::frame_rate_line() const {
  const double length_s = seconds(moments_.back().timestamp - moments_.front().timestamp);
  const double rate_hz = length_s > 0 ? static_cast<double>(moments_.size() - 1) / length_s : 0;
  const std::string text = std::to_string(std::lround(rate_hz)) + " pictures/s";
  if (rate_hz >= kSlow_hz) return good(text);
  return bad("only " + text, "more light, fewer other programs, or --model lite");
}

std::vector<CheckLine> SetupCheck::lines() const {
  const bool is_known = moments_.size() > 3 && seconds(moments_.back().timestamp -
                                                       moments_.front().timestamp) >= kLeastKnown_s;
  if (!is_known) {
    return {{{}, "you", {}},   {{}, "movement", {}}, {{}, "distance", {}},
            {{}, "light", {}}, {{}, "hands", {}},    {{}, "pictures/s", {}}};
  }
  return {person_line(), edges_line(), distance_line(),
          light_line(),  hands_line(), frame_rate_line()};
}

}  // namespace kata
