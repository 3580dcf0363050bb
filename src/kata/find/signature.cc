// SPDX-License-Identifier: Apache-2.0
#include "kata/find/signature.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

#include "kata/find/finder_tuning.h"

namespace kata {
namespace {

constexpr FinderTuning kTuning;
constexpr std::size_t kSamples = 32;

using Course = std::array<PlanePoint, kSamples>;

struct Courses {
  std::array<Course, kCoursePoints> points;
  float unit = 0;
};

/// Points of a signature that belong together: they are seen together and measured together.
struct Member {
  std::size_t first;
  std::size_t end;
};

constexpr Member kLeftFingers = {kCourseLeftHand, kCourseRightHand};
constexpr Member kRightFingers = {kCourseRightHand, kCoursePoints};

Member body_of(BodyPart part) {
  return {0, part == BodyPart::kWhole ? kCourseLeftHand : kCourseArms};
}

/// The frames that show a part, as places in the window.
template <typename IsSeen>
std::vector<std::size_t> seen_frames(std::span<const CourseFrame> frames, IsSeen is_seen) {
  std::vector<std::size_t> seen;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (is_seen(frames[i])) seen.push_back(i);
  }
  const double least = kTuning.least_seen * static_cast<double>(frames.size());
  if (seen.size() < 2 || static_cast<double>(seen.size()) < least) seen.clear();
  return seen;
}

/// Samples at even times; what was not seen lies on a straight line between what was.
void sample(const CourseWindow& window, const std::vector<std::size_t>& seen, Member member,
            Courses& courses) {
  const double step_s = (window.end_s - window.start_s) / (kSamples - 1);
  std::size_t next = 1;
  for (std::size_t k = 0; k < kSamples; ++k) {
    const double time_s = window.start_s + static_cast<double>(k) * step_s;
    while (next + 1 < seen.size() && window.frames[seen[next]].time_s < time_s) ++next;
    const CourseFrame& a = window.frames[seen[next - 1]];
    const CourseFrame& b = window.frames[seen[next]];
    const double span_s = b.time_s - a.time_s;
    const auto share =
        static_cast<float>(span_s > 0 ? std::clamp((time_s - a.time_s) / span_s, 0.0, 1.0) : 0.0);
    for (std::size_t i = member.first; i < member.end; ++i) {
      courses.points[i][k] = {a.points[i].x + share * (b.points[i].x - a.points[i].x),
                              a.points[i].y + share * (b.points[i].y - a.points[i].y)};
    }
  }
}

/// The median trunk of the window, in units.
float unit_of(std::span<const CourseFrame> frames) {
  std::vector<float> trunks;
  for (const CourseFrame& frame : frames) {
    if (frame.trunk > 0) trunks.push_back(frame.trunk);
  }
  if (trunks.empty()) return 0;
  const auto mid = trunks.begin() + static_cast<std::ptrdiff_t>(trunks.size() / 2);
  std::nth_element(trunks.begin(), mid, trunks.end());
  return *mid / kTuning.trunk_of_unit;
}

/// Takes the means off, in units; gives the root mean square over all of the member.
float centre(Courses& courses, Member member, float scale) {
  double squares = 0;
  for (std::size_t i = member.first; i < member.end; ++i) {
    PlanePoint mean;
    for (const PlanePoint& p : courses.points[i]) {
      mean.x += p.x / kSamples;
      mean.y += p.y / kSamples;
    }
    for (PlanePoint& p : courses.points[i]) {
      p = {scale * (p.x - mean.x), scale * (p.y - mean.y)};
      squares += static_cast<double>(p.x * p.x + p.y * p.y);
    }
  }
  const auto count = static_cast<double>((member.end - member.first) * kSamples);
  return static_cast<float>(std::sqrt(squares / count));
}

/// Velocity from sample to sample, smoothed lightly.
Course velocity_of(const Course& course) {
  Course smooth = course;
  for (std::size_t k = 1; k + 1 < kSamples; ++k) {
    smooth[k] = {(course[k - 1].x + 2 * course[k].x + course[k + 1].x) / 4,
                 (course[k - 1].y + 2 * course[k].y + course[k + 1].y) / 4};
  }
  Course velocity;
  for (std::size_t k = 0; k < kSamples; ++k) {
    const std::size_t before = k > 0 ? k - 1 : 0, after = std::min(k + 1, kSamples - 1);
    const auto steps = static_cast<float>(after - before);
    velocity[k] = {(smooth[after].x - smooth[before].x) / steps,
                   (smooth[after].y - smooth[before].y) / steps};
  }
  return velocity;
}

using Cosines = std::array<std::array<float, kSignatureOrders>, kSamples>;

const Cosines& cosines() {
  static const Cosines table = [] {
    Cosines made{};
    for (std::size_t k = 0; k < kSignatureOrders; ++k) {
      const double scale = std::sqrt((k == 0 ? 1.0 : 2.0) / kSamples);
      for (std::size_t n = 0; n < kSamples; ++n) {
        const double turn =
            std::numbers::pi * (static_cast<double>(n) + 0.5) * static_cast<double>(k) / kSamples;
        made[n][k] = static_cast<float>(scale * std::cos(turn));
      }
    }
    return made;
  }();
  return table;
}

/// Two channels at once: to the right and down.
void transform(const Course& course, float* to) {
  const Cosines& table = cosines();
  std::array<float, kSignatureOrders> x{}, y{};
  for (std::size_t n = 0; n < kSamples; ++n) {
    for (std::size_t k = 0; k < kSignatureOrders; ++k) {
      x[k] += table[n][k] * course[n].x;
      y[k] += table[n][k] * course[n].y;
    }
  }
  for (std::size_t k = 0; k < kSignatureOrders; ++k) {
    to[k] = kTuning.sideways_scale * x[k];
    to[kSignatureOrders + k] = y[k];
  }
}

float compressed(float amplitude) {
  if (!(amplitude > 1e-6F)) return 0;
  return kTuning.position_scale * kTuning.compression *
         std::log1p(amplitude / kTuning.compression) / amplitude;
}

/// `amplitude` and `speed` are what the member is measured with.
struct Scale {
  float amplitude = 0;
  float speed = 0;
};

Scale scale_with(const Scale& own, const Scale& body) {
  return {std::hypot(own.amplitude, kTuning.body_in_hand * body.amplitude),
          std::hypot(own.speed, kTuning.body_in_hand * body.speed)};
}

float speed_of(const std::array<Course, kCoursePoints>& velocities, Member member) {
  double squares = 0;
  for (std::size_t i = member.first; i < member.end; ++i) {
    for (const PlanePoint& v : velocities[i]) squares += static_cast<double>(v.x * v.x + v.y * v.y);
  }
  const auto count = static_cast<double>((member.end - member.first) * kSamples);
  return static_cast<float>(std::sqrt(squares / count));
}

void put(Signature& signature, Courses& courses,
         const std::array<Course, kCoursePoints>& velocities, Member member, const Scale& scale,
         const PointMask& wanted) {
  const float factor = compressed(scale.amplitude);
  for (std::size_t i = member.first; i < member.end; ++i) {
    if (!wanted[i]) continue;
    for (PlanePoint& p : courses.points[i]) p = {factor * p.x, factor * p.y};
    transform(courses.points[i], signature.values[i].data());
    Course directions = velocities[i];
    for (PlanePoint& v : directions) {
      const float length = std::hypot(v.x, v.y) + scale.speed;
      v = length > 1e-9F ? PlanePoint{v.x / length, v.y / length} : PlanePoint{};
    }
    transform(directions, &signature.values[i][2 * kSignatureOrders]);
  }
}

}  // namespace

