// SPDX-License-Identifier: Apache-2.0
//
// What a learner cannot help must not change the verdict: where and how large he is, which hand,
// how the camera is held, how many frames it gives, how fast he is. On repetitions of real people,
// each judged by a judge that was not taught it.
#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include "kata/core/topology.h"
#include "kata/learn/judge.h"
#include "tests/support/shared_data.h"

namespace kata {
namespace {

constexpr const char* kOneHand = "data/seed/coordinates_2.csv";
constexpr const char* kHello = "data/seed/hello.csv";

std::vector<float> numbers_after(std::string_view line, std::size_t skipped) {
  std::vector<float> values;
  for (std::size_t field = 0; !line.empty(); ++field) {
    const std::size_t comma = std::min(line.find(','), line.size());
    float value = 0;
    std::from_chars(line.data(), line.data() + comma, value);
    if (field >= skipped) values.push_back(value);
    line.remove_prefix(std::min(comma + 1, line.size()));
  }
  return values;
}

template <std::size_t N>
bool take(const std::vector<float>& values, std::size_t first, std::size_t stride,
          std::array<PointInUnit, N>& points) {
  bool is_seen = false;
  for (std::size_t i = 0; i < N; ++i) {
    const float* p = &values[first + stride * i];
    points[i] = {p[0], p[1], p[2]};
    is_seen = is_seen || p[0] != 0 || p[1] != 0;
  }
  return is_seen;
}

/// `stride` 4: with a visibility after each point; hands in the file's order.
Landmarks frame_of(const std::vector<float>& values, std::size_t stride, bool right_hand_first) {
  Landmarks frame;
  Pose pose;
  if (take(values, 0, stride, pose.points)) {
    pose.visibility.fill(1);
    frame.pose = pose;
  }
  const std::size_t hands = stride * kPosePoints;
  Hand first;
  Hand second;
  if (take(values, hands, stride, first.points)) {
    (right_hand_first ? frame.right_hand : frame.left_hand) = first;
  }
  if (take(values, hands + stride * kHandPoints, stride, second.points)) {
    (right_hand_first ? frame.left_hand : frame.right_hand) = second;
  }
  return frame;
}

/// Both of the prototype's forms; ten frames a second, as it recorded.
std::vector<Repetition> recorded(const std::string& file, bool is_hello) {
  std::ifstream in(test::shared_path(file));
  std::map<std::string, Repetition> by_name;
  std::string line;
  if (is_hello) std::getline(in, line);
  while (std::getline(in, line)) {
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    std::string name = line.substr(0, second);
    bool is_right = line.starts_with("hello_R");
    if (!is_hello) {
      name = line.substr(0, line.find(',', second + 1));
      is_right = line.substr(first + 1, second - first - 1) == "1";
    }
    Repetition& repetition = by_name[name];
    repetition.movement = "movement";
    repetition.label = is_right ? Label::kCorrect : Label::kIncorrect;
    const auto values = numbers_after(line, is_hello ? 2 : 3);
    Landmarks frame = frame_of(values, is_hello ? 3 : 4, !is_hello);
    frame.image_width = 640;
    frame.image_height = 480;
    frame.timestamp = timestamp_from_seconds(0.1 * static_cast<double>(repetition.frames.size()));
    repetition.frames.push_back(frame);
  }
  std::vector<Repetition> result;
  for (auto& [name, repetition] : by_name) result.push_back(std::move(repetition));
  return result;
}

using Frames = std::vector<Landmarks>;
using Change = std::function<Frames(Frames)>;

template <typename Function>
void for_all_points(Landmarks& frame, Function function) {
  if (frame.pose) {
    for (PointInUnit& p : frame.pose->points) function(p);
  }
  for (auto* hand : {&frame.left_hand, &frame.right_hand}) {
    if (!*hand) continue;
    for (PointInUnit& p : (*hand)->points) function(p);
  }
}

Change of_points(std::function<void(PointInUnit&)> function) {
  return [function](Frames frames) {
    for (Landmarks& frame : frames) for_all_points(frame, function);
    return frames;
  };
}

Change shifted(float x, float y) {
  return of_points([=](PointInUnit& p) {
    p.x += x;
    p.y += y;
  });
}

/// As a nearer or farther person is, about the picture's middle.
Change scaled(float factor) {
  return of_points([=](PointInUnit& p) {
    p = {0.5F + factor * (p.x - 0.5F), 0.5F + factor * (p.y - 0.5F), factor * p.z};
  });
}

Change rolled(double angle_deg) {
  const auto c = static_cast<float>(std::cos(angle_deg * std::numbers::pi / 180));
  const auto s = static_cast<float>(std::sin(angle_deg * std::numbers::pi / 180));
  constexpr float kAspect = 640.0F / 480.0F;
  return of_points([=](PointInUnit& p) {
    const float x = (p.x - 0.5F) * kAspect;
    const float y = p.y - 0.5F;
    p.x = 0.5F + (c * x - s * y) / kAspect;
    p.y = 0.5F + s * x + c * y;
  });
}

/// About the upright axis through the middle of the shoulders, by the tracker's own depth: of the
/// body from the hips, of a hand from its wrist, which is as deep as the body's.
Frames yawed(Frames frames, double angle_deg) {
  const auto c = static_cast<float>(std::cos(angle_deg * std::numbers::pi / 180));
  const auto s = static_cast<float>(std::sin(angle_deg * std::numbers::pi / 180));
  for (Landmarks& frame : frames) {
    if (!frame.pose) continue;
    const auto& points = frame.pose->points;
    const float middle = (points[kLeftShoulder].x + points[kRightShoulder].x) / 2;
    const float depth = (points[kLeftShoulder].z + points[kRightShoulder].z) / 2;
    const float wrists[2] = {points[kLeftWrist].z - depth, points[kRightWrist].z - depth};
    const auto turn = [&](PointInUnit& p, float from_depth) {
      const float x = p.x - middle;
      const float z = p.z + from_depth;
      p.x = middle + c * x + s * z;
      p.z = c * z - s * x - from_depth;
    };
    if (frame.left_hand) {
      for (PointInUnit& p : frame.left_hand->points) turn(p, wrists[0]);
    }
    if (frame.right_hand) {
      for (PointInUnit& p : frame.right_hand->points) turn(p, wrists[1]);
    }
    for (PointInUnit& p : frame.pose->points) turn(p, -depth);
  }
  return frames;
}

Frames mirrored_and_swapped(Frames frames) {
  for (Landmarks& frame : frames) frame = mirrored(frame);
  return frames;
}

Frames without_every_third(Frames frames) {
  Frames kept;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (i % 3 != 1) kept.push_back(frames[i]);
  }
  return kept;
}

Change paced(double factor) {
  return [factor](Frames frames) {
    for (Landmarks& frame : frames) {
      frame.timestamp = timestamp_from_seconds(seconds(frame.timestamp) * factor);
    }
    return frames;
  };
}

struct Kept {
  int same = 0;
  int all = 0;
  double share() const { return static_cast<double>(same) / all; }
};

constexpr std::size_t kFolds = 5;

/// What the repetitions outside a fold teach, after a change to them.
std::shared_ptr<const Judge> taught_by_others(const std::vector<Repetition>& repetitions,
                                              std::size_t fold, const Change& change) {
  std::vector<Repetition> lessons;
  for (std::size_t i = 0; i < repetitions.size(); ++i) {
    if (i % kFolds == fold) continue;
    lessons.push_back(repetitions[i]);
    if (change) lessons.back().frames = change(lessons.back().frames);
  }
  return train_judge(lessons, {.with_report = false}).judge;
}

struct Case {
  const char* name;
  Change change;
  double least;
};

std::vector<Case> cases() {
  const auto yaw = [](double angle_deg) {
    return [angle_deg](Frames frames) { return yawed(std::move(frames), angle_deg); };
  };
  return {{"shifted to the left and up", shifted(-0.2F, -0.1F), 0.97},
          {"shifted to the right and down", shifted(0.2F, 0.1F), 0.97},
          {"half as large", scaled(0.5F), 0.97},
          {"twice as large", scaled(2.0F), 0.97},
          {"camera rolled by 10 degrees", rolled(10), 0.97},
          {"camera rolled by -10 degrees", rolled(-10), 0.97},
          {"every third frame dropped", without_every_third, 0.97},
          {"20 % slower", paced(1.2), 0.97},
          {"20 % faster", paced(0.8), 0.97},
          {"seen from 20 degrees to one side", yaw(20), 0.90},
          {"seen from 20 degrees to the other", yaw(-20), 0.90}};
}

/// Taught by four fifths; of the rest the verdicts that each change leaves as they were.
void expect_kept(const std::vector<Repetition>& repetitions) {
  const std::vector<Case> all = cases();
  std::vector<Kept> kept(all.size());
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    const auto judge = taught_by_others(repetitions, fold, {});
    for (std::size_t i = fold; i < repetitions.size(); i += kFolds) {
      const VerdictKind before = judge->judge(repetitions[i].frames).kind;
      for (std::size_t c = 0; c < all.size(); ++c) {
        kept[c].same += judge->judge(all[c].change(repetitions[i].frames)).kind == before ? 1 : 0;
        ++kept[c].all;
      }
    }
  }
  for (std::size_t c = 0; c < all.size(); ++c) {
    EXPECT_GE(kept[c].share(), all[c].least)
        << all[c].name << ": " << kept[c].same << " of " << kept[c].all;
  }
}

