// SPDX-License-Identifier: Apache-2.0
#include "kata/cut/cut_signal.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "kata/cut/cut_channels.h"

namespace kata {
namespace {

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
    if (std::isfinite(a) && std::isfinite(b) && std::isfinite(c))
      result[i] = std::max(std::min(a, b), std::min(std::max(a, b), c));
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

float mean_of(const std::vector<float>& values) {
  double sum = 0;
  for (const float v : values) sum += v;
  return static_cast<float>(sum / static_cast<double>(values.size()));
}

float spread(const std::vector<float>& values) {
  const double mean = mean_of(values);
  double squares = 0;
  for (const float v : values) squares += (v - mean) * (v - mean);
  return static_cast<float>(std::sqrt(squares / static_cast<double>(values.size())));
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
  float weight = 0;
  for (int i = -reach; i <= reach; ++i) {
    kernel.push_back(static_cast<float>(std::exp(-0.5 * i * i / (sigma_frames * sigma_frames))));
    weight += kernel.back();
  }
  const int last = static_cast<int>(values.size()) - 1;
  std::vector<float> result(values.size());
  for (int i = 0; i <= last; ++i) {
    float sum = 0;
    for (int k = -reach; k <= reach; ++k)
      sum += kernel[static_cast<std::size_t>(k + reach)] *
             values[static_cast<std::size_t>(std::clamp(i + k, 0, last))];
    result[static_cast<std::size_t>(i)] = sum / weight;
  }
  return result;
}

/// The grid and the channels on it.
class Grid {
 public:
  Grid(std::span<const Landmarks> take, const CutTuning& tuning) : tuning_(tuning) {
    if (take.size() < tuning.fewest_frames) return;
    for (const Landmarks& frame : take) times_s_.push_back(seconds(frame.timestamp));
    const double duration_s = times_s_.back() - times_s_.front();
    if (!(duration_s > tuning.shortest_take_s)) return;
    signal.step_s = tuning.step_s;
    signal.start_s = times_s_.front();
    signal.frames = static_cast<std::size_t>(duration_s / signal.step_s) + 1;
    channels = cut_channels(take, tuning);
  }

  bool is_empty() const { return channels.empty(); }
  double sigma_frames() const { return tuning_.smoothing_s / signal.step_s; }

  std::vector<float> column(const CutChannel& channel) const {
    return smoothed(on_grid(without_spikes(channel.values), times_s_, signal), sigma_frames());
  }

  CutSignal signal;
  std::vector<CutChannel> channels;

 private:
  const CutTuning& tuning_;
  std::vector<double> times_s_;
};

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The weighted channels, about the view's means.
Matrix columns_of(const Grid& grid, const CutView& view) {
  Matrix columns = Matrix::Zero(static_cast<Eigen::Index>(grid.channels.size()),
                                static_cast<Eigen::Index>(grid.signal.frames));
  for (std::size_t c = 0; c < grid.channels.size(); ++c) {
    if (view.factors[c] <= 0 || grid.channels[c].weight <= 0) continue;
    const std::vector<float> column = grid.column(grid.channels[c]);
    const float factor = view.factors[c] * grid.channels[c].weight;
    for (std::size_t f = 0; f < column.size(); ++f)
      columns(static_cast<Eigen::Index>(c), static_cast<Eigen::Index>(f)) =
          column[f] * factor - view.means[c];
  }
  return columns;
}

void project(CutSignal& signal, const CutView& view, const Matrix& columns) {
  const Eigen::Map<const Matrix> components(view.components.data(),
                                            static_cast<Eigen::Index>(view.dims), columns.rows());
  const Matrix values = components * columns;
  signal.dims = view.dims;
  signal.values.assign(values.data(), values.data() + values.size());
}

void find_components(CutView& view, const Matrix& columns, const CutTuning& tuning) {
  const Eigen::MatrixXf covariance =
      columns * columns.transpose() / static_cast<float>(columns.cols());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXf> solver(covariance);
  const auto channels = static_cast<std::size_t>(columns.rows());
  view.dims = std::min<std::size_t>(static_cast<std::size_t>(tuning.components), channels);
  view.components.resize(view.dims * channels);
  for (std::size_t d = 0; d < view.dims; ++d) {
    for (std::size_t c = 0; c < channels; ++c)
      view.components[d * channels + c] = solver.eigenvectors()(
          static_cast<Eigen::Index>(c), static_cast<Eigen::Index>(channels - 1 - d));
  }
}

/// Half of the way is gone faster: neither rest nor one wild moment counts much.
float typical_of(std::vector<float> speeds) {
  std::ranges::sort(speeds);
  double way = 0, gone = 0;
  for (const float v : speeds) way += v;
  for (const float v : speeds) {
    gone += v;
    if (gone >= way / 2) return v;
  }
  return 0;
}

void measure_speed(CutSignal& signal, double sigma_frames) {
  std::vector<float> speed(signal.frames, 0.0F);
  for (std::size_t d = 0; d < signal.dims; ++d) {
    const float* x = signal.dim(d);
    for (std::size_t f = 0; f < signal.frames; ++f) {
      const std::size_t a = f == 0 ? 0 : f - 1, b = std::min(f + 1, signal.frames - 1);
      const float slope =
          (x[b] - x[a]) / static_cast<float>(static_cast<double>(b - a) * signal.step_s);
      speed[f] += slope * slope;
    }
  }
  for (float& v : speed) v = std::sqrt(v);
  signal.speed = smoothed(speed, sigma_frames / 2);
  signal.typical_speed = typical_of(signal.speed);
}

/// Weighs a channel by Wiener's rule: signal power over signal and noise.
void weigh(const Grid& grid, std::size_t c, const CutTuning& tuning, CutView& view, float& jitter) {
  const CutChannel& channel = grid.channels[c];
  if (!(channel.weight > 0)) return;
  const std::vector<float> column = grid.column(channel);
  const float movement = spread(column), tremble = trembling(channel.values);
  const float noise = tuning.noise * tremble;
  if (!(movement > noise)) return;
  const float restless = tremble * channel.weight / tuning.calm;
  view.factors[c] =
      (1 - noise * noise / (movement * movement)) / std::sqrt(1 + restless * restless);
  const float factor = view.factors[c] * channel.weight;
  view.means[c] = mean_of(column) * factor;
  jitter = std::hypot(
      jitter, tremble * factor / static_cast<float>(std::sqrt(3.545 * grid.sigma_frames())));
}

}  // namespace

CutSignal cut_signal(std::span<const Landmarks> take, const CutTuning& tuning, CutView& view) {
  Grid grid(take, tuning);
  if (grid.is_empty()) return {};
  view = {};
  view.factors.assign(grid.channels.size(), 0.0F);
  view.means.assign(grid.channels.size(), 0.0F);
  for (std::size_t c = 0; c < grid.channels.size(); ++c)
    weigh(grid, c, tuning, view, grid.signal.jitter);
  if (std::ranges::all_of(view.factors, [](float factor) { return factor <= 0; })) return {};
  const Matrix columns = columns_of(grid, view);
  find_components(view, columns, tuning);
  project(grid.signal, view, columns);
  measure_speed(grid.signal, grid.sigma_frames());
  return std::move(grid.signal);
}

CutSignal signal_as(std::span<const Landmarks> take, const CutTuning& tuning, const CutView& view) {
  Grid grid(take, tuning);
  if (grid.is_empty() || view.dims == 0) return {};
  project(grid.signal, view, columns_of(grid, view));
  measure_speed(grid.signal, grid.sigma_frames());
  return std::move(grid.signal);
}

}  // namespace kata
