// SPDX-License-Identifier: Apache-2.0
#include "spliced_stream.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "kata/core/topology.h"

namespace kata::bench {
namespace {

float mix(float a, float b, float share) { return a + share * (b - a); }

template <std::size_t N>
void mix_points(std::array<PointInUnit, N>& a, const std::array<PointInUnit, N>& b, float share) {
  for (std::size_t i = 0; i < N; ++i)
    a[i] = {mix(a[i].x, b[i].x, share), mix(a[i].y, b[i].y, share), mix(a[i].z, b[i].z, share)};
}

/// What is seen in both is in between; what is seen in one is taken from the nearer.
Landmarks between(const Landmarks& a, const Landmarks& b, double share_of_b) {
  const float share = static_cast<float>(share_of_b);
  Landmarks result = share < 0.5F ? a : b;
  if (a.pose && b.pose) {
    result.pose = a.pose;
    mix_points(result.pose->points, b.pose->points, share);
    for (std::size_t i = 0; i < kPosePoints; ++i)
      result.pose->visibility[i] = mix(a.pose->visibility[i], b.pose->visibility[i], share);
  }
  for (const Side side : {Side::kLeft, Side::kRight}) {
    if (!a.hand(side) || !b.hand(side)) continue;
    result.hand(side) = a.hand(side);
    mix_points(result.hand(side)->points, b.hand(side)->points, share);
  }
  return result;
}

struct Stand {
  double x = 0, y = 0, size = 0;
};

double aspect(const Landmarks& frame) {
  return frame.image_height > 0 ? static_cast<double>(frame.image_width) / frame.image_height
                                : 4.0 / 3;
}

/// Where a body stands and how wide its shoulders are, on average.
Stand stand_of(std::span<const Landmarks> frames) {
  Stand stand;
  double seen = 0;
  for (const Landmarks& frame : frames) {
    if (!frame.pose) continue;
    const auto& left = frame.pose->points[kLeftShoulder];
    const auto& right = frame.pose->points[kRightShoulder];
    stand.x += (left.x + right.x) / 2 * aspect(frame);
    stand.y += (left.y + right.y) / 2;
    stand.size += std::hypot((left.x - right.x) * aspect(frame), left.y - right.y);
    seen += 1;
  }
  if (seen > 0) stand = {stand.x / seen, stand.y / seen, stand.size / seen};
  return stand;
}

void move(PointInUnit& p, double own_aspect, const Landmarks& like, const Stand& from,
          const Stand& to) {
  const double scale = to.size / from.size;
  p.x = static_cast<float>(((p.x * own_aspect - from.x) * scale + to.x) / aspect(like));
  p.y = static_cast<float>((p.y - from.y) * scale + to.y);
  p.z = static_cast<float>(p.z * own_aspect * scale / aspect(like));
}

std::vector<Landmarks> moved(std::vector<Landmarks> frames, const Landmarks& like,
                             const Stand& to) {
  const Stand from = stand_of(frames);
  if (!(from.size > 0) || !(to.size > 0)) return frames;
  for (Landmarks& frame : frames) {
    const double own = aspect(frame);
    if (frame.pose)
      for (PointInUnit& p : frame.pose->points) move(p, own, like, from, to);
    for (const Side side : {Side::kLeft, Side::kRight})
      if (frame.hand(side))
        for (PointInUnit& p : frame.hand(side)->points) move(p, own, like, from, to);
    frame.image_width = like.image_width;
    frame.image_height = like.image_height;
  }
  return frames;
}

class Splicer {
 public:
  explicit Splicer(const SpliceOptions& options) : options_(options), random_(options.seed) {}

  double drawn(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }
  std::size_t drawn_index(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }
  template <typename T>
  void shuffle(std::vector<T>& values) {
    std::shuffle(values.begin(), values.end(), random_);
  }

  void stand_still(double length_s) {
    if (take_.frames.empty()) return;
    const Landmarks last = take_.frames.back();
    for (const double until_s = at_s_ + length_s; at_s_ < until_s;) push(last, 0.0015);
  }
  void go_to(const Landmarks& target) {
    if (take_.frames.empty()) return;
    const Landmarks from = take_.frames.back();
    const double begin_s = at_s_;
    const double length_s = drawn(options_.least_bridge_s, options_.most_bridge_s);
    while (at_s_ < begin_s + length_s) {
      const double share = (at_s_ - begin_s) / length_s;
      push(between(from, target, 0.5 - 0.5 * std::cos(share * 3.14159265)), 0.0005);
    }
  }
  void play(const std::vector<Landmarks>& frames, const std::optional<LabTruth>& truth,
            bool is_foreign) {
    const double first_s = seconds(frames.front().timestamp);
    const double length_s = seconds(frames.back().timestamp) - first_s;
    const double tempo = 1 + drawn(-options_.tempo_spread, options_.tempo_spread);
    const double begin_s = at_s_;
    std::size_t next = 0;
    while (at_s_ <= begin_s + length_s / tempo + 1e-6) {
      const double wanted_s = first_s + (at_s_ - begin_s) * tempo;
      while (next + 2 < frames.size() && seconds(frames[next + 1].timestamp) < wanted_s) ++next;
      const double a = seconds(frames[next].timestamp);
      const std::size_t after = std::min(next + 1, frames.size() - 1);
      const double b = seconds(frames[after].timestamp);
      const double share = b > a ? std::clamp((wanted_s - a) / (b - a), 0.0, 1.0) : 0;
      push(between(frames[next], frames[after], share), 0);
    }
    if (is_foreign) take_.foreign_s += length_s / tempo;
    auto& list = is_foreign ? take_.foreign : take_.repetitions;
    list.push_back(truth.value_or(LabTruth{}));
    list.back().start_s = begin_s;
    list.back().end_s = seconds(take_.frames.back().timestamp);
  }
  LabTake take() { return std::move(take_); }

 private:
  void push(Landmarks frame, double trembling) {
    std::normal_distribution<float> shake(0, static_cast<float>(trembling));
    if (trembling > 0 && frame.pose)
      for (PointInUnit& p : frame.pose->points)
        p = {p.x + shake(random_), p.y + shake(random_), p.z};
    frame.timestamp = timestamp_from_seconds(at_s_);
    at_s_ += 1 / options_.rate_hz;
    take_.frames.push_back(std::move(frame));
  }

  SpliceOptions options_;
  std::mt19937_64 random_;
  LabTake take_;
  double at_s_ = 0;
};

}  // namespace

LabTake splice(std::span<const Piece> repetitions, std::span<const Piece> foreign,
               const SpliceOptions& options) {
  Splicer splicer(options);
  std::vector<const Piece*> order;
  for (const Piece& piece : repetitions) order.push_back(&piece);
  splicer.shuffle(order);
  for (const Piece* piece : order) {
    splicer.go_to(piece->frames.front());
    splicer.play(piece->frames, piece->truth, false);
    if (splicer.drawn(0, 1) < options.idle_share)
      splicer.stand_still(splicer.drawn(0.2, options.most_idle_s));
    if (foreign.empty() || splicer.drawn(0, 1) >= options.foreign_share) continue;
    const Piece& chosen = foreign[splicer.drawn_index(foreign.size())];
    const auto other = moved(chosen.frames, piece->frames.front(), stand_of(piece->frames));
    splicer.go_to(other.front());
    splicer.play(other, chosen.truth, true);
    if (splicer.drawn(0, 1) < options.idle_share)
      splicer.stand_still(splicer.drawn(0.2, options.most_idle_s));
  }
  splicer.stand_still(1);
  return splicer.take();
}

}  // namespace kata::bench
