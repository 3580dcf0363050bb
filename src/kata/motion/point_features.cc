// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/point_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "kata/core/error.h"
#include "kata/motion/body_frame.h"

namespace kata {
namespace {

constexpr std::size_t kMostTracksLooked = 32;  // enough to see which distances stay
constexpr double kFar = std::numeric_limits<double>::infinity();
using Point = std::array<float, 3>;

Point point_at(const PointTrack& track, std::size_t frame, std::size_t point) {
  const auto p = track.at(frame, point);
  return {p[0], p[1], p[2]};
}

float distance(const Point& a, const Point& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/// Mean and standard deviation over all frames in which a value exists.
struct Moments {
  double sum = 0;
  double squares = 0;
  double count = 0;
  void add(float value) {
    if (!std::isfinite(value)) return;
    sum += static_cast<double>(value);
    squares += static_cast<double>(value) * static_cast<double>(value);
    ++count;
  }
  double mean() const { return count > 0 ? sum / count : kFar; }
  double deviation() const {
    return count > 0 ? std::sqrt(std::max(0.0, squares / count - mean() * mean())) : kFar;
  }
};

/// Mean over the tracks of how much the distance varies within each.
struct Stiffness {
  double deviation = kFar;
  double mean = kFar;
};

template <typename DistanceAt>
Stiffness stiffness(std::span<const PointTrack> tracks, DistanceAt distance_at) {
  double deviation = 0;
  double mean = 0;
  double count = 0;
  const std::size_t stride = std::max<std::size_t>(1, tracks.size() / kMostTracksLooked);
  for (std::size_t i = 0; i < tracks.size(); i += stride) {
    Moments moments;
    for (std::size_t frame = 0; frame < tracks[i].frames(); ++frame) {
      moments.add(distance_at(tracks[i], frame));
    }
    if (moments.count < 1) continue;
    deviation += moments.deviation();
    mean += moments.mean();
    ++count;
  }
  return count > 0 ? Stiffness{deviation / count, mean / count} : Stiffness{};
}

/// True where some point keeps its distance from zero better than from the origin: then zero is
/// where the origin is, and the origin's own coordinates tell where the body stands.
bool is_stored_relative(std::span<const PointTrack> tracks, std::size_t points,
                        std::size_t origin) {
  double to_zero = kFar;
  double to_origin = kFar;
  for (std::size_t point = 0; point < points; ++point) {
    if (point == origin) continue;
    to_zero = std::min(to_zero, stiffness(tracks, [&](const PointTrack& track, std::size_t frame) {
                                  return distance(point_at(track, frame, point), {0, 0, 0});
                                }).deviation);
    to_origin = std::min(
        to_origin, stiffness(tracks, [&](const PointTrack& track, std::size_t frame) {
                     return distance(point_at(track, frame, point), point_at(track, frame, origin));
                   }).deviation);
  }
  return to_zero < to_origin;
}

Point placed(const PointTrack& track, const PointPlan& plan, std::size_t frame, std::size_t point) {
  if (plan.is_relative && plan.origin == point) return {0, 0, 0};
  return point_at(track, frame, point);
}

/// The tree of the stiffest links (Prim's algorithm); a little of the length itself keeps ties,
/// such as the points of one rigid trunk, in their natural order.
std::vector<Segment> stiff_tree(std::span<const PointTrack> tracks, std::size_t points,
                                const PointPlan& plan) {
  constexpr double kLengthShare = 0.1;
  std::vector<Segment> tree;
  std::vector<double> cost(points, kFar);
  std::vector<std::size_t> parent(points, 0);
  std::vector<bool> is_in(points, false);
  std::size_t last = plan.origin.value_or(0);
  is_in[last] = true;
  for (std::size_t step = 1; step < points; ++step) {
    std::size_t next = points;
    for (std::size_t point = 0; point < points; ++point) {
      if (is_in[point]) continue;
      const Stiffness link = stiffness(tracks, [&](const PointTrack& track, std::size_t frame) {
        return distance(placed(track, plan, frame, point), placed(track, plan, frame, last));
      });
      const double price = link.deviation + kLengthShare * link.mean;
      if (price < cost[point]) {
        cost[point] = price;
        parent[point] = last;
      }
      if (next == points || cost[point] < cost[next]) next = point;
    }
    is_in[next] = true;
    if (cost[next] < kFar) tree.push_back({parent[next], next});
    last = next;
  }
  return tree;
}

Point centre_of(const PointTrack& track, std::size_t frame) {
  std::array<double, 3> sum{};
  double count = 0;
  for (std::size_t point = 0; point < track.points; ++point) {
    if (!track.is_seen(frame, point)) continue;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      sum[axis] += static_cast<double>(track.at(frame, point)[axis]);
    }
    ++count;
  }
  Point centre{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    centre[axis] = static_cast<float>(sum[axis] / std::max(count, 1.0));
  }
  return centre;
}

float scale_of(const PointTrack& track, const PointPlan& plan, const std::vector<Point>& origin) {
  std::vector<float> sizes;
  for (std::size_t frame = 0; frame < track.frames(); ++frame) {
    if (plan.scale) {
      sizes.push_back(distance(placed(track, plan, frame, plan.scale->first),
                               placed(track, plan, frame, plan.scale->second)));
      continue;
    }
    Moments spread;
    for (std::size_t point = 0; point < track.points; ++point) {
      spread.add(distance(placed(track, plan, frame, point), origin[frame]));
    }
    sizes.push_back(static_cast<float>(spread.mean()));
  }
  std::erase_if(sizes, [](float size) { return !std::isfinite(size) || size <= 0; });
  if (sizes.empty()) return 1;
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2),
                   sizes.end());
  return sizes[sizes.size() / 2];
}