PointMask every_point() {
  PointMask mask;
  mask.fill(true);
  return mask;
}

PointMask points_of(const PointWeights& weights) {
  PointMask mask{};
  for (std::size_t i = 0; i < kCoursePoints; ++i) {
    if (weights[i] > 0) mask[i] = mask[mirrored_course_point(i)] = true;
  }
  return mask;
}

std::optional<Signature> signature_of(const CourseWindow& window, BodyPart part,
                                      const PointMask& wanted) {
  const Member body = body_of(part);
  const auto bodies = seen_frames(window.frames, [part](const CourseFrame& frame) {
    return frame.has_body && (part == BodyPart::kArms || frame.has_legs);
  });
  Courses courses;
  courses.unit = unit_of(window.frames);
  if (bodies.empty() || !(courses.unit > 0)) return std::nullopt;
  const auto lefts =
      seen_frames(window.frames, [](const CourseFrame& frame) { return frame.has_left_hand; });
  const auto rights =
      seen_frames(window.frames, [](const CourseFrame& frame) { return frame.has_right_hand; });
  Signature signature;
  signature.has_left_hand = !lefts.empty();
  signature.has_right_hand = !rights.empty();
  std::array<Course, kCoursePoints> velocities;
  const auto measure = [&](const std::vector<std::size_t>& seen, Member member, float scale) {
    sample(window, seen, member, courses);
    Scale own;
    own.amplitude = centre(courses, member, scale / courses.unit);
    for (std::size_t i = member.first; i < member.end; ++i)
      velocities[i] = velocity_of(courses.points[i]);
    own.speed = speed_of(velocities, member);
    return own;
  };
  const Scale of_body = measure(bodies, body, 1);
  signature.reach = of_body.amplitude;
  put(signature, courses, velocities, body, of_body, wanted);
  const auto put_hand = [&](const std::vector<std::size_t>& seen, Member member) {
    if (seen.empty()) return;
    const Scale own = measure(seen, member, kTuning.hand_scale);
    put(signature, courses, velocities, member, scale_with(own, of_body), wanted);
  };
  put_hand(lefts, kLeftFingers);
  put_hand(rights, kRightFingers);
  return signature;
}

