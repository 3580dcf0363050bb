// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/cut_signal.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "kata/motion/cut_channels.h"

namespace kata {
namespace {

constexpr double kSmoothing_s = 0.08;  // movements of people hold little above 3 Hz

float median_of(std::vector<float> values) {
  if (values.empty()) return 0;
  const auto mid = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), mid, values.end());
  return *mid;
}

/// Single wrong frames (a limb that jumps, hands exchanged) vanish; edges stay.
std::vector<float> without_spikes(const std::vector<float>& values) {
  std::vector<float> result = values;
  for (std::size_t i = 1; i + 1 < values.size(); ++i) {
    const float a = values[i - 1], b = values[i], c = values[i + 1];
    if (std::isfinite(a) && std::isfinite(b) && std::isfinite(c)) {
      result[i] = std::max(std::min(a, b), std::min(std::max(a, b), c));
    }
  }
  return result;
}

/// Standard deviation of frame-to-frame trembling, from second differences: smooth movement
/// cancels, and the median ignores the moments of fast movement.
float trembling(const std::vector<float>& values) {
  std::vector<float> bends;
  for (std::size_t i = 1; i + 1 < values.size(); ++i) {
    const float bend = values[i - 1] - 2 * values[i] + values[i + 1];
    if (std::isfinite(bend)) bends.push_back(std::abs(bend));
  }
  return 1.4826F * median_of(std::move(bends)) / std::sqrt(6.0F);
}

float spread(const std::vector<float>& values) {
  double sum = 0, squares = 0;
  for (float v : values) {
    sum += v;
    squares += static_cast<double>(v) * v;
  }
  const double n = static_cast<double>(values.size());
  return static_cast<float>(std::sqrt(std::max(0.0, squares / n - sum * sum / (n * n))));
}

/// Linear in time between the frames in which the value was seen, held at the ends.
std::vector<float> on_grid(const std::vector<float>& values, std::span<const double> times_s,
                           const CutSignal& grid) {
  std::vector<std::size_t> seen;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) seen.push_back(i);
  }
  std::vector<float> result(grid.frames, 0.0F);
  if (seen.empty()) return result;
  std::size_t next = 0;
  for (std::size_t frame = 0; frame < grid.frames; ++frame) {
    const double time = grid.time_s(frame);
    while (next < seen.size() && times_s[seen[next]] < time) ++next;
    if (next == 0 || next == seen.size()) {
      result[frame] = values[next == 0 ? seen.front() : seen.back()];
      continue;
    }
    const std::size_t a = seen[next - 1], b = seen[next];
    const double share = (time - times_s[a]) / (times_s[b] - times_s[a]);
    result[frame] = values[a] + static_cast<float>(share) * (values[b] - values[a]);
  }
  return result;
}

std::vector<float> smoothed(const std::vector<float>& values, double sigma_frames) {
  const int reach = static_cast<int>(std::ceil(3 * sigma_frames));
  std::vector<float> kernel;
  for (int i = -reach; i <= reach; ++i) {
    kernel.push_back(static_cast<float>(std::exp(-0.5 * i * i / (sigma_frames * sigma_frames))));
  }
  const int last = static_cast<int>(values.size()) - 1;
  std::vector<float> result(values.size());
  for (int i = 0; i <= last; ++i) {
    float sum = 0, weight = 0;
    for (int k = -reach; k <= reach; ++k) {
      const float w = kernel[static_cast<std::size_t>(k + reach)];
      sum += w * values[static_cast<std::size_t>(std::clamp(i + k, 0, last))];
      weight += w;
    }
    result[static_cast<std::size_t>(i)] = sum / weight;
  }
  return result;
}

/// Adds one channel as a column, weighted by Wiener's rule: signal power over signal and noise.
void add_dimension(CutSignal& signal, std::vector<std::vector<float>>& columns,
                   const CutChannel& channel, std::span<const double> times_s) {
  const double sigma = kSmoothing_s / signal.step_s;
  std::vector<float> column =
      smoothed(on_grid(without_spikes(channel.values), times_s, signal), sigma);
  const float movement = spread(column);
  const float noise = 2 * trembling(channel.values);  // tracking errors are slower than trembling
  if (!(movement > noise)) return;
  const float trust = 1 - noise * noise / (movement * movement);
  const float factor = channel.weight * trust;
  for (float& value : column) value *= factor;
  const double left = trembling(channel.values) * factor / std::sqrt(2 * 1.7725 * sigma);
  signal.jitter = std::hypot(signal.jitter, left);
  columns.push_back(std::move(column));
}

void interleave(CutSignal& signal, const std::vector<std::vector<float>>& columns) {
  signal.dims = columns.size();
  signal.values.resize(signal.frames * signal.dims);
  for (std::size_t d = 0; d < signal.dims; ++d) {
    for (std::size_t f = 0; f < signal.frames; ++f)
      signal.values[f * signal.dims + d] = columns[d][f];
  }
}

void measure_speed(CutSignal& signal) {
  std::vector<float> speed(signal.frames, 0.0F);
  for (std::size_t f = 0; f < signal.frames; ++f) {
    const std::size_t a = f == 0 ? 0 : f - 1, b = std::min(f + 1, signal.frames - 1);
    speed[f] =
        static_cast<float>(signal.distance(a, b) / (static_cast<double>(b - a) * signal.step_s));
  }
  signal.speed = smoothed(speed, kSmoothing_s / 2 / signal.step_s);
  double sum = 0, squares = 0;
  for (float v : signal.speed) {
    sum += v;
    squares += static_cast<double>(v) * v;
  }
  signal.typical_speed = sum > 0 ? squares / sum : 0;
}

/// How far the postures of the moving body lie from their mean, root mean square.
double posture_spread(const CutSignal& signal) {
  std::vector<double> mean(signal.dims, 0.0);
  double weights = 0;
  for (std::size_t f = 0; f < signal.frames; ++f) {
    const auto posture = signal.at(f);
    for (std::size_t d = 0; d < signal.dims; ++d) mean[d] += signal.speed[f] * posture[d];
    weights += signal.speed[f];
  }
  double sum = 0;
  for (std::size_t f = 0; f < signal.frames; ++f) {
    const auto posture = signal.at(f);
    for (std::size_t d = 0; d < signal.dims; ++d) {
      const double off = posture[d] - mean[d] / weights;
      sum += signal.speed[f] * off * off;
    }
  }
  return std::sqrt(sum / weights);
}

}  // namespace

double CutSignal::distance(std::size_t a, std::size_t b) const {
  const float* pa = &values[a * dims];
  const float* pb = &values[b * dims];
  float sum = 0;
  for (std::size_t d = 0; d < dims; ++d) sum += (pa[d] - pb[d]) * (pa[d] - pb[d]);
  return std::sqrt(static_cast<double>(sum));
}

CutSignal cut_signal(std::span<const Landmarks> take) {
  CutSignal signal;
  if (take.size() < 5) return signal;
  std::vector<double> times_s;
  for (const Landmarks& frame : take) times_s.push_back(seconds(frame.timestamp));
  const double duration_s = times_s.back() - times_s.front();
  if (!(duration_s > 0.4)) return signal;
  signal.start_s = times_s.front();
  signal.frames = static_cast<std::size_t>(duration_s / signal.step_s) + 1;
  std::vector<std::vector<float>> columns;
  for (const CutChannel& channel : cut_channels(take))
    add_dimension(signal, columns, channel, times_s);
  interleave(signal, columns);
  if (signal.dims == 0) return signal;
  measure_speed(signal);
  signal.spread = posture_spread(signal);
  return signal;
}

}  // namespace kata