/// Writes three channels from a function of the frame.
template <typename PointAt>
void add_channels(Series& series, std::size_t frames, PointAt point_at_frame) {
  std::vector<Point> points(frames);
  for (std::size_t frame = 0; frame < frames; ++frame) points[frame] = point_at_frame(frame);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (const Point& point : points) series.values.push_back(point[axis]);
  }
  series.channels += 3;
}

Point difference(const Point& a, const Point& b, float size) {
  return {(a[0] - b[0]) / size, (a[1] - b[1]) / size, (a[2] - b[2]) / size};
}

/// Of the angle between two directions.
float cosine(const Point& a, const Point& b) {
  const float lengths = std::hypot(a[0], a[1], a[2]) * std::hypot(b[0], b[1], b[2]);
  return (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (lengths + 1e-9F);
}

/// One channel for each point where two segments meet: how far it is bent, whichever way the body
/// faces or leans.
void add_angles(Series& series, const PointTrack& track, const PointPlan& plan) {
  for (const Segment inner : plan.segments) {
    for (const Segment outer : plan.segments) {
      if (outer.from != inner.to) continue;
      for (std::size_t frame = 0; frame < track.frames(); ++frame) {
        const Point joint = placed(track, plan, frame, inner.to);
        series.values.push_back(cosine(difference(placed(track, plan, frame, inner.from), joint, 1),
                                       difference(placed(track, plan, frame, outer.to), joint, 1)));
      }
      ++series.channels;
    }
  }
}

Point mean_start(const std::vector<Point>& way) {
  constexpr std::size_t kFirst = 3;
  const std::size_t count = std::min(kFirst, way.size());
  Point start{};
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      start[axis] += way[i][axis] / static_cast<float>(count);
    }
  }
  return start;
}

/// Turns points about y so that what lies between left and right points lies along x on average.
class Facing {
 public:
  Facing(const PointTrack& track, const PointPlan& plan) {
    double x = 0;
    double z = 0;
    for (std::size_t frame = 0; frame < track.frames(); ++frame) {
      for (const Segment pair : plan.lateral) {
        const Point left = placed(track, plan, frame, pair.to);
        const Point right = placed(track, plan, frame, pair.from);
        if (!std::isfinite(left[0] + left[2] + right[0] + right[2])) continue;
        x += static_cast<double>(left[0] - right[0]);
        z += static_cast<double>(left[2] - right[2]);
      }
    }
    const double length = std::hypot(x, z);
    if (length <= 0) return;
    cosine_ = static_cast<float>(x / length);
    sine_ = static_cast<float>(z / length);
  }
  Point turn(const Point& p) const {
    return {cosine_ * p[0] + sine_ * p[2], p[1], cosine_ * p[2] - sine_ * p[0]};
  }

 private:
  float cosine_ = 1;
  float sine_ = 0;
};

}  // namespace

PointPlan plan_points(std::span<const PointTrack> tracks, const Skeleton& skeleton,
                      std::string_view origin, std::string_view scale) {
  PointPlan plan;
  if (!origin.empty()) {
    plan.origin = skeleton.index(origin);
    plan.is_relative = is_stored_relative(tracks, skeleton.size(), *plan.origin);
  }
  if (!scale.empty()) {
    const std::size_t colon = scale.find(':');
    if (colon == std::string_view::npos) {
      throw Error(ErrorCode::kInvalidArgument,
                  "the scale is two points, such as hip:neck, not " + std::string(scale));
    }
    plan.scale = {skeleton.index(scale.substr(0, colon)), skeleton.index(scale.substr(colon + 1))};
  }
  plan.segments = stiff_tree(tracks, skeleton.size(), plan);
  for (std::size_t point = 0; point < skeleton.size(); ++point) {
    const bool is_left =
        skeleton.names[point].starts_with("l") || skeleton.names[point].starts_with("L") ||
        skeleton.names[point].ends_with("_l") || skeleton.names[point].ends_with("left");
    if (skeleton.mirror[point] != point && is_left) {
      plan.lateral.push_back({skeleton.mirror[point], point});
    }
  }
  return plan;
}

Series point_features(const PointTrack& raw, const PointPlan& plan) {
  const PointTrack track = filled(raw);
  const std::size_t frames = track.frames();
  std::vector<Point> way(frames);     // where the body is
  std::vector<Point> origin(frames);  // what the points are told from
  for (std::size_t frame = 0; frame < frames; ++frame) {
    way[frame] = plan.origin ? point_at(track, frame, *plan.origin) : centre_of(track, frame);
    origin[frame] = plan.is_relative ? Point{} : way[frame];
  }
  const float size = scale_of(track, plan, origin);
  const Facing facing(track, plan);
  Series series;
  series.frames = frames;
  for (const Segment segment : plan.segments) {
    add_channels(series, frames, [&](std::size_t frame) {
      const Point from = placed(track, plan, frame, segment.from);
      const Point to = placed(track, plan, frame, segment.to);
      return facing.turn(difference(to, from, distance(to, from) + 1e-6F * size));
    });
  }
  for (std::size_t point = 0; point < track.points; ++point) {
    if (plan.origin == point) continue;
    add_channels(series, frames, [&](std::size_t frame) {
      return facing.turn(difference(placed(track, plan, frame, point), origin[frame], size));
    });
  }
  add_angles(series, track, plan);
  const Point start = mean_start(way);
  add_channels(series, frames,
               [&](std::size_t frame) { return facing.turn(difference(way[frame], start, size)); });
  return resampled(series, track.times_s, plan.frames);
}

}  // namespace kata