Signature mirrored(const Signature& signature) {
  Signature result = signature;
  for (std::size_t i = 0; i < kCoursePoints; ++i) {
    auto& values = result.values[i] = signature.values[mirrored_course_point(i)];
    for (const std::size_t channel : {std::size_t{0}, std::size_t{2}}) {
      for (std::size_t k = 0; k < kSignatureOrders; ++k)
        values[channel * kSignatureOrders + k] *= -1;
    }
  }
  std::swap(result.has_left_hand, result.has_right_hand);
  return result;
}

std::size_t hands_of_both(const Signature& a, const Signature& b) {
  return (a.has_left_hand && b.has_left_hand ? 1U : 0U) +
         (a.has_right_hand && b.has_right_hand ? 2U : 0U);
}

namespace {

float point_squares(const std::array<float, kSignatureOfPoint>& a,
                    const std::array<float, kSignatureOfPoint>& b) {
  // Sums side by side, for the compiler to add them at once.
  constexpr std::size_t kLanes = 8;
  std::array<float, kLanes> squares{};
  for (std::size_t k = 0; k < kSignatureOfPoint; k += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const float miss = a[k + lane] - b[k + lane];
      squares[lane] += miss * miss;
    }
  }
  return std::accumulate(squares.begin(), squares.end(), 0.0F);
}

/// Body, left hand, right hand.
std::size_t member_of(std::size_t point) {
  return point < kCourseLeftHand ? 0 : point < kCourseRightHand ? 1 : 2;
}

/// Whether a set of hands, or the body, holds a member.
bool holds(std::size_t hands, std::size_t member) { return member == 0 || (hands & member) != 0; }

}  // namespace

double signature_distance(const Signature& a, const Signature& b, const PointWeights& weights,
                          double most) {
  const std::size_t hands = hands_of_both(a, b);
  float weight = 0;
  for (std::size_t i = 0; i < kCoursePoints; ++i)
    weight += holds(hands, member_of(i)) ? weights[i] : 0;
  if (!(weight > 0)) return 1e9;
  const float limit = static_cast<float>(most * most) * weight;
  float sum = 0;
  for (std::size_t i = 0; i < kCoursePoints && sum <= limit; ++i) {
    if (weights[i] <= 0 || !holds(hands, member_of(i))) continue;
    sum += weights[i] * point_squares(a.values[i], b.values[i]);
  }
  return std::sqrt(static_cast<double>(sum / weight));
}

double MemberSquares::distance(std::size_t hands) const {
  float sum = 0, weight = 0;
  for (std::size_t member = 0; member < squares.size(); ++member) {
    if (!holds(hands, member)) continue;
    sum += squares[member];
    weight += weights[member];
  }
  return weight > 0 ? std::sqrt(static_cast<double>(sum / weight)) : 1e9;
}

MemberSquares member_squares(const Signature& a, const Signature& b, const PointWeights& weights) {
  MemberSquares result;
  for (std::size_t i = 0; i < kCoursePoints; ++i) {
    if (weights[i] <= 0) continue;
    result.squares[member_of(i)] += weights[i] * point_squares(a.values[i], b.values[i]);
    result.weights[member_of(i)] += weights[i];
  }
  return result;
}

}  // namespace kata
