// SPDX-License-Identifier: Apache-2.0
#include "kata/coach/live_templates.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string>

namespace kata {
namespace {

/// Limit of resemblance as a share of the movement's own reach.
constexpr double kShareOfReach = 0.6;
/// A movement done too small is seen no more exactly than one done right.
constexpr double kShareOfUsual = 0.8;
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
    std::vector<double> reaches;
    for (const Postures& one : taught) reaches.push_back(reach(one, weights));
    const double usual =
        std::accumulate(reaches.begin(), reaches.end(), 0.0) / static_cast<double>(reaches.size());
    for (std::size_t i = 0; i < taught.size(); ++i) {
      const double limit = kShareOfReach * std::max(reaches[i], kShareOfUsual * usual);
      if (!(limit > 0)) continue;
      templates.emplace_back(std::move(taught[i]), durations_s[i], movement, weights, limit);
    }
  }
  return templates;
}

}  // namespace kata
