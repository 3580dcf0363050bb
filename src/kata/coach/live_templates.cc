// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_templates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>

namespace kata {
namespace {

/// Another person in another camera, as a multiple of what one person varies.
constexpr double kOtherPerson = 3;
/// Limits of resemblance as shares of the movement's own reach.
constexpr double kLeastShareOfReach = 0.2;
constexpr double kMostShareOfReach = 0.85;
/// A value that moves this little, in body units, says nothing.
constexpr double kStill = 0.05;

using Postures = std::vector<LivePosture>;

/// Variance of each value over a repetition; 0 where it is not seen.
std::vector<double> variances(const Postures& postures) {
  std::vector<double> result(live_posture_size(), 0.0);
  for (std::size_t i = 0; i < result.size(); ++i) {
    double mean = 0, squares = 0, seen = 0;
    for (const LivePosture& posture : postures) {
      if (!std::isfinite(posture[i])) continue;
      mean += posture[i];
      squares += static_cast<double>(posture[i]) * posture[i];
      seen += 1;
    }
    if (seen < 2) continue;
    result[i] = std::max(0.0, squares / seen - (mean / seen) * (mean / seen));
  }
  return result;
}

/// What moves in a movement counts; what is still tells bodies and cameras apart, not movements.
LivePosture weights_of(const std::vector<Postures>& repetitions) {
  std::vector<double> mean(live_posture_size(), 0.0);
  for (const Postures& repetition : repetitions) {
    const std::vector<double> variance = variances(repetition);
    for (std::size_t i = 0; i < mean.size(); ++i) {
      mean[i] += variance[i] / static_cast<double>(repetitions.size());
    }
  }
  const double most = *std::max_element(mean.begin(), mean.end());
  LivePosture weights;
  for (const double variance : mean) {
    const double moved = variance / (variance + kStill * kStill + 0.1 * most);
    weights.push_back(static_cast<float>(moved));
  }
  return weights;
}

double reach(const Postures& postures, const LivePosture& weights) {
  return posture_reach(
      postures.size(), [&](std::size_t k) -> const LivePosture& { return postures[k]; }, weights);
}

double duration_s(std::span<const Landmarks> frames) {
  return seconds(frames.back().timestamp - frames.front().timestamp);
}

/// Distance of a whole repetition to another as live matching would find it.
double live_distance(const Postures& taught, double taught_s, const Postures& stream,
                     double stream_s, const LivePosture& weights) {
  LiveTemplate one(taught, taught_s, 0, weights, 1.0);
  LiveHistory history;
  for (std::size_t k = 0; k < stream.size(); ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(stream.size() - 1);
    history.push(stream[k], share * stream_s);
    one.step(history);
  }
  return one.distance_at_end();
}

/// How near a stretch must come. What one person varies says how exactly a movement is seen and
/// done; another body and camera vary it more, but never as far as the movement reaches.
double limit_of(const std::vector<Postures>& taught, const std::vector<double>& durations_s,
                const LivePosture& weights) {
  std::vector<double> nearest(taught.size(), std::numeric_limits<double>::infinity());
  double usual = 0;
  for (std::size_t i = 0; i < taught.size(); ++i) {
    usual += reach(taught[i], weights) / static_cast<double>(taught.size());
    for (std::size_t k = 0; k < taught.size(); ++k) {
      if (i == k) continue;
      nearest[i] = std::min(
          nearest[i], live_distance(taught[i], durations_s[i], taught[k], durations_s[k], weights));
    }
  }
  const auto middle = nearest.begin() + static_cast<std::ptrdiff_t>(nearest.size() / 2);
  std::nth_element(nearest.begin(), middle, nearest.end());
  return std::clamp(kOtherPerson * *middle, kLeastShareOfReach * usual, kMostShareOfReach * usual);
}

}  // namespace

std::vector<LiveTemplate> live_templates(const Judge& judge) {
  std::vector<LiveTemplate> templates;
  for (std::size_t movement = 0; movement < judge.movements().size(); ++movement) {
    const std::string& name = judge.movements()[movement];
    std::vector<Postures> taught;
    std::vector<double> durations_s;
    for (const auto& repetitions : {judge.prototypes(name), judge.wrong_prototypes(name)}) {
      for (const Repetition& repetition : repetitions) {
        if (repetition.frames.size() < 4) continue;
        taught.push_back(live_postures(repetition.frames));
        durations_s.push_back(duration_s(repetition.frames));
      }
    }
    if (taught.empty()) continue;
    const LivePosture weights = weights_of(taught);
    const double limit = limit_of(taught, durations_s, weights);
    if (!(limit > 0)) continue;
    for (std::size_t i = 0; i < taught.size(); ++i) {
      templates.emplace_back(taught[i], durations_s[i], movement, weights, limit);
    }
  }
  return templates;
}

}  // namespace kata
