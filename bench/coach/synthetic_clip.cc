// SPDX-License-Identifier: Apache-2.0
#include "synthetic_clip.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>
#include <random>

#include "gzip_text.h"
#include "kata/core/topology.h"

namespace kata::bench {
namespace {

using Point = std::array<float, 3>;
using Body = std::array<Point, kClipPoints>;

constexpr std::size_t kLeftHandAt = kPosePoints;
constexpr std::size_t kRightHandAt = kPosePoints + kHandPoints;

Point plus(const Point& a, const Point& b, float share = 1) {
  return {a[0] + share * b[0], a[1] + share * b[1], a[2] + share * b[2]};
}
Point minus(const Point& a, const Point& b) { return plus(a, b, -1); }
Point middle(const Point& a, const Point& b) { return plus(a, minus(b, a), 0.5F); }

void shift(Body& body, std::size_t first, std::size_t count, const Point& by) {
  for (std::size_t i = first; i < first + count; ++i) body[i] = plus(body[i], by);
}

/// Moves the points of a wrist: its own, the pose model's fingers and the whole hand.
void shift_hand(Body& body, Side side, const Point& by) {
  for (std::size_t i = side == Side::kLeft ? kLeftWrist : kRightWrist; i <= 22; i += 2)
    body[i] = plus(body[i], by);
  shift(body, side == Side::kLeft ? kLeftHandAt : kRightHandAt, kHandPoints, by);
}

void stretch_arm(Body& body, Side side, float scale) {
  const std::size_t shoulder = side == Side::kLeft ? kLeftShoulder : kRightShoulder;
  const std::size_t elbow = shoulder + 2, wrist = shoulder + 4;
  const Point upper = minus(body[elbow], body[shoulder]);
  const Point fore = minus(body[wrist], body[elbow]);
  const Point elbow_by = {upper[0] * (scale - 1), upper[1] * (scale - 1), upper[2] * (scale - 1)};
  body[elbow] = plus(body[elbow], elbow_by);
  shift_hand(body, side, plus(elbow_by, fore, scale - 1));
}

void widen(Body& body, float scale) {
  const Point across = minus(body[kLeftShoulder], body[kRightShoulder]);
  for (const Side side : {Side::kLeft, Side::kRight}) {
    const float sign = side == Side::kLeft ? 0.5F : -0.5F;
    const float by = sign * (scale - 1);
    const Point move = {across[0] * by, across[1] * by, across[2] * by};
    const std::size_t odd = side == Side::kLeft ? 0 : 1;
    for (const std::size_t base : {kLeftShoulder, kLeftElbow, kLeftHip, kLeftKnee, kLeftAnkle})
      body[base + odd] = plus(body[base + odd], move);
    shift_hand(body, side, move);
  }
}

/// About the upright axis through the person and across the picture, as a camera that moved.
void turn(Body& body, const Viewpoint& view, const Point& centre) {
  const double yaw = view.yaw_deg * std::numbers::pi / 180;
  const double pitch = view.pitch_deg * std::numbers::pi / 180;
  const double cy = std::cos(yaw), sy = std::sin(yaw), cp = std::cos(pitch), sp = std::sin(pitch);
  for (Point& p : body) {
    const double x = p[0] - centre[0], y = p[1] - centre[1], z = p[2] - centre[2];
    const double turned_x = cy * x - sy * z, turned_z = sy * x + cy * z;
    const double tipped_y = cp * y - sp * turned_z, tipped_z = sp * y + cp * turned_z;
    p = {static_cast<float>(view.scale * turned_x + centre[0]),
         static_cast<float>(view.scale * tipped_y + centre[1]),
         static_cast<float>(view.scale * tipped_z + centre[2])};
  }
}

PointInUnit projected(const SyntheticClip& clip, const Point& p, float depth_origin) {
  const double f = clip.focal_px / p[2];
  return {static_cast<float>((f * p[0] + clip.width / 2.0) / clip.width),
          static_cast<float>((f * p[1] + clip.height / 2.0) / clip.height),
          static_cast<float>(f * (p[2] - depth_origin) / clip.width)};
}

PointInUnit minus(const PointInUnit& a, const PointInUnit& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
PointInUnit plus(const PointInUnit& a, const PointInUnit& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}

/// What each point of a body is in the picture.
std::array<PointInUnit, kClipPoints> picture_of(const SyntheticClip& clip, const Body& body) {
  std::array<PointInUnit, kClipPoints> result;
  const float hips = middle(body[kLeftHip], body[kRightHip])[2];
  for (std::size_t i = 0; i < kClipPoints; ++i) {
    float origin = hips;
    if (i >= kLeftHandAt) origin = body[i >= kRightHandAt ? kRightHandAt : kLeftHandAt][2];
    result[i] = projected(clip, body[i], origin);
  }
  return result;
}

/// Errors of a tracker for whom there is no track: a bias that wanders and trembling.
class DrawnErrors {
 public:
  DrawnErrors(const SyntheticClip& clip, double noise_px, double lost_hands, std::uint64_t seed)
      : clip_(clip), noise_px_(noise_px), lost_(lost_hands), random_(seed) {
    for (PointInUnit& slow : slow_) slow = draw(noise_px_);
  }
  PointInUnit next(std::size_t point) {
    constexpr float kKept = 0.95F;
    const PointInUnit fresh = draw(noise_px_ * std::sqrt(1 - kKept * kKept));
    PointInUnit& slow = slow_[point];
    slow = {kKept * slow.x + fresh.x, kKept * slow.y + fresh.y, kKept * slow.z + fresh.z};
    return plus(slow, draw(0.3 * noise_px_));
  }
  /// Hands vanish for about a third of a second at a time.
  bool loses(Side side) {
    bool& lost = is_lost_[side == Side::kLeft ? 0 : 1];
    const double change = std::uniform_real_distribution<double>(0, 1)(random_);
    if (lost_ <= 0) return false;
    lost = lost ? change > 0.12 : change < 0.12 * lost_ / std::max(1e-3, 1 - lost_);
    return lost;
  }

 private:
  PointInUnit draw(double size_px) {
    return {static_cast<float>(size_px * normal_(random_) / clip_.width),
            static_cast<float>(size_px * normal_(random_) / clip_.height),
            static_cast<float>(4 * size_px * normal_(random_) / clip_.width)};
  }
  const SyntheticClip& clip_;
  double noise_px_;
  double lost_;
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_{0, 1};
  std::array<PointInUnit, kClipPoints> slow_{};
  std::array<bool, 2> is_lost_{};
};

void add_hand(const SyntheticClip& clip, std::size_t frame_index, Side side,
              const std::array<PointInUnit, kClipPoints>& points, Landmarks& frame,
              DrawnErrors& errors, const std::array<PointInUnit, kClipPoints>& bias) {
  const std::size_t at = side == Side::kLeft ? kLeftHandAt : kRightHandAt;
  if (errors.loses(side)) return;
  if (!clip.track.empty() && !clip.track[frame_index].hand(side)) return;
  const auto& seen = clip.visible[frame_index];
  if (clip.track.empty() && std::count(seen.begin() + static_cast<std::ptrdiff_t>(at),
                                       seen.begin() + static_cast<std::ptrdiff_t>(at + kHandPoints),
                                       true) < static_cast<std::ptrdiff_t>(kHandPoints / 3)) {
    return;
  }
  Hand hand;
  hand.confidence = 1;
  const PointInUnit shake = errors.next(at);  // a hand is wrong as a whole more than in itself
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    PointInUnit own = errors.next(at + i);
    own = {0.4F * own.x, 0.4F * own.y, 0.4F * own.z};
    hand.points[i] = plus(points[at + i], plus(bias[at + i], plus(shake, own)));
  }
  frame.hand(side) = hand;
}

LabTake take_of(const SyntheticClip& clip) {
  LabTake take;
  take.name = clip.name;
  take.repetitions = clip.repetitions;
  take.foreign_s = clip.foreign_s;
  return take;
}

void read_truth(SyntheticClip& clip, const nlohmann::json& truth) {
  clip.movement = truth.at("movement");
  clip.fps = truth.at("fps");
  clip.width = truth.at("width");
  clip.height = truth.at("height");
  clip.focal_px = truth.at("camera").at("focal_px");
  for (const auto& repetition : truth.at("repetitions")) {
    LabTruth one;
    one.start_s = repetition.at("start_frame").get<double>() / clip.fps;
    one.end_s = repetition.at("end_frame").get<double>() / clip.fps;
    one.movement = repetition.at("movement");
    one.label = repetition.at("label") == "correct" ? Label::kCorrect : Label::kIncorrect;
    if (!repetition.at("mistake").is_null()) one.mistake = repetition.at("mistake");
    clip.repetitions.push_back(one);
  }
  for (const auto& distractor : truth.at("distractors")) {
    clip.foreign_s +=
        (distractor.at("end_frame").get<double>() - distractor.at("start_frame").get<double>()) /
        clip.fps;
  }
}

void read_points(SyntheticClip& clip, const nlohmann::json& frames) {
  for (const auto& frame : frames) {
    auto& body = clip.points_mm.emplace_back();
    auto& seen = clip.visible.emplace_back();
    const auto& xyz = frame.at("xyz");
    const std::string visible = frame.at("visible");
    for (std::size_t i = 0; i < kClipPoints; ++i) {
      for (std::size_t axis = 0; axis < 3; ++axis) body[i][axis] = xyz[3 * i + axis];
      seen[i] = visible[i] == '1';
    }
  }
}

}  // namespace

SyntheticClip load_synthetic(const std::filesystem::path& folder, const std::string& name,
                             const std::filesystem::path& tracks) {
  SyntheticClip clip;
  clip.name = name;
  read_truth(clip, nlohmann::json::parse(read_gzip_text(folder / (name + ".json"))));
  read_points(
      clip,
      nlohmann::json::parse(read_gzip_text(folder / (name + ".frames.json.gz"))).at("frames"));
  if (!tracks.empty()) {
    clip.track = read_track(tracks / (name + ".jsonl"), clip.width, clip.height);
    clip.track.resize(std::min(clip.track.size(), clip.points_mm.size()));
    clip.points_mm.resize(clip.track.size());
  }
  return clip;
}

LabTake as_tracked(const SyntheticClip& clip) {
  LabTake take = take_of(clip);
  take.frames = clip.track;
  return take;
}

LabTake seen_from(const SyntheticClip& clip, const Viewpoint& viewpoint) {
  LabTake take = take_of(clip);
  DrawnErrors errors(clip, viewpoint.noise_px, viewpoint.lost_hands, viewpoint.seed);
  const Point centre =
      middle(middle(clip.points_mm[0][kLeftShoulder], clip.points_mm[0][kRightShoulder]),
             middle(clip.points_mm[0][kLeftHip], clip.points_mm[0][kRightHip]));
  for (std::size_t f = 0; f < clip.points_mm.size(); ++f) {
    Body body = clip.points_mm[f];
    std::array<PointInUnit, kClipPoints> bias{};
    if (!clip.track.empty()) {
      const auto truth = picture_of(clip, body);
      const Landmarks& track = clip.track[f];
      for (std::size_t i = 0; track.pose && i < kPosePoints; ++i)
        bias[i] = minus(track.pose->points[i], truth[i]);
      for (std::size_t i = 0; i < kHandPoints; ++i) {
        if (track.left_hand)
          bias[kLeftHandAt + i] = minus(track.left_hand->points[i], truth[kLeftHandAt + i]);
        if (track.right_hand)
          bias[kRightHandAt + i] = minus(track.right_hand->points[i], truth[kRightHandAt + i]);
      }
    }
    for (const Side side : {Side::kLeft, Side::kRight})
      stretch_arm(body, side, static_cast<float>(viewpoint.arm_scale));
    widen(body, static_cast<float>(viewpoint.width_scale));
    turn(body, viewpoint, centre);
    const auto points = picture_of(clip, body);
    Landmarks frame;
    frame.timestamp = timestamp_from_seconds(static_cast<double>(f) / clip.fps / viewpoint.tempo);
    frame.image_width = clip.width;
    frame.image_height = clip.height;
    if (clip.track.empty() || clip.track[f].pose) {
      frame.pose.emplace();
      frame.pose->confidence = 1;
      for (std::size_t i = 0; i < kPosePoints; ++i) {
        frame.pose->points[i] = plus(points[i], plus(bias[i], errors.next(i)));
        const PointInUnit& p = frame.pose->points[i];
        const bool inside = p.x > 0 && p.x < 1 && p.y > 0 && p.y < 1;
        frame.pose->visibility[i] =
            clip.track.empty() ? (inside ? 0.95F : 0.1F) : clip.track[f].pose->visibility[i];
      }
    }
    for (const Side side : {Side::kLeft, Side::kRight})
      add_hand(clip, f, side, points, frame, errors, bias);
    if (viewpoint.is_mirrored) frame = mirrored(frame);
    take.frames.push_back(std::move(frame));
  }
  for (LabTruth& truth : take.repetitions) {
    truth.start_s /= viewpoint.tempo;
    truth.end_s /= viewpoint.tempo;
  }
  return take;
}

}  // namespace kata::bench