TEST(Invariance, OneHand) {
  KATA_NEEDS_SHARED(kOneHand);
  const auto repetitions = recorded(kOneHand, false);
  ASSERT_EQ(repetitions.size(), 72U);
  expect_kept(repetitions);
}

TEST(Invariance, Hello) {
  KATA_NEEDS_SHARED(kHello);
  const auto repetitions = recorded(kHello, true);
  ASSERT_EQ(repetitions.size(), 51U);
  expect_kept(repetitions);
}

/// Teacher and learner in a mirror, the sides swapped: as a left-handed pair, or a mirrored camera.
TEST(Invariance, MirroredWithSwappedSides) {
  KATA_NEEDS_SHARED(kHello);
  const auto repetitions = recorded(kHello, true);
  Kept kept;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    const auto straight = taught_by_others(repetitions, fold, {});
    const auto in_mirror = taught_by_others(repetitions, fold, mirrored_and_swapped);
    for (std::size_t i = fold; i < repetitions.size(); i += kFolds) {
      const auto& frames = repetitions[i].frames;
      kept.same +=
          straight->judge(frames).kind == in_mirror->judge(mirrored_and_swapped(frames)).kind ? 1
                                                                                              : 0;
      ++kept.all;
    }
  }
  EXPECT_GE(kept.share(), 0.97) << kept.same << " of " << kept.all;
}

}  // namespace
}  // namespace kata
