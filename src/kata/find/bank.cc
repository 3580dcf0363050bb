// SPDX-License-Identifier: Apache-2.0
#include "kata/find/bank.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "kata/core/error.h"
#include "kata/find/embedded_bank.h"

namespace kata {
namespace {

// tools/make_foreign_bank.py writes it: little-endian; "KATABNK1", streams (u32), then of each
// stream: legs (u32, 0 or 1), frames (u32), seconds between frames (f32), trunk (f32); offset and
// step (f32, f32) of each value of a frame; the frames, one byte a value, 0: not seen.
constexpr std::string_view kMagic = "KATABNK1";

[[noreturn]] void fail() {
  throw Error(ErrorCode::kCorrupt, "the bank of foreign movements is damaged");
}

template <typename Value>
Value number_at(std::string_view bytes, std::size_t place) {
  if (place + sizeof(Value) > bytes.size()) fail();
  Value value;
  std::memcpy(&value, bytes.data() + place, sizeof value);
  return value;
}

struct StreamHead {
  bool has_legs = false;
  std::size_t frames = 0;
  double step_s = 0;
  float trunk = 0;
  std::size_t scales = 0;  // place
  std::size_t values = 0;  // place

  std::size_t body_points() const {
    return has_legs ? std::size_t{kCourseLeftHand} : std::size_t{kCourseArms};
  }
  std::size_t frame_size() const { return 2 * (body_points() + kCoursePoints - kCourseLeftHand); }
  std::size_t end() const { return values + frames * frame_size(); }
};

StreamHead head_at(std::string_view bytes, std::size_t place) {
  StreamHead head;
  head.has_legs = number_at<std::uint32_t>(bytes, place) != 0;
  head.frames = number_at<std::uint32_t>(bytes, place + 4);
  head.step_s = static_cast<double>(number_at<float>(bytes, place + 8));
  head.trunk = number_at<float>(bytes, place + 12);
  head.scales = place + 16;
  head.values = head.scales + 8 * head.frame_size();
  if (head.frames > bytes.size() || head.end() > bytes.size() || !(head.step_s > 0)) fail();
  if (head.frames < 2) fail();
  return head;
}

/// Stored values of the points from `first` on; false where one was not seen.
bool read_points(std::string_view bytes, const StreamHead& head, std::size_t frame,
                 std::span<PlanePoint> points, std::size_t stored_first) {
  bool is_seen = true;
  const auto value_of = [&](std::size_t value) {
    const auto byte =
        number_at<std::uint8_t>(bytes, head.values + frame * head.frame_size() + value);
    is_seen = is_seen && byte != 0;
    return number_at<float>(bytes, head.scales + 8 * value) +
           static_cast<float>(byte) * number_at<float>(bytes, head.scales + 8 * value + 4);
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::size_t value = 2 * (stored_first + i);
    points[i] = {value_of(value), value_of(value + 1)};
  }
  return is_seen;
}

}  // namespace

ForeignBank::ForeignBank(std::string_view bytes) : bytes_(bytes) {
  if (bytes.substr(0, kMagic.size()) != kMagic) fail();
  const auto count = number_at<std::uint32_t>(bytes, kMagic.size());
  std::size_t place = kMagic.size() + 4;
  for (std::uint32_t i = 0; i < count; ++i) {
    places_.push_back(place);
    place = head_at(bytes, place).end();
  }
}

const ForeignBank& ForeignBank::shipped() {
  static const ForeignBank bank(embedded_bank());
  return bank;
}

ForeignBank::Stream ForeignBank::stream(std::size_t number) const {
  const StreamHead head = head_at(bytes_, places_[number]);
  Stream stream;
  stream.has_legs = head.has_legs;
  for (std::size_t f = 0; f < head.frames; ++f) {
    CourseFrame frame;
    frame.time_s = static_cast<double>(f) * head.step_s;
    frame.trunk = head.trunk;
    const std::span points(frame.points);
    const std::size_t body = head.body_points();
    frame.has_body = read_points(bytes_, head, f, points.first(body), 0);
    frame.has_legs = frame.has_body && head.has_legs;
    frame.has_left_hand = read_points(bytes_, head, f, points.subspan(kCourseLeftHand, 5), body);
    frame.has_right_hand =
        read_points(bytes_, head, f, points.subspan(kCourseRightHand, 5), body + 5);
    stream.frames.push_back(frame);
  }
  return stream;
}

std::vector<CourseWindow> bank_windows(const ForeignBank::Stream& stream, std::size_t count,
                                       double shortest_s, double longest_s) {
  std::vector<CourseWindow> windows;
  const double length_s = stream.frames.back().time_s;
  // Two irrational steps fill the square of durations and places evenly (Roberts 2018, R2).
  constexpr double kStepA = 0.7548776662466927, kStepB = 0.5698402909980532;
  double a = 0.5, b = 0.5;
  for (std::size_t i = 0; i < count; ++i) {
    a = std::fmod(a + kStepA, 1.0);
    b = std::fmod(b + kStepB, 1.0);
    const double duration_s = shortest_s * std::pow(longest_s / shortest_s, a);
    if (duration_s >= length_s) continue;
    CourseWindow window;
    window.start_s = b * (length_s - duration_s);
    window.end_s = window.start_s + duration_s;
    const auto at = [&](double time_s) {
      return std::lower_bound(
          stream.frames.begin(), stream.frames.end(), time_s,
          [](const CourseFrame& frame, double time) { return frame.time_s < time; });
    };
    window.frames = std::span(at(window.start_s), at(window.end_s));
    if (window.frames.size() >= 4) windows.push_back(window);
  }
  return windows;
}

}  // namespace kata
